import type { DataSet } from "dicom-parser";
import { refuse, refuseDamaged } from "../refuse.ts";
import { expectRepresentations, readNumber, readText } from "./dicom-values.ts";

/** How pixels are stored (DICOM PS3.3, C.7.6.3) and shown (C.11). */
export interface PixelDescription {
  width: number;
  height: number;
  mode: string;
  photometric: string;
  samples: 1 | 3;
  bitsAllocated: 8 | 16;
  bitsStored: number;
  isPlanar: boolean;
  /** Modality rescale. */
  rescale: [slope: number, intercept: number];
  /** VOI window, where the file has one. */
  window?: [centre: number, width: number];
  /** Red, green and blue of each entry, 8 bits, and the first sample that has one. */
  palette?: { first: number; colours: Uint8Array };
}

const photometrics: Record<string, Record<string, 1 | 3>> = {
  uncompressed: { MONOCHROME1: 1, MONOCHROME2: 1, "PALETTE COLOR": 1, RGB: 3, YBR_FULL: 3, YBR_FULL_422: 3 },
  jpeg: { MONOCHROME2: 1, RGB: 3, YBR_FULL: 3, YBR_FULL_422: 3 },
  jpeg2000: { MONOCHROME1: 1, MONOCHROME2: 1, RGB: 3, YBR_RCT: 3, YBR_ICT: 3 },
};

/** @throws RequestError when the description is incomplete, or of an unsupported kind */
export function readPixelDescription(dataSet: DataSet, encoding: string): PixelDescription {
  const number = (tag: string) => dataSet.uint16(tag);
  expectRepresentations(dataSet);
  const photometric = readText(dataSet, "x00280004") ?? "";
  const frames = readNumber(dataSet, "x00280008") ?? 1;
  if (frames !== 1) throw refuse(`a DICOM file of ${frames} frames (one is read)`);
  const [height, width] = [number("x00280010") ?? 0, number("x00280011") ?? 0];
  if (width === 0 || height === 0)
    throw refuseDamaged("DICOM file", "it does not say how large its picture is");
  const samples = photometrics[encoding]?.[photometric];
  if (samples === undefined || samples !== number("x00280002")) {
    throw refuse(
      `a DICOM file with pixels of ${describePhotometric(photometric)} and ${number("x00280002")} samples`,
    );
  }
  const missing = ["x00280100", "x00280101", "x00280102", "x00280103"].find(
    (tag) => number(tag) === undefined,
  );
  if (missing !== undefined || (samples === 3 && (number("x00280006") ?? 2) > 1)) {
    throw refuseDamaged(
      "DICOM file",
      `element ${missing?.slice(1) ?? "00280006"} of its pixels is missing or invalid`,
    );
  }
  const bits = readBits(dataSet, samples);
  expectPlainPresentation(dataSet);
  const window = readWindow(dataSet);
  return {
    width,
    height,
    mode:
      samples === 3
        ? "RGB"
        : photometric === "PALETTE COLOR"
          ? "P"
          : bits.bitsAllocated === 16
            ? "I;16"
            : "L",
    photometric,
    samples,
    ...bits,
    isPlanar: samples === 3 && number("x00280006") === 1,
    rescale: [readNumber(dataSet, "x00281053") ?? 1, readNumber(dataSet, "x00281052") ?? 0],
    ...(window && { window }),
    ...(photometric === "PALETTE COLOR" && { palette: readPalette(dataSet) }),
  };
}

/** A message may hold only names of the standard: any other text comes from the file, and could name a patient. */
const describePhotometric = (photometric: string): string =>
  /^(?:MONOCHROME[12]|PALETTE COLOR|RGB|YBR_[A-Z0-9_]{3,12}|HSV|ARGB|CMYK)$/.test(photometric)
    ? photometric
    : "an unknown photometric interpretation";

function readBits(dataSet: DataSet, samples: number): Pick<PixelDescription, "bitsAllocated" | "bitsStored"> {
  const bitsAllocated = dataSet.uint16("x00280100") ?? 0;
  const bitsStored = dataSet.uint16("x00280101") ?? 0;
  const highBit = dataSet.uint16("x00280102") ?? 0;
  const isKnown =
    samples === 3 ? bitsAllocated === 8 && bitsStored === 8 : bitsAllocated === 8 || bitsAllocated === 16;
  if (!isKnown || bitsStored < 2 || bitsStored > bitsAllocated || highBit !== bitsStored - 1) {
    throw refuse(
      `a DICOM file with ${bitsStored} bits in samples of ${bitsAllocated}, the highest ${highBit}`,
    );
  }
  if (dataSet.uint16("x00280103") !== 0) throw refuse("a DICOM file with signed samples");
  return { bitsAllocated: bitsAllocated as 8 | 16, bitsStored };
}

/**
 * Refuses what is not supported: lookup tables and curves between samples and light, colour profiles other than sRGB.
 */
function expectPlainPresentation(dataSet: DataSet): void {
  const { elements } = dataSet;
  if (elements.x00283000 || elements.x00283010)
    throw refuse("a DICOM file with a lookup table for its brightness");
  const curve = readText(dataSet, "x00281056") ?? "LINEAR";
  if (curve !== "LINEAR") throw refuse("a DICOM file whose window is not linear");
  const profile = elements.x00282000;
  if (profile === undefined) return;
  const bytes = dataSet.byteArray.subarray(profile.dataOffset, profile.dataOffset + profile.length);
  if (!Buffer.from(bytes).toString("latin1").replaceAll("\0", "").includes("sRGB")) {
    throw refuse("a DICOM file with a colour profile other than sRGB");
  }
}

function readWindow(dataSet: DataSet): [number, number] | undefined {
  const [centre, width] = [readNumber(dataSet, "x00281050"), readNumber(dataSet, "x00281051")];
  if (centre === undefined || width === undefined) return undefined;
  if (!(width >= 1) || !Number.isFinite(centre)) throw refuse("a DICOM file with a window of no width");
  return [centre, width];
}

/** Palette colour lookup tables (C.7.6.3.1.5, C.7.6.3.1.6), not segmented. */
function readPalette(dataSet: DataSet): { first: number; colours: Uint8Array } {
  const describe = (tag: string) => [0, 1, 2].map((i) => dataSet.uint16(tag, i) ?? -1);
  const [entries, first, bits] = describe("x00281101") as [number, number, number];
  const count = entries === 0 ? 65536 : entries;
  const colours = new Uint8Array(Math.max(0, count) * 3);
  ["x00281201", "x00281202", "x00281203"].forEach((tag, channel) => {
    const element = dataSet.elements[tag];
    const isSame = String(describe(`x0028110${channel + 1}`)) === String([entries, first, bits]);
    if (element === undefined || !isSame)
      throw refuse("a DICOM file with a palette that is segmented or incomplete");
    const entryBytes = bits === 8 && element.length < count * 2 ? 1 : 2;
    if (element.length < count * entryBytes || (bits !== 8 && bits !== 16)) {
      throw refuseDamaged("DICOM file", "its palette is cut");
    }
    for (let i = 0; i < count; i++) {
      const value = entryBytes === 1 ? dataSet.byteArray[element.dataOffset + i] : dataSet.uint16(tag, i);
      colours[i * 3 + channel] = (value ?? 0) >> (bits === 16 ? 8 : 0);
    }
  });
  return { first, colours };
}
