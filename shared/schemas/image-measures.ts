import * as z from "zod";

/**
 * What can be said of a picture without keeping it, measured on the pixels that the model saw (0..255 before they are
 * scaled to the model's range). How each is computed: `shared/image/image-measures.ts`.
 */
export const imageMeasuresSchema = z.object({
  /** Mean luma, 0 (black) to 255 (white). */
  brightness: z.number(),
  /** Standard deviation of luma, 0 for a picture of one colour. */
  contrast: z.number(),
  /** Variance of the Laplacian of luma: low for a blurred picture. */
  sharpness: z.number(),
  /** Part of red and of blue in all light, 0..1; a third each in a grey picture. */
  red_share: z.number(),
  blue_share: z.number(),
  /** Part of the picture that is not black, 0..1: the retina's disc in a fundus photograph. */
  disc_share: z.number(),
  /** 1 for a perfect disc, lower for any other shape; 3/pi for a square, 0 for a black picture. */
  disc_roundness: z.number(),
});
export type ImageMeasures = z.infer<typeof imageMeasuresSchema>;
