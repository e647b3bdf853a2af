import { type Box, damagedBox, expectBox, findBox, openBox, openFullBox, splitBoxes } from "./avif-boxes.ts";
import { type Property, readProperties } from "./avif-properties.ts";
import type { BitReader } from "./bit-reader.ts";

/** One of the things that an AVIF holds: a picture, a tile of one, its transparency, EXIF. */
export interface Item {
  id: number;
  /** `av01` is an AV1 picture, `grid` a picture made of others. */
  type: string;
  data: Buffer;
  properties: Property[];
}

/** How the item `from` relates to others; `kind` is auxl, cdsc, dimg, prem or thmb. */
export interface Reference {
  kind: string;
  from: number;
  to: number[];
}

export interface Items {
  primary: Item;
  all: Item[];
  references: Reference[];
}

/**
 * Reads the items that an AVIF declares (ISO 14496-12, 8.11; ISO 23008-12), as strictly as libavif does.
 *
 * @param meta the box `meta`
 * @param file the whole file, in which the items lie
 * @throws RequestError when a box is cut, missing, repeated, of an unknown version, or contradicts another
 */
export function readItems(meta: Box, file: Buffer): Items {
  const boxes = splitBoxes(openMeta(meta));
  if (boxes[0]?.name !== "hdlr") throw damagedBox("hdlr");
  checkHandler(expectBox(boxes, "hdlr"));
  const types = readTypes(expectBox(boxes, "iinf"));
  const data = readLocations(expectBox(boxes, "iloc"), file, findBox(boxes, "idat"));
  const properties = readProperties(expectBox(boxes, "iprp"));
  const known = new Set([...types.keys(), ...data.keys(), ...properties.keys()]);
  const all = [...known].map((id) => ({
    id,
    type: types.get(id) ?? "",
    data: data.get(id) ?? Buffer.alloc(0),
    properties: properties.get(id) ?? [],
  }));
  const references = readReferences(findBox(boxes, "iref"));
  checkGroups(findBox(boxes, "grpl"));
  const primaryId = readPrimaryId(expectBox(boxes, "pitm"));
  const primary = all.find(({ id }) => id === primaryId);
  if (primary === undefined) throw damagedBox("pitm");
  return { primary, all, references };
}

const openMeta = (meta: Box): Buffer => openFullBox(meta, 0).reader.readBytes();

/** A zero, the handler type, 12 reserved bytes and a name (ISO 14496-12, 8.4.3). */
function checkHandler(box: Box): void {
  const { reader } = openFullBox(box, 0);
  if (reader.read(32) !== 0 || reader.readText(4) !== "pict") throw damagedBox("hdlr");
  reader.readBytes(12);
  reader.readText();
}

function readPrimaryId(box: Box): number {
  const { reader, version } = openFullBox(box, 255);
  return reader.read(version === 0 ? 16 : 32);
}

function readTypes(box: Box): Map<number, string> {
  const { reader, version } = openFullBox(box, 1);
  const count = reader.read(version === 0 ? 16 : 32);
  const entries = splitBoxes(reader.readBytes());
  if (entries.length !== count || entries.some(({ name }) => name !== "infe")) throw damagedBox("iinf");
  const types = entries.map(readType);
  return new Map(types);
}

function readType(box: Box): [id: number, type: string] {
  const { reader, version } = openFullBox(box, 3);
  if (version < 2) throw damagedBox("infe");
  const id = readId(reader, version === 2 ? 16 : 32);
  reader.read(16);
  const type = reader.readText(4);
  reader.readText();
  if (type === "mime") reader.readText();
  return [id, type];
}

/** Each item's bytes, which lie in the file or in the box `idat`. */
function readLocations(box: Box, file: Buffer, idat: Box | undefined): Map<number, Buffer> {
  const { reader, version } = openFullBox(box, 2);
  const [offsetBytes, lengthBytes, baseBytes] = [reader.read(4), reader.read(4), reader.read(4)];
  const fourth = reader.read(4);
  const indexBytes = version === 0 ? 0 : fourth;
  if ([offsetBytes, lengthBytes, baseBytes, indexBytes].some((size) => ![0, 4, 8].includes(size)))
    throw damagedBox("iloc");
  const located = new Map<number, Buffer>();
  for (let item = reader.read(version < 2 ? 16 : 32); item > 0; item--) {
    const id = readId(reader, version < 2 ? 16 : 32);
    const method = version === 0 ? 0 : reader.read(16);
    if (method > 1 || located.has(id)) throw damagedBox("iloc");
    const source = method === 1 ? idat?.bytes : file;
    reader.read(16);
    const base = readWide(reader, baseBytes);
    const extents: Buffer[] = [];
    for (let extent = reader.read(16); extent > 0; extent--) {
      if (version > 0) readWide(reader, indexBytes);
      const start = base + readWide(reader, offsetBytes);
      const end = start + readWide(reader, lengthBytes);
      if (source === undefined || end > source.length) throw damagedBox("iloc");
      extents.push(source.subarray(start, end));
    }
    located.set(id, extents.length === 1 ? (extents[0] as Buffer) : Buffer.concat(extents));
  }
  return located;
}

/** 64-bit numbers above 2^53 lie outside any file, and still do once rounded. */
const readWide = (reader: BitReader, bytes: number): number =>
  bytes === 8 ? reader.read(32) * 2 ** 32 + reader.read(32) : reader.read(bytes * 8);

function readReferences(box: Box | undefined): Reference[] {
  if (box === undefined) return [];
  const { reader, version } = openFullBox(box, 1);
  const bits = version === 0 ? 16 : 32;
  const references = splitBoxes(reader.readBytes()).map((reference) => {
    const fields = openBox(reference);
    const from = readId(fields, bits);
    const to = Array.from({ length: fields.read(16) }, () => readId(fields, bits));
    return { kind: reference.name, from, to };
  });
  const derived = references.filter(({ kind }) => kind === "dimg");
  if (new Set(derived.map(({ from }) => from)).size < derived.length) throw damagedBox("iref");
  return references;
}

function checkGroups(box: Box | undefined): void {
  for (const group of box === undefined ? [] : splitBoxes(box.bytes)) {
    const { reader } = openFullBox(group, 255);
    reader.read(32);
    reader.readBytes(reader.read(32) * 4);
  }
}

function readId(reader: BitReader, bits: 16 | 32): number {
  const id = reader.read(bits);
  if (id === 0) throw damagedBox("meta");
  return id;
}
