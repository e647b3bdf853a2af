import { convertYccToRgb } from "../../decoding/ycc.ts";
import type { SharpInput } from "../picture-source.ts";
import { refuseDamaged } from "../refuse.ts";
import type { PixelDescription } from "./dicom-description.ts";

/**
 * Turns one frame's samples into 8-bit grey or RGB.
 *
 * @param isSwapped whether samples lie in words of 16 bits with the high byte first
 * @throws RequestError when samples are missing
 */
export function renderPixels(
  stored: Uint8Array,
  description: PixelDescription,
  isSwapped: boolean,
): SharpInput {
  const { width, height, samples, bitsAllocated, photometric } = description;
  const isSubsampled = photometric === "YBR_FULL_422";
  const needed = (width * height * (isSubsampled ? 2 : samples) * bitsAllocated) / 8;
  if (stored.length < needed)
    throw refuseDamaged("DICOM file", `it has ${stored.length} of ${needed} bytes of pixels`);
  const frame = isSwapped ? swapBytes(stored, needed) : stored.subarray(0, needed);
  const channels = samples === 1 && photometric !== "PALETTE COLOR" ? 1 : 3;
  const input =
    samples === 1
      ? renderGrey(frame, description)
      : isSubsampled
        ? expandChroma(frame)
        : interleave(frame, description);
  if (photometric.startsWith("YBR_FULL")) convertYccToRgb(input);
  return { input, options: { raw: { width, height, channels } } };
}

function swapBytes(stored: Uint8Array, needed: number): Uint8Array {
  const even = Buffer.from(stored.subarray(0, needed + (needed % 2)));
  if (even.length % 2 === 1) throw refuseDamaged("DICOM file", "its last word is cut");
  return even.swap16().subarray(0, needed);
}

/** Looks each sample up in a table: that of the window, of the palette, or of the range of its bits. */
function renderGrey(frame: Uint8Array, description: PixelDescription): Uint8Array {
  const { bitsAllocated, bitsStored, palette } = description;
  const mask = 2 ** bitsStored - 1;
  const values = bitsAllocated === 8 ? frame : new Uint16Array(Uint8Array.from(frame).buffer);
  if (palette === undefined) {
    const shades = computeShades(description);
    return Uint8Array.from(values, (value) => shades[value & mask] as number);
  }
  const last = palette.colours.length / 3 - 1;
  const rgb = new Uint8Array(values.length * 3);
  for (let i = 0; i < values.length; i++) {
    const entry = Math.min(Math.max(((values[i] as number) & mask) - palette.first, 0), last) * 3;
    for (let channel = 0; channel < 3; channel++)
      rgb[i * 3 + channel] = palette.colours[entry + channel] as number;
  }
  return rgb;
}

/**
 * The linear window function (PS3.3, C.11.2.1.2.1) after the rescale; without a window, the whole range of the stored
 * bits.
 */
function computeShades({ bitsStored, rescale, window, photometric }: PixelDescription): Uint8Array {
  const [slope, intercept] = rescale;
  const maximum = 2 ** bitsStored - 1;
  return Uint8Array.from({ length: maximum + 1 }, (_, value) => {
    const light = window
      ? windowed(value * slope + intercept, window)
      : slope < 0
        ? 1 - value / maximum
        : value / maximum;
    return Math.round(255 * (photometric === "MONOCHROME1" ? 1 - light : light));
  });
}

function windowed(value: number, [centre, width]: [number, number]): number {
  if (value <= centre - 0.5 - (width - 1) / 2) return 0;
  if (value > centre - 0.5 + (width - 1) / 2) return 1;
  return (value - (centre - 0.5)) / (width - 1) + 0.5;
}

function interleave(frame: Uint8Array, { isPlanar, width, height }: PixelDescription): Uint8Array {
  if (!isPlanar) return Uint8Array.from(frame);
  const pixels = width * height;
  return Uint8Array.from(
    { length: pixels * 3 },
    (_, i) => frame[(i % 3) * pixels + Math.floor(i / 3)] as number,
  );
}

/** Y1 Y2 Cb Cr of two pixels side by side (PS3.3, C.7.6.3.1.2) to Y Cb Cr of each. */
function expandChroma(frame: Uint8Array): Uint8Array {
  const ycc = new Uint8Array((frame.length / 2) * 3);
  for (let from = 0, to = 0; from + 3 < frame.length; from += 4, to += 6) {
    const [first, second, blue, red] = frame.subarray(from, from + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    ycc.set([first, blue, red, second, blue, red], to);
  }
  return ycc;
}
