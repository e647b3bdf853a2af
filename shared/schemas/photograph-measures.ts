import * as z from "zod";

const share = z.number().min(0).max(1);

/**
 * What a photograph looks like, in numbers that do not depend on its size: measured on a thumbnail of 128 x 128 pixels and, for
 * sharpness, on the picture that the model's pixels are made from. "Disc" is the largest bright region, which in a
 * fundus photograph is the retina; where none stands out all shares of it are 0.
 */
export const photographMeasuresSchema = z.object({
  /** Share of the picture that the disc covers. */
  disc_share: share,
  /** Width and height of the disc's box, as shares of the picture's. */
  disc_width: share,
  disc_height: share,
  /** Width of the disc's box by its height, both in pixels of the picture: 1 of a circle, 2 of two eyes that touch. */
  disc_aspect: z.number().nonnegative(),
  /** Overlap of the disc with the ellipse in its box, intersection over union. */
  disc_roundness: share,
  /** Share of the picture's four corners (6 x 6 pixels of the thumbnail each) that belongs to the disc. */
  corner_share: share,
  /** Mean of the disc's channels, 0..255. */
  brightness: z.number().min(0).max(255),
  /** Difference of the channels' means by their sum: red less blue, red less green; and blue's share of the sum. */
  red_less_blue: z.number().min(-1).max(1),
  red_less_green: z.number().min(-1).max(1),
  blue_share: share,
  /** Standard deviation of red's and blue's share of a pixel's channels, over the disc. */
  red_spread: z.number().nonnegative(),
  blue_spread: z.number().nonnegative(),
  /** Mean gradient of brightness inside the disc by its mean brightness. */
  texture: z.number().nonnegative(),
  /** Shannon entropy of the disc's brightness in 64 bins, bits. */
  entropy_bits: z.number().min(0).max(6),
  /** Difference of the 95th and the 5th percentile of the disc's brightness, by 255. */
  contrast: share,
  /** 1 is as sharp as can be, 0 is a blur; see measure-sharpness.ts. */
  sharpness: share,
  /** Share of the disc that is burnt out: no channel but blue below 250. */
  burnt_out_share: share,
  /** Brightness of the darkest ninth of the disc's box by that of the brightest, corners of the box left out. */
  evenness: share,
});
export type PhotographMeasures = z.infer<typeof photographMeasuresSchema>;
