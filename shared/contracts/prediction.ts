import * as z from "zod";
import { engineNames, modelIdentitySchema } from "./model.ts";

const percent = z.number().min(0).max(100);

/** Answer of `POST /predict`. */
export const predictionSchema = z.object({
  prediction_id: z.uuid().describe("Identifies this prediction in logs, in the inference log and in MLflow"),
  predicted_class: z.string().describe("The class with the highest probability"),
  confidence: percent.describe("Probability of the predicted class in percent, two decimals"),
  all_predictions: z
    .record(z.string(), percent)
    .describe("Probability of each class in percent, two decimals"),
  model: modelIdentitySchema
    .extend({ engine: z.enum(engineNames) })
    .describe("The version that made this answer"),
  inference_time_ms: z.number().nonnegative().describe("Time in the model alone, in milliseconds"),
});
export type Prediction = z.infer<typeof predictionSchema>;

/** Body of every error answer. */
export const errorBodySchema = z.object({
  error: z.string().describe("Short name of the error, stable"),
  detail: z.string().describe("What was expected and what came, in words"),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** What is known of an uploaded photograph without keeping it. */
export const imageMetadataSchema = z.object({
  image_width: z.int().positive(),
  image_height: z.int().positive(),
  image_format: z.enum(["jpeg", "png", "webp", "tiff", "bmp", "gif", "avif", "jpeg2000", "dicom"]),
  /** Pillow's names, as the replaced service wrote them: L, LA, RGB, RGBA, CMYK, I;16. */
  image_mode: z.string(),
  image_size_bytes: z.int().nonnegative(),
});
export type ImageMetadata = z.infer<typeof imageMetadataSchema>;
