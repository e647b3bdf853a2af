import * as z from "zod";
import { engineNames, modelIdentitySchema } from "./model.ts";

const percent = z.number().min(0).max(100);

/** Why a photograph cannot be graded. */
export const warningCodes = [
  "not_a_fundus_photograph",
  "too_dark",
  "too_bright",
  "blurred",
  "disc_cut_off",
  "reflection",
  "low_contrast",
  "uneven_light",
] as const;
export type WarningCode = (typeof warningCodes)[number];

export const predictionWarningSchema = z.object({
  code: z.enum(warningCodes).describe("Short name of the reason, stable"),
  message: z.string().describe("What is wrong with the photograph, and what to do about it"),
});
export type PredictionWarning = z.infer<typeof predictionWarningSchema>;

export const decisionSchema = z.enum(["confident", "uncertain", "ungradable"]);
export type Decision = z.infer<typeof decisionSchema>;

/** Side of an A/B test. */
export const armSchema = z.enum(["champion", "challenger"]);
export type Arm = z.infer<typeof armSchema>;

/** How an explanation is to be read; the page shows it in its reader's language. */
export const explanationNotes = {
  en: "What moved the answer, not where the disease is. The stronger the light blue over a place, the more it spoke for the predicted class; places without it did not.",
  pt: "O que influenciou a resposta, não onde está a doença. Quanto mais forte o azul-claro sobre um lugar, mais ele pesou a favor da classe prevista; lugares sem essa cor não pesaram.",
} as const;

export const explanationSchema = z.object({
  image: z
    .string()
    .nullable()
    .describe(
      "PNG as a data URL: the photograph as the model saw it, with the places that spoke for the predicted class in light blue; null where " +
        "the version cannot be explained",
    ),
  note: z.string().describe("How to read the image, or why there is none"),
});
export type Explanation = z.infer<typeof explanationSchema>;

/** Response body of `POST /predict`. */
export const predictionSchema = z.object({
  prediction_id: z.uuid().describe("Identifies this prediction in logs, in the inference log and in MLflow"),
  predicted_class: z.string().describe("The class with the highest probability"),
  predicted_classes: z
    .array(z.string())
    .optional()
    .describe(
      "Every class with a probability of at least 50 %, the likeliest first, and possibly none: only of versions that declare " +
        "multi_label, where each class has a probability of its own",
    ),
  confidence: percent.describe("Probability of the predicted class in percent, two decimals"),
  all_predictions: z
    .record(z.string(), percent)
    .describe("Probability of each class in percent, two decimals"),
  decision: decisionSchema.describe(
    "How far to rely on the answer: `uncertain` below the probability from which the model is to be trusted, `ungradable` when the " +
      "photograph itself says that no answer can be relied on",
  ),
  warnings: z
    .array(predictionWarningSchema)
    .describe("Why the photograph cannot be graded; none for a good one"),
  prediction_set: z
    .array(z.string())
    .optional()
    .describe(
      "The classes that hold the right one in 90 % of photographs, where the version declares its threshold",
    ),
  model: modelIdentitySchema
    .extend({ engine: z.enum(engineNames) })
    .describe("The version that made this answer"),
  arm: armSchema
    .optional()
    .describe("Side of the A/B test that this request fell to; absent while none runs"),
  inference_time_ms: z.number().nonnegative().describe("Time in the model alone, in milliseconds"),
  explanation: explanationSchema
    .optional()
    .describe("What moved the answer; only when `explain=true` asked for it"),
});
export type Prediction = z.infer<typeof predictionSchema>;

/** Body of every error response. */
export const errorBodySchema = z.object({
  error: z.string().describe("Short name of the error, stable"),
  detail: z.string().describe("What was expected and what came, in words"),
  warnings: z
    .array(predictionWarningSchema)
    .optional()
    .describe("With `ungradable_photograph`: why, as in the answer to one that is not refused"),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** What is recorded of a photograph, which itself is not kept. */
export const imageMetadataSchema = z.object({
  image_width: z.int().positive(),
  image_height: z.int().positive(),
  image_format: z.enum(["jpeg", "png", "webp", "tiff", "bmp", "gif", "avif", "jpeg2000", "dicom"]),
  /** Pillow's names, as the replaced service wrote them: L, LA, RGB, RGBA, CMYK, I;16. */
  image_mode: z.string(),
  image_size_bytes: z.int().nonnegative(),
});
export type ImageMetadata = z.infer<typeof imageMetadataSchema>;
