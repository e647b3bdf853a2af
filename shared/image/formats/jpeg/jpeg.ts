import { expectSize } from "../expect-size.ts";
import { type PictureSource, readByLibvips } from "../picture-source.ts";
import { refuse, refuseDamaged } from "../refuse.ts";
import { expectEveryBlock } from "./jpeg-scan.ts";

const startOfScan = 0xda;
const endOfImage = 0xd9;
/** Markers without a length: TEM, RST0 to RST7, SOI (ITU T.81, table B.1). */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** SOF0 to SOF15, and SOF55 of JPEG-LS (ITU T.87, C.1.1). */
const isFrame = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === 0xf7;

/** Coding processes that cannot be decoded here, by the marker of their frame. */
const unknownProcesses: Record<number, string> = {
  195: "a lossless JPEG",
  197: "a hierarchical JPEG",
  198: "a hierarchical JPEG",
  199: "a hierarchical JPEG",
  201: "a JPEG with arithmetic coding",
  202: "a JPEG with arithmetic coding",
  203: "a JPEG with arithmetic coding",
  205: "a hierarchical JPEG",
  206: "a hierarchical JPEG",
  207: "a hierarchical JPEG",
  247: "a JPEG-LS",
};

/**
 * Walks a JPEG's segments to its first scan (ITU T.81, annex B). Two harmless faults that libjpeg would warn about are
 * removed: stray bytes between segments are left out, and the spectral selection of a sequential scan, which Samsung's
 * cameras write wrongly, is corrected. Any warning of libjpeg after that means damage.
 *
 * @throws RequestError when the header is cut, its size is none that is taken, or the process is one that cannot be decoded
 */
export function examineJpeg(bytes: Uint8Array, maximumPixels: number): PictureSource {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let isSequential = false;
  let header: PictureSource["header"];
  let hasProfile = false;
  let position = 2;
  for (;;) {
    position = findMarker(bytes, position);
    const marker = bytes[position + 1];
    if (marker === undefined || marker === endOfImage)
      throw refuseDamaged("JPEG", "it ends before its pixels");
    if (isAlone(marker)) throw refuseDamaged("JPEG", `marker ${marker.toString(16)} stands in its header`);
    const length = ((bytes[position + 2] ?? 0) << 8) | (bytes[position + 3] ?? 0);
    const next = position + 2 + length;
    if (length < 2 || next > bytes.length) throw refuseDamaged("JPEG", "its header is cut");
    const segment = bytes.subarray(position, next);
    if (isFrame(marker)) {
      isSequential = expectDecodable(marker, segment[4]);
      header = readFrame(segment, maximumPixels);
    }
    hasProfile ||= isProfile(segment);
    if (marker === startOfScan) {
      expectWholeScans(bytes, next);
      if (isSequential) expectEveryBlock(kept, segment, bytes.subarray(next));
      kept.push(isSequential ? withFullSpectrum(segment) : segment, bytes.subarray(next));
      const source = readByLibvips(Buffer.concat(kept), "warning");
      // Only libvips can tell whether a profile is whole and what four components mean.
      return header === undefined || hasProfile ? source : { ...source, header };
    }
    kept.push(segment);
    position = next;
  }
}

/**
 * Walks the scans, and the segments between them, to the end of the image. Only RST0 to RST7 may interrupt a scan's
 * data.
 */
function expectWholeScans(bytes: Uint8Array, start: number): void {
  for (let position = start; ; ) {
    position = bytes.indexOf(0xff, position);
    const marker = position < 0 ? undefined : bytes[position + 1];
    if (marker === undefined) throw refuseDamaged("JPEG", "it ends before its pixels do");
    if (marker === endOfImage) return;
    if (marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7)) {
      position += marker === 0xff ? 1 : 2;
    } else if (marker === 0xc4 || marker === 0xcc || marker >= startOfScan) {
      position += 2 + (((bytes[position + 2] ?? 0) << 8) | (bytes[position + 3] ?? 0));
    } else {
      throw refuseDamaged("JPEG", `marker ${marker.toString(16)} stands among its pixels`);
    }
  }
}

/** Where the next marker stands, past stray and fill bytes. */
function findMarker(bytes: Uint8Array, from: number): number {
  let position = from;
  while (position < bytes.length) {
    const next = bytes[position + 1];
    if (bytes[position] === 0xff && next !== 0 && next !== 0xff) return position;
    position++;
  }
  return bytes.length;
}

/** @returns whether the frame is sequential: baseline or extended, not progressive */
function expectDecodable(marker: number, precision: number | undefined): boolean {
  const unknown = unknownProcesses[marker];
  if (unknown !== undefined) throw refuse(`${unknown}, which cannot be decoded here`);
  if (precision !== 8) throw refuse(`a JPEG with samples of ${precision} bits, which cannot be decoded here`);
  return marker !== 0xc2;
}

/**
 * What a frame says about grey and colour pictures (ITU T.81, B.2.2). Undefined for others, and where the height is 0:
 * it then follows the first scan.
 */
function readFrame(segment: Uint8Array, maximumPixels: number): PictureSource["header"] {
  const [height = 0, width = 0] = [5, 7].map((at) => ((segment[at] ?? 0) << 8) | (segment[at + 1] ?? 0));
  if (height > 0) expectSize(width, height, maximumPixels);
  const mode = { 1: "L", 3: "RGB" }[segment[9] ?? 0];
  return height > 0 && mode ? { width, height, mode } : undefined;
}

const profileName = Buffer.from("ICC_PROFILE\0");
/** Part of a colour profile (ICC.1, annex B.4). */
const isProfile = (segment: Uint8Array): boolean =>
  segment[1] === 0xe2 && profileName.equals(segment.subarray(4, 4 + profileName.length));

/** A sequential scan always holds all 64 coefficients: Ss = 0, Se = 63, Ah = Al = 0 (ITU T.81, table B.3). */
function withFullSpectrum(segment: Uint8Array): Uint8Array {
  const corrected = Uint8Array.from(segment);
  corrected.set([0, 63, 0], segment.length - 3);
  return corrected;
}
