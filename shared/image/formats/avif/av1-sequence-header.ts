import { refuseDamaged } from "../refuse.ts";
import { BitReader } from "./bit-reader.ts";

/** What the header of an AV1 sequence says about every frame's samples. */
export interface SequenceHeader {
  width: number;
  height: number;
  depth: number;
  isGrey: boolean;
  subsampling: [x: number, y: number];
  /** Code points of ITU-T H.273; 2 where the header names none. */
  primaries: number;
  transfer: number;
  matrix: number;
  isFullRange: boolean;
}

const sequenceHeaderType = 1;
const damaged = () => refuseDamaged("AVIF", "its AV1 sequence header is missing, cut, or contradicts itself");

/**
 * Walks the units of a coded picture (AV1 specification, 5.3) to its end and reads its one sequence header.
 *
 * @throws RequestError when a unit is cut, or the header is missing, repeated, or not allowed by the specification
 */
export function readSequenceHeader(picture: Buffer): SequenceHeader {
  const units = new BitReader(picture, damaged);
  let header: SequenceHeader | undefined;
  while (!units.isAtEnd) {
    if (units.read(1) !== 0) throw damaged();
    const type = units.read(4);
    const [isExtended, hasSize] = [units.read(1), units.read(1)];
    units.read(1 + isExtended * 8);
    const unit = units.readBytes(hasSize === 1 ? readLeb128(units) : undefined);
    if (type !== sequenceHeaderType) continue;
    if (header !== undefined) throw damaged();
    header = parseSequenceHeader(new BitReader(unit, damaged));
  }
  if (header === undefined) throw damaged();
  return header;
}

/** A number in groups of 7 bits, the lowest first (4.10.5). */
function readLeb128(reader: BitReader): number {
  let value = 0;
  for (let group = 0; group < 8; group++) {
    const byte = reader.read(8);
    value += (byte & 0x7f) * 2 ** (7 * group);
    if (byte < 0x80) return value;
  }
  throw damaged();
}

/** sequence_header_obu (5.5.1). */
function parseSequenceHeader(reader: BitReader): SequenceHeader {
  const profile = reader.read(3);
  const [isStill, isReduced] = [reader.read(1), reader.read(1)];
  if (profile > 2 || (isReduced === 1 && isStill === 0)) throw damaged();
  if (isReduced === 1) reader.read(5);
  else skipOperatingPoints(reader);
  const [widthBits, heightBits] = [reader.read(4) + 1, reader.read(4) + 1];
  const [width, height] = [reader.read(widthBits) + 1, reader.read(heightBits) + 1];
  if (isReduced === 0 && reader.read(1) === 1) reader.read(7);
  reader.read(3);
  if (isReduced === 0) skipTools(reader);
  reader.read(3);
  const colour = parseColour(reader, profile);
  reader.read(1);
  return { width, height, ...colour };
}

/** From timing_info_present_flag to the last operating point. */
function skipOperatingPoints(reader: BitReader): void {
  const hasTiming = reader.read(1) === 1;
  if (hasTiming) {
    reader.read(32);
    reader.read(32);
    if (reader.read(1) === 1) skipUvlc(reader);
  }
  const hasModel = hasTiming && reader.read(1) === 1;
  const delayBits = hasModel ? reader.read(5) + 1 : 0;
  if (hasModel) reader.read(42);
  const hasDelay = reader.read(1) === 1;
  for (let point = reader.read(5) + 1; point > 0; point--) {
    reader.read(12);
    if (reader.read(5) > 7) reader.read(1);
    if (hasModel && reader.read(1) === 1) {
      reader.read(delayBits);
      reader.read(delayBits + 1);
    }
    if (hasDelay && reader.read(1) === 1) reader.read(4);
  }
}

function skipUvlc(reader: BitReader): void {
  let zeros = 0;
  while (reader.read(1) === 0) zeros++;
  if (zeros >= 32) throw damaged();
  reader.read(zeros);
}

/** From enable_interintra_compound to order_hint_bits_minus_1. */
function skipTools(reader: BitReader): void {
  reader.read(4);
  const hasOrder = reader.read(1) === 1;
  if (hasOrder) reader.read(2);
  const hasScreenTools = reader.read(1) === 1 || reader.read(1) === 1;
  if (hasScreenTools && reader.read(1) === 0) reader.read(1);
  if (hasOrder) reader.read(3);
}

/** color_config (5.5.2). */
function parseColour(reader: BitReader, profile: number): Omit<SequenceHeader, "width" | "height"> {
  const isDeep = reader.read(1) === 1;
  const depth = !isDeep ? 8 : profile === 2 && reader.read(1) === 1 ? 12 : 10;
  const isGrey = profile !== 1 && reader.read(1) === 1;
  const isDescribed = reader.read(1) === 1;
  const [primaries, transfer, matrix] = isDescribed
    ? [reader.read(8), reader.read(8), reader.read(8)]
    : [2, 2, 2];
  const description = { depth, isGrey, primaries, transfer, matrix };
  if (isGrey) return { ...description, isFullRange: reader.read(1) === 1, subsampling: [1, 1] };
  if (primaries === 1 && transfer === 13 && matrix === 0) {
    if (profile !== 1 && !(profile === 2 && depth === 12)) throw damaged();
    reader.read(1);
    return { ...description, isFullRange: true, subsampling: [0, 0] };
  }
  const isFullRange = reader.read(1) === 1;
  const subsampling = readSubsampling(reader, profile, depth);
  if (subsampling[0] + subsampling[1] === 2) reader.read(2);
  reader.read(1);
  return { ...description, isFullRange, subsampling };
}

function readSubsampling(reader: BitReader, profile: number, depth: number): [x: number, y: number] {
  if (profile !== 2) return profile === 0 ? [1, 1] : [0, 0];
  if (depth !== 12) return [1, 0];
  const x = reader.read(1);
  return [x, x === 1 ? reader.read(1) : 0];
}
