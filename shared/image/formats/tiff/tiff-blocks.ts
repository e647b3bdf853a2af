import { refuse, refuseDamaged } from "../refuse.ts";
import type { TiffDirectory, TiffFile } from "./tiff-directory.ts";

/** Tags that are read here (TIFF 6.0, appendix A). */
export const tag = {
  newSubfileType: 254,
  subfileType: 255,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  minSampleValue: 280,
  maxSampleValue: 281,
  planarConfiguration: 284,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  inkSet: 332,
  extraSamples: 338,
  sampleFormat: 339,
  ycbcrCoefficients: 529,
  ycbcrSubsampling: 530,
  referenceBlackWhite: 532,
};

/**
 * Expects every strip or tile of a page to lie in the file with at least one byte, and uncompressed ones with all of
 * theirs, because libtiff leaves a missing one black.
 */
export function expectWholeBlocks(
  file: TiffFile,
  page: TiffDirectory,
  { bits, samples }: { bits: number; samples: number },
): void {
  const grid = describeGrid(file, page);
  const planes = file.number(page, tag.planarConfiguration) === 2 ? samples : 1;
  const count = grid.across * grid.down * planes;
  const offsets = file.numbers(page, grid.offsets);
  const byteCounts = file.numbers(page, grid.byteCounts);
  if (offsets === undefined || byteCounts === undefined) {
    throw refuseDamaged("TIFF", `it does not say where all ${grid.name}s are`);
  }
  if (offsets.length < count || byteCounts.length < count) {
    const named = Math.min(offsets.length, byteCounts.length);
    throw refuseDamaged("TIFF", `it names ${named} of its ${count} ${grid.name}s`);
  }
  const rowBytes = Math.ceil((grid.width * bits * (samples / planes)) / 8);
  const isCompressed = (file.number(page, tag.compression) ?? 1) !== 1;
  for (let i = 0; i < count; i++) {
    const [offset, bytes] = [offsets[i] as number, byteCounts[i] as number];
    const needed = isCompressed ? 1 : rowBytes * grid.rows(i);
    if (bytes < needed) throw refuseDamaged("TIFF", `its ${grid.name} ${i} has ${bytes} of ${needed} bytes`);
    if (offset === 0 || offset + bytes > file.bytes.length) {
      throw refuseDamaged(
        "TIFF",
        `its ${grid.name} ${i} of ${count} lies outside of the file, which has been cut`,
      );
    }
  }
}

function describeGrid(file: TiffFile, page: TiffDirectory) {
  const width = file.number(page, tag.width) ?? 0;
  const height = file.number(page, tag.height) ?? 0;
  if (width < 1 || height < 1) throw refuseDamaged("TIFF", "it does not say how large it is");
  const tileWidth = file.number(page, tag.tileWidth);
  if (tileWidth !== undefined) {
    const tileHeight = file.number(page, tag.tileHeight) ?? 0;
    if (tileWidth < 1 || tileHeight < 1) throw refuseDamaged("TIFF", "its tiles have no size");
    return {
      name: "tile",
      offsets: tag.tileOffsets,
      byteCounts: tag.tileByteCounts,
      width: tileWidth,
      across: Math.ceil(width / tileWidth),
      down: Math.ceil(height / tileHeight),
      rows: () => tileHeight,
    };
  }
  const rowsPerStrip = Math.min(file.number(page, tag.rowsPerStrip) ?? height, height);
  if (rowsPerStrip < 1) throw refuse("a TIFF with strips of zero rows");
  const down = Math.ceil(height / rowsPerStrip);
  return {
    name: "strip",
    offsets: tag.stripOffsets,
    byteCounts: tag.stripByteCounts,
    width,
    across: 1,
    down,
    rows: (strip: number) => Math.min(rowsPerStrip, height - (strip % down) * rowsPerStrip),
  };
}
