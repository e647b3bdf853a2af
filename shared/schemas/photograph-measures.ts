import * as z from "zod";

const share = z.number().min(0).max(1);

/**
 * What a photograph looks like, in numbers that do not depend on its size. They are measured on a thumbnail of 128 x
 * 128 pixels; sharpness is measured on the picture from which the model's pixels are made. The "disc" is the largest
 * bright region, in a fundus photograph the retina. Without such a region all its shares are 0.
 */
export const photographMeasuresSchema = z.object({
  /** Share of the picture that the disc covers. */
  disc_share: share,
  /** Width of the disc's box, as a share of the picture's. */
  disc_width: share,
  /**
   * Height of the disc's box, as a share of the picture's shorter side, and at most 1: a round disc between the sides of
   * a portrait has 1.
   */
  disc_height: share,
  /**
   * Width of the disc's box divided by its height, in pixels of the picture: 1 for a circle, 2 for two eyes that touch.
   */
  disc_aspect: z.number().nonnegative(),
  /** Overlap of the disc with the ellipse in its box: intersection over union. */
  disc_roundness: share,
  /** Share of the picture's four corners (6 x 6 pixels of the thumbnail each) that belongs to the disc. */
  corner_share: share,
  /** Mean of the disc's channels, 0..255. */
  brightness: z.number().min(0).max(255),
  /**
   * Red minus blue, and red minus green, divided by the sum of the three channels' means; and blue's share of that sum.
   */
  red_less_blue: z.number().min(-1).max(1),
  red_less_green: z.number().min(-1).max(1),
  blue_share: share,
  /** Standard deviation over the disc of red's, and of blue's, share of a pixel's channels. */
  red_spread: z.number().nonnegative(),
  blue_spread: z.number().nonnegative(),
  /** Mean gradient of brightness inside the disc, divided by the disc's mean brightness. */
  texture: z.number().nonnegative(),
  /** Shannon entropy of the disc's brightness in 64 bins, bits. */
  entropy_bits: z.number().min(0).max(6),
  /** 95th minus 5th percentile of the disc's brightness, divided by 255. */
  contrast: share,
  /** 1 is the sharpest possible, 0 a blur; see measure-sharpness.ts. */
  sharpness: share,
  /** Share of the disc that is burnt out: red and green are at least 250. */
  burnt_out_share: share,
  /**
   * Brightness of the darkest ninth of the disc's box divided by that of the brightest; corners of the box are left
   * out.
   */
  evenness: share,
});
export type PhotographMeasures = z.infer<typeof photographMeasuresSchema>;
