import { refuse, refuseDamaged } from "../refuse.ts";
import { type Box, damagedBox, openBox, openFullBox, splitBoxes } from "./avif-boxes.ts";

export interface Property extends Box {
  isEssential: boolean;
}

/**
 * The properties of each item by its id, from the box `iprp`, which lists all properties first, then those of each
 * item.
 */
export function readProperties(box: Box): Map<number, Property[]> {
  const [container, ...associations] = splitBoxes(box.bytes);
  if (container?.name !== "ipco" || associations.some(({ name }) => name !== "ipma"))
    throw damagedBox("iprp");
  const known = splitBoxes(container.bytes);
  for (const property of known) checks[property.name]?.(property);
  const byItem = new Map<number, Property[]>();
  for (const association of associations) readAssociations(association, known, byItem);
  return byItem;
}

function readAssociations(box: Box, known: readonly Box[], byItem: Map<number, Property[]>): void {
  const { reader, version, flags } = openFullBox(box, 1);
  if (flags > 1) throw damagedBox("ipma");
  let lastId = 0;
  for (let item = reader.read(32); item > 0; item--) {
    const id = reader.read(version === 0 ? 16 : 32);
    if (id <= lastId || byItem.has(id)) throw damagedBox("ipma");
    lastId = id;
    const properties: Property[] = [];
    for (let count = reader.read(8); count > 0; count--) {
      const isEssential = reader.read(1) === 1;
      const index = reader.read(flags === 1 ? 15 : 7);
      const property = known[index - 1];
      if (property !== undefined) properties.push(expectReadable({ ...property, isEssential }));
      else if (index !== 0 || isEssential) throw damagedBox("ipma");
    }
    byItem.set(id, properties);
  }
  if (!reader.isAtEnd) throw damagedBox("ipma");
}

/** A property that changes the picture must be marked as essential, and no reader may ignore one that is. */
function expectReadable(property: Property): Property {
  const { name, isEssential } = property;
  if (["irot", "imir"].includes(name) && !isEssential) throw damagedBox("ipma");
  if (isEssential && !Object.hasOwn(checks, name)) {
    throw refuseDamaged("AVIF", `it has an essential property that is not known (${JSON.stringify(name)})`);
  }
  return property;
}

const refuseLayers = () => {
  throw refuse("an AVIF of several layers");
};

/** The check of each known property (ISO 23008-12, 6.5; ISO 14496-12, 12.1). */
const checks: Readonly<Record<string, (box: Box) => void>> = {
  ispe: (box) => readSize(box),
  pixi: (box) => readDepths(box),
  av1C: (box) => readConfiguration(box),
  colr: (box) => readColour(box),
  auxC: (box) => readAuxiliaryType(box),
  irot: (box) => expectReserved(box, 6),
  imir: (box) => expectReserved(box, 7),
  pasp: (box) => openBox(box).readBytes(8),
  clli: (box) => openBox(box).readBytes(4),
  // libheif crops the picture to it, libavif does not.
  clap: () => {
    throw refuse("an AVIF that is cropped by its clean aperture");
  },
  a1op: refuseLayers,
  a1lx: refuseLayers,
  lsel: refuseLayers,
};

function expectReserved(box: Box, bits: number): void {
  if (openBox(box).read(bits) !== 0) throw damagedBox(box.name);
}

export function readSize(box: Box): { width: number; height: number } {
  const { reader } = openFullBox(box, 0);
  const [width, height] = [reader.read(32), reader.read(32)];
  if (width === 0 || height === 0) throw damagedBox("ispe");
  return { width, height };
}

/** The bits of each channel; what newer versions of the standard append to them is not read. */
export function readDepths(box: Box): number[] {
  const { reader } = openFullBox(box, 0);
  const depths = [...reader.readBytes(reader.read(8))];
  if (depths.length === 0) throw damagedBox("pixi");
  return depths;
}

export interface Configuration {
  depth: number;
  isGrey: boolean;
}

/** AV1CodecConfigurationRecord (AV1-ISOBMFF 1.2, 2.3). */
export function readConfiguration(box: Box): Configuration {
  const reader = openBox(box);
  if (reader.read(8) !== 0x81) throw damagedBox("av1C");
  reader.read(9);
  const depth = reader.read(1) === 0 ? 8 : 10;
  const depthOf12 = reader.read(1) === 0 ? depth : 12;
  const isGrey = reader.read(1) === 1;
  reader.read(12);
  return { depth: depthOf12, isGrey };
}

/** Code points of ITU-T H.273. */
export interface Colour {
  primaries: number;
  transfer: number;
  matrix: number;
  isFullRange: boolean;
}

/** The code points of a box `colr`; undefined where it holds an ICC profile or is of an unknown kind. */
export function readColour(box: Box): Colour | undefined {
  const reader = openBox(box);
  const kind = reader.readText(4);
  if ((kind === "prof" || kind === "rICC") && reader.isAtEnd) throw damagedBox("colr");
  if (kind !== "nclx") return undefined;
  const [primaries, transfer, matrix] = [reader.read(16), reader.read(16), reader.read(16)];
  const isFullRange = reader.read(1) === 1;
  if (reader.read(7) !== 0) throw damagedBox("colr");
  return { primaries, transfer, matrix, isFullRange };
}

export const readAuxiliaryType = (box: Box): string => openFullBox(box, 0).reader.readText();
