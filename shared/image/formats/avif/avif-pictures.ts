import { refuse } from "../refuse.ts";
import { readSequenceHeader, type SequenceHeader } from "./av1-sequence-header.ts";
import { damagedBox } from "./avif-boxes.ts";
import type { Item, Items } from "./avif-items.ts";
import {
  type Colour,
  type Configuration,
  type Property,
  readAuxiliaryType,
  readColour,
  readConfiguration,
  readDepths,
  readSize,
} from "./avif-properties.ts";
import { BitReader } from "./bit-reader.ts";

const alphaTypes = ["urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", "urn:mpeg:hevc:2015:auxid:1"];

/**
 * Checks that every picture in an AVIF is what its boxes say, and that its colours can be converted.
 *
 * @throws RequestError when a box contradicts another or the AV1 sequence header, or the encoding is not supported
 */
export function checkPictures({ primary, all, references }: Items): void {
  if (references.some(({ kind, from }) => kind === "thmb" && from === primary.id)) throw damagedBox("pitm");
  if (references.some(({ kind }) => kind === "prem")) throw refuse("an AVIF with premultiplied transparency");
  if (primary.type !== "av01" && primary.type !== "grid") throw damagedBox("pitm");
  for (const item of all) {
    if (item.type === "av01") checkCoded(item);
  }
  const related = (kind: string, id: number) =>
    references.filter(({ kind: k, to }) => k === kind && to.includes(id));
  for (const grid of all.filter(({ type }) => type === "grid")) {
    const ids = references.find(({ kind, from }) => kind === "dimg" && from === grid.id)?.to ?? [];
    checkGrid(
      grid,
      ids.map((id) => all.find((item) => item.id === id)),
    );
  }
  for (const { from } of related("auxl", primary.id)) {
    checkAlpha(
      all.find(({ id }) => id === from),
      primary,
    );
  }
  for (const { from } of related("cdsc", primary.id)) {
    const item = all.find(({ id }) => id === from);
    if (item?.type === "Exif") checkExif(item.data);
  }
}

function findProperty({ properties }: Item, name: string): Property | undefined {
  return properties.find((property) => property.name === name);
}

function expectProperty(item: Item, name: string): Property {
  const property = findProperty(item, name);
  if (property === undefined) throw damagedBox(name);
  return property;
}

/**
 * An AV1 picture: its configuration, size, channels and colours must match its sequence header. The subsampling is
 * taken from the header alone, because there are intact pictures whose configuration names another.
 */
function checkCoded(item: Item): void {
  const header = readSequenceHeader(item.data);
  const configuration = readConfiguration(expectProperty(item, "av1C"));
  if (configuration.depth !== header.depth || configuration.isGrey !== header.isGrey)
    throw damagedBox("av1C");
  const size = readSize(expectProperty(item, "ispe"));
  if (size.width !== header.width || size.height !== header.height) throw damagedBox("ispe");
  checkDepths(item, header);
  checkColour(readItemColour(item) ?? header, header);
}

function checkDepths(item: Item, { depth, isGrey }: Configuration): void {
  const channels = findProperty(item, "pixi");
  if (channels === undefined) return;
  const depths = readDepths(channels);
  if (depths.length !== (isGrey ? 1 : 3) || depths.some((bits) => bits !== depth)) throw damagedBox("pixi");
}

/** A `colr` property takes precedence over the sequence header. Each kind of it may occur once. */
function readItemColour(item: Item): Colour | undefined {
  const boxes = item.properties.filter(({ name }) => name === "colr");
  const colours = boxes.map(readColour);
  const described = colours.filter((colour) => colour !== undefined);
  if (described.length > 1 || boxes.length - described.length > 1) throw damagedBox("colr");
  return described[0];
}

/** Matrix coefficients of ITU-T H.273 that libheif converts as libavif does. */
const knownMatrices = [0, 1, 2, 4, 5, 6, 7, 8, 9, 12];
const [identity, yCgCo] = [0, 8];

/** libheif leaves a limited range as it is in grey pictures, and in colours of the identity and YCgCo matrices. */
function checkColour({ matrix, isFullRange }: Colour, { isGrey, subsampling }: SequenceHeader): void {
  const isSubsampled = !isGrey && subsampling[0] === 1;
  const needsFullRange = isGrey || matrix === identity || matrix === yCgCo;
  if (
    !knownMatrices.includes(matrix) ||
    (matrix === identity && isSubsampled) ||
    (needsFullRange && !isFullRange)
  ) {
    const range = isFullRange ? "full" : "limited";
    throw refuse(
      `an AVIF whose colours cannot be converted here: matrix coefficients ${matrix}, ${range} range`,
    );
  }
}

/** ImageGrid (ISO 23008-12, 6.6.2.3): equal tiles that cover the picture, with none to spare. */
function checkGrid(grid: Item, tiles: (Item | undefined)[]): void {
  const reader = new BitReader(grid.data, () => damagedBox("grid"));
  const [version, flags, rows, columns] = [
    reader.read(8),
    reader.read(8),
    reader.read(8) + 1,
    reader.read(8) + 1,
  ];
  const bits = (flags & 1) === 0 ? 16 : 32;
  const [width, height] = [reader.read(bits), reader.read(bits)];
  const size = readSize(expectProperty(grid, "ispe"));
  const isSound =
    version === 0 &&
    reader.isAtEnd &&
    size.width === width &&
    size.height === height &&
    tiles.length === rows * columns;
  if (!isSound || new Set(tiles).size < tiles.length) throw damagedBox("grid");
  const described = tiles.map((tile) => {
    if (tile?.type !== "av01") throw damagedBox("grid");
    return {
      size: readSize(expectProperty(tile, "ispe")),
      configuration: expectProperty(tile, "av1C").bytes.subarray(0, 3),
    };
  });
  const [first] = described as [(typeof described)[number]];
  const isCovered = (all: number, one: number, count: number) =>
    one * count >= all && one * (count - 1) < all;
  const isEqual = described.every(
    (tile) =>
      tile.configuration.equals(first.configuration) &&
      tile.size.width === first.size.width &&
      tile.size.height === first.size.height,
  );
  if (!isEqual || !isCovered(width, first.size.width, columns) || !isCovered(height, first.size.height, rows))
    throw damagedBox("grid");
}

/** Transparency is dropped here, but a decoder that shows it needs the same bit depth as the picture's. */
function checkAlpha(item: Item | undefined, primary: Item): void {
  const kind = item && findProperty(item, "auxC");
  if (item === undefined || kind === undefined || !alphaTypes.includes(readAuxiliaryType(kind))) return;
  if (item.type !== "av01" || primary.type !== "av01") return;
  const [alpha, colour] = [item, primary].map((one) => readConfiguration(expectProperty(one, "av1C")));
  if (alpha?.depth !== colour?.depth) throw damagedBox("av1C");
}

/** EXIF begins with the distance to its TIFF header (ISO 23008-12, A.2.1), which "Exif" may precede, as in a JPEG. */
function checkExif(data: Buffer): void {
  const reader = new BitReader(data, () => damagedBox("Exif"));
  const before = reader.readText(reader.read(32));
  const isSound = ["", "Exif\0\0"].includes(before) && ["MM\0*", "II*\0"].includes(reader.readText(4));
  if (!isSound || reader.isAtEnd) throw damagedBox("Exif");
}
