import type { ImageMeasures } from "../schemas/image-measures.ts";
import type { PixelTensor } from "../schemas/model.ts";

/** A pixel belongs to the disc when its luma is above this; JPEG leaves a noise of a few steps in the black border. */
const blackLuma = 12;
/**
 * A larger picture is measured at every second, third, … pixel of each row and column, on a grid of about this side.
 */
const gridSide = 128;
const decimals = 4;

/**
 * Measures the pixels that a model sees, in a fraction of a millisecond.
 *
 * Luma is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). Sharpness is the variance of the Laplacian (Pech-Pacheco et al.
 * 2000). Roundness is A^2 / (2 pi J), where A is the disc's area and J its second moment about its centre (Žunić et al.
 * 2010): of all shapes of one area, a disc has the least second moment.
 *
 * @param pixels `[1, height, width, 3]`
 * @param valueRange what 0..255 was mapped onto
 */
export function computeImageMeasures(
  pixels: PixelTensor,
  valueRange: readonly [number, number],
): ImageMeasures {
  const grid = readGrid(pixels, valueRange);
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

/** One pass, in local variables only, because this runs before every answer. */
function readGrid({ data, width, height }: PixelTensor, [low, high]: readonly [number, number]): Grid {
  const step = Math.max(1, Math.round(Math.max(width, height) / gridSide));
  const scale = 255 / (high - low);
  const row = width * 3;
  const [lastX, lastY] = [width - 1, height - 1];
  let points = 0;
  let [red, green, blue, sum, squares] = [0, 0, 0, 0, 0];
  let [laplacian, laplacianSquares] = [0, 0];
  let [disc, discX, discY, discSquares] = [0, 0, 0, 0];
  const lumaAt = (at: number) =>
    0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);

  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const at = y * row + x * 3;
      const raw = lumaAt(at);
      const luma = (raw - low) * scale;
      points++;
      red += data[at] as number;
      green += data[at + 1] as number;
      blue += data[at + 2] as number;
      sum += luma;
      squares += luma * luma;
      // The edge's own pixel is repeated beyond the edge.
      const around =
        lumaAt(x > 0 ? at - 3 : at) +
        lumaAt(x < lastX ? at + 3 : at) +
        lumaAt(y > 0 ? at - row : at) +
        lumaAt(y < lastY ? at + row : at);
      const bend = (around - 4 * raw) * scale;
      laplacian += bend;
      laplacianSquares += bend * bend;
      if (luma <= blackLuma) continue;
      const [column, line] = [x / step, y / step];
      disc++;
      discX += column;
      discY += line;
      discSquares += column * column + line * line;
    }
  }
  const toBytes = (total: number) => (total - low * points) * scale;
  return {
    points,
    red: toBytes(red),
    green: toBytes(green),
    blue: toBytes(blue),
    luma: sum,
    lumaSquares: squares,
    laplacian,
    laplacianSquares,
    disc,
    discX,
    discY,
    discSquares,
  };
}

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
