import type { PictureSource } from "../picture-source.ts";
import { refuse, refuseDamaged } from "../refuse.ts";
import { expectWholeBlocks, tag } from "./tiff-blocks.ts";
import { type TiffDirectory, TiffFile } from "./tiff-directory.ts";
import { rewriteTiff } from "./tiff-rewrite.ts";

const maximumPages = 100;

const unknownCompressions: Record<number, string> = {
  2: "CCITT run-length",
  3: "CCITT group 3 fax",
  4: "CCITT group 4 fax",
  6: "old-style JPEG",
  9: "JBIG",
  10: "JBIG",
  32766: "NeXT",
  32809: "ThunderScan",
  33003: "JPEG 2000",
  33005: "JPEG 2000",
  34661: "JBIG",
  34676: "SGILog",
  34677: "SGILog24",
  34712: "JPEG 2000",
  34887: "LERC",
  34892: "lossy DNG",
  34925: "LZMA",
  50000: "Zstandard",
  50001: "WebP",
  50002: "JPEG XL",
};
const compressions = { none: 1, lzw: 5, jpeg: 7, deflate: 8, packBits: 32773, oldDeflate: 32946 };

const photometric = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3, cmyk: 5, ycbcr: 6 };
const unknownPhotometric: Record<number, string> = {
  4: "a transparency mask",
  8: "CIELab colours",
  9: "ICCLab colours",
  10: "ITULab colours",
  32803: "a camera's raw sensor data",
  32844: "LogL colours",
  32845: "LogLuv colours",
  34892: "a camera's raw linear data",
};
/** Samples per pixel that make the colour, by photometric interpretation; a further one is alpha. */
const colourSamples: Record<number, number> = { 0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3 };

/**
 * Examines a TIFF or BigTIFF (TIFF 6.0). Its first page of full resolution must hold every strip or tile, and be
 * encoded in a way that this build of libtiff reads correctly. libtiff is given that page alone, with the tags that
 * describe pixels.
 *
 * @throws RequestError when the page is incomplete, or its encoding is not supported
 */
export function examineTiff(bytes: Uint8Array): PictureSource {
  const file = new TiffFile(bytes);
  const directories = file.directories(maximumPages + 1);
  if (directories.length > maximumPages) throw refuse(`a TIFF of more than ${maximumPages} pages`);
  const page = choosePage(file, directories);
  expectKnownCompression(file, page);
  const { bits, interpretation, samples } = expectKnownSamples(file, page);
  const maximumSample = expectReadableLimits(file, page);
  expectWholeBlocks(file, page, { bits, samples });

  const isYcc =
    interpretation === photometric.ycbcr && file.number(page, tag.compression) !== compressions.jpeg;
  const replaced = new Map<number, number>();
  if (isYcc) replaced.set(tag.photometric, photometric.rgb);
  if (samples > (colourSamples[interpretation] as number)) replaced.set(tag.extraSamples, 0);
  const input = rewriteTiff(file, page, replaced);
  return {
    open: () => ({ input, options: { failOn: "warning" } }),
    ...(isYcc && { isYcc }),
    ...(bits === 16 && isFullScale(maximumSample) && { maximumSample }),
  };
}

/**
 * The first page that is not marked as reduced or as a mask, unless it is a thumbnail of a later one: one that is at
 * least twice as wide and high takes its place.
 */
function choosePage(file: TiffFile, directories: TiffDirectory[]): TiffDirectory {
  if (directories.length === 0) throw refuseDamaged("TIFF", "it holds no page");
  const isWhole = (page: TiffDirectory) =>
    ((file.number(page, tag.newSubfileType) ?? 0) & 0b101) === 0 && file.number(page, tag.subfileType) !== 2;
  const [first, ...later] = directories.filter(isWhole);
  if (first === undefined) {
    throw refuse("a TIFF that holds only reduced-resolution pages, as a camera's raw file does");
  }
  const side = (page: TiffDirectory, name: number) => file.number(page, name) ?? 0;
  return (
    later.find(
      (page) =>
        side(page, tag.width) >= 2 * side(first, tag.width) &&
        side(page, tag.height) >= 2 * side(first, tag.height),
    ) ?? first
  );
}

interface Samples {
  bits: number;
  samples: number;
  interpretation: number;
}

function expectKnownSamples(file: TiffFile, page: TiffDirectory): Samples {
  const samples = file.number(page, tag.samplesPerPixel) ?? 1;
  const allBits = file.numbers(page, tag.bitsPerSample) ?? [1];
  const bits = allBits[0] as number;
  const formats = file.numbers(page, tag.sampleFormat) ?? [1];
  if (formats.some((format) => format === 3))
    throw refuse(`a TIFF with floating-point samples of ${bits} bits`);
  if (formats.some((format) => format !== 1))
    throw refuse("a TIFF with samples that are signed, complex or of an unknown kind");
  if (![1, 2, 4, 8, 16].includes(bits) || allBits.slice(0, samples).some((other) => other !== bits)) {
    throw refuse(
      `a TIFF with samples of ${[...new Set(allBits)].slice(0, 4).join(", ")} bits (8 and 16 are read)`,
    );
  }
  const interpretation = file.number(page, tag.photometric);
  if (interpretation === undefined) throw refuse("a TIFF that does not say how its colours are meant");
  const colours = colourSamples[interpretation];
  if (colours === undefined) {
    throw refuse(
      `a TIFF with ${unknownPhotometric[interpretation] ?? `photometric interpretation ${interpretation}`}`,
    );
  }
  if (samples < colours || samples > colours + 1) throw refuse(`a TIFF with ${samples} samples per pixel`);
  expectNamedExtras(file, page, samples - colours);
  if (bits < 8 && samples > 1) throw refuse(`a TIFF with colour samples of ${bits} bits`);
  if (interpretation === photometric.palette && bits === 16) throw refuse("a TIFF with a palette of 16 bits");
  if (interpretation === photometric.cmyk) expectPlainCmyk(file, page, bits);
  const isJpeg = file.number(page, tag.compression) === compressions.jpeg;
  if ((isJpeg || interpretation === photometric.ycbcr) && bits !== 8) {
    throw refuse(`a TIFF with ${isJpeg ? "JPEG" : "YCbCr"} samples of ${bits} bits (8 are read)`);
  }
  if (interpretation === photometric.ycbcr && !isJpeg) expectPlainYcbcr(file, page);
  return { bits, samples, interpretation };
}

/** Samples that are not a colour may each be named by one number; without a name they are alpha all the same. */
function expectNamedExtras(file: TiffFile, page: TiffDirectory, extras: number): void {
  const names = file.numbers(page, tag.extraSamples) ?? [];
  if (names.length > 0 && (names.length !== extras || names.some((name) => name > 2)))
    throw refuseDamaged("TIFF", `its tag ${tag.extraSamples} does not fit its samples`);
}

function expectPlainCmyk(file: TiffFile, page: TiffDirectory, bits: number): void {
  if (bits !== 8) throw refuse("a TIFF with CMYK samples of 16 bits (8 are read)");
  if ((file.number(page, tag.inkSet) ?? 1) !== 1) throw refuse("a TIFF with inks other than CMYK");
}

function expectKnownCompression(file: TiffFile, page: TiffDirectory): void {
  const compression = file.number(page, tag.compression) ?? compressions.none;
  if (!Object.values(compressions).includes(compression)) {
    const name = unknownCompressions[compression] ?? `number ${compression}`;
    throw refuse(
      `a TIFF compressed with ${name}, which cannot be decoded here (none, LZW, Deflate, JPEG and PackBits can)`,
    );
  }
  const predictor = file.number(page, tag.predictor) ?? 1;
  if (predictor > 2) throw refuse("a TIFF with a floating-point predictor");
  if (file.number(page, tag.tileWidth) !== undefined && file.number(page, tag.planarConfiguration) === 2) {
    throw refuse("a TIFF with tiles in separate colour planes, which cannot be decoded here (strips can)");
  }
}

/** Refuses what is not converted here: only BT.601 in full range without subsampling is (the tag's default is 2, 2). */
function expectPlainYcbcr(file: TiffFile, page: TiffDirectory): void {
  const subsampling = file.numbers(page, tag.ycbcrSubsampling) ?? [2, 2];
  if (subsampling.some((step) => step !== 1)) {
    throw refuse(
      `a TIFF with YCbCr samples subsampled ${subsampling.join(" x ")} and not compressed as JPEG`,
    );
  }
  const coefficients = file.rationals(page, tag.ycbcrCoefficients) ?? [0.299, 0.587, 0.114];
  const range = file.rationals(page, tag.referenceBlackWhite) ?? [0, 255, 128, 255, 128, 255];
  const isNear = (values: number[], expected: number[], tolerance: number) =>
    expected.every((value, i) => Math.abs((values[i] ?? Number.NaN) - value) <= tolerance);
  if (
    !isNear(coefficients, [0.299, 0.587, 0.114], 0.001) ||
    !isNear(range, [0, 255, 128, 255, 128, 255], 0)
  ) {
    throw refuse(
      "a TIFF with YCbCr samples of another range or matrix than BT.601's, not compressed as JPEG",
    );
  }
}

/**
 * The highest sample, where the page says one for all colours. libtiff would refuse a compressed page whose limits are
 * not whole numbers or differ between its samples, so this does; libtiff is not given these tags.
 */
function expectReadableLimits(file: TiffFile, page: TiffDirectory): number {
  const isCompressed = (file.number(page, tag.compression) ?? compressions.none) !== compressions.none;
  const [, highest] = [tag.minSampleValue, tag.maxSampleValue].map((name) => {
    const limits = new Set(file.numbers(page, name));
    if (limits.size > 1 && isCompressed)
      throw refuseDamaged("TIFF", `its tag ${name} differs between samples`);
    return limits;
  });
  const [only = 0xffff, ...others] = highest ?? [];
  return others.length === 0 ? only : 0xffff;
}

/**
 * MaxSampleValue counts where it is the end of a range of 9 to 15 bits; any other is only a statistic of the picture.
 */
const isFullScale = (maximum: number): boolean =>
  maximum > 0xff && maximum < 0xffff && (maximum & (maximum + 1)) === 0;
