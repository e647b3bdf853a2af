import * as z from "zod";

/**
 * Measures of a picture that is not kept, taken on the pixels that the model saw (0..255, before they are scaled to the
 * model's range). `shared/image/measures/image-measures.ts` computes them.
 */
export const imageMeasuresSchema = z.object({
  /** Mean luma, 0 (black) to 255 (white). */
  brightness: z.number(),
  /** Standard deviation of luma, 0 for a picture of one colour. */
  contrast: z.number(),
  /** Variance of the Laplacian of luma: low for a blurred picture. */
  sharpness: z.number(),
  /** Share of red, and of blue, in all light, 0..1; a third each in a grey picture. */
  red_share: z.number(),
  blue_share: z.number(),
  /** Share of the picture that is not black, 0..1: in a fundus photograph the retina's disc. */
  disc_share: z.number(),
  /** 1 for a perfect disc, lower for any other shape; 3/pi for a square, 0 for a black picture. */
  disc_roundness: z.number(),
});
export type ImageMeasures = z.infer<typeof imageMeasuresSchema>;
