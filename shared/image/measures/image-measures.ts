import type { ImageMeasures } from "../../schemas/image-measures.ts";
import type { ModelPicture } from "../rgb-image.ts";

/** A pixel belongs to the disc when its luma is above this; JPEG leaves a noise of a few steps in the black border. */
const blackLuma = 12;
/**
 * A larger picture is measured at every second, third, … pixel of each row and column, on a grid of about this side.
 */
const gridSide = 128;
const decimals = 4;

/**
 * Measures the picture that a model sees, in a fraction of a millisecond.
 *
 * Luma is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). Sharpness is the variance of the Laplacian (Pech-Pacheco et al.
 * 2000). Roundness is A^2 / (2 pi J), where A is the disc's area and J its second moment about its centre (Žunić et al.
 * 2010): of all shapes of one area, a disc has the least second moment.
 */
export function computeImageMeasures(picture: ModelPicture): ImageMeasures {
  const grid = readGrid(picture);
  return roundAll({ ...measureLight(grid), ...measureDisc(grid) });
}

/** Sums over the grid's points, in 0..255. */
interface Grid {
  points: number;
  red: number;
  green: number;
  blue: number;
  luma: number;
  lumaSquares: number;
  laplacian: number;
  laplacianSquares: number;
  /** Points of the disc, the sums of their coordinates, and the sum of the squares of these, in steps of the grid. */
  disc: number;
  discX: number;
  discY: number;
  discSquares: number;
}

/** One pass, in local variables: this runs before every answer, and destructuring within the loops doubles its time. */
function readGrid({ data, width, height }: ModelPicture): Grid {
  const step = Math.max(1, Math.round(Math.max(width, height) / gridSide));
  const row = width * 3;
  const [lastX, lastY] = [width - 1, height - 1];
  let points = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  let luma = 0;
  let lumaSquares = 0;
  let laplacian = 0;
  let laplacianSquares = 0;
  let disc = 0;
  let discX = 0;
  let discY = 0;
  let discSquares = 0;

  for (let y = 0, line = 0; y < height; y += step, line++) {
    // The edge's own pixel is repeated beyond the edge.
    const up = y > 0 ? row : 0;
    const down = y < lastY ? row : 0;
    for (let x = 0, column = 0; x < width; x += step, column++) {
      const at = y * row + x * 3;
      const above = at - up;
      const below = at + down;
      const left = x > 0 ? at - 3 : at;
      const right = x < lastX ? at + 3 : at;
      const r = data[at] as number;
      const g = data[at + 1] as number;
      const b = data[at + 2] as number;
      const own = 0.299 * r + 0.587 * g + 0.114 * b;
      points++;
      red += r;
      green += g;
      blue += b;
      luma += own;
      lumaSquares += own * own;
      const around =
        0.299 * sumOf(data, above, below, left, right) +
        0.587 * sumOf(data, above + 1, below + 1, left + 1, right + 1) +
        0.114 * sumOf(data, above + 2, below + 2, left + 2, right + 2);
      const bend = around - 4 * own;
      laplacian += bend;
      laplacianSquares += bend * bend;
      if (own <= blackLuma) continue;
      disc++;
      discX += column;
      discY += line;
      discSquares += column * column + line * line;
    }
  }
  return {
    ...{ points, red, green, blue, luma, lumaSquares, laplacian, laplacianSquares },
    ...{ disc, discX, discY, discSquares },
  };
}

const sumOf = (data: ModelPicture["data"], a: number, b: number, c: number, d: number): number =>
  (data[a] as number) + (data[b] as number) + (data[c] as number) + (data[d] as number);

function measureLight(grid: Grid): Omit<ImageMeasures, "disc_share" | "disc_roundness"> {
  const { points, red, green, blue } = grid;
  const light = red + green + blue;
  // Below half a step of one channel, light is rounding error and has no colour.
  const isLit = light > points / 2;
  return {
    brightness: grid.luma / points,
    contrast: Math.sqrt(varianceOf(grid.lumaSquares, grid.luma, points)),
    sharpness: varianceOf(grid.laplacianSquares, grid.laplacian, points),
    red_share: isLit ? red / light : 1 / 3,
    blue_share: isLit ? blue / light : 1 / 3,
  };
}

const varianceOf = (squares: number, sum: number, count: number) =>
  Math.max(0, squares / count - (sum / count) ** 2);

function measureDisc(grid: Grid): Pick<ImageMeasures, "disc_share" | "disc_roundness"> {
  const { points, disc: area, discX, discY, discSquares } = grid;
  if (area === 0) return { disc_share: 0, disc_roundness: 0 };
  // A point of the grid stands for a square of side 1, whose second moment about its own centre is 1/6.
  const moment = discSquares - (discX * discX + discY * discY) / area + area / 6;
  return { disc_share: area / points, disc_roundness: (area * area) / (2 * Math.PI * moment) };
}

function roundAll(measures: ImageMeasures): ImageMeasures {
  const rounded = Object.entries(measures).map(([name, value]) => [name, Number(value.toFixed(decimals))]);
  return Object.fromEntries(rounded) as ImageMeasures;
}
