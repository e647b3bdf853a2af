import { refuseDamaged } from "./refuse.ts";

interface Box {
  name: string;
  bytes: Buffer;
}

/**
 * Checks what describes an AVIF's pictures (ISO 14496-12, 8.11; ISO 23008-12; AVIF 1.1) as strictly as libavif does, which browsers
 * use: libheif, by which libvips reads it, overlooks damage there.
 *
 * @param meta the content of the box `meta`
 * @throws RequestError when a box is cut, missing, of an unknown version, or contradicts another
 */
export function expectSoundMeta(meta: Buffer): void {
  const boxes = splitBoxes(meta.subarray(4));
  if (meta.readUInt32BE(0) !== 0) throw damaged("meta");
  checkHandler(find(boxes, "hdlr"));
  checkItems(find(boxes, "iinf"));
  const properties = splitBoxes(find(boxes, "iprp"));
  const known = splitBoxes(find(properties, "ipco"));
  for (const { bytes } of properties.filter(({ name }) => name === "ipma")) checkAssociations(bytes, known);
}

/** The boxes that a box is made of: they fill it. */
export function splitBoxes(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = at + 8 <= bytes.length ? bytes.readUInt32BE(at) : 0;
    const name = bytes.toString("latin1", at + 4, at + 8);
    if (length < 8 || at + length > bytes.length) throw refuseDamaged("AVIF", "a box within another is cut");
    boxes.push({ name, bytes: bytes.subarray(at + 8, at + length) });
    at += length;
  }
  return boxes;
}

function find(boxes: Box[], name: string): Buffer {
  const found = boxes.filter((box) => box.name === name);
  if (found.length !== 1) throw damaged(name);
  return found[0]?.bytes as Buffer;
}

/** Version, flags and a number that is not used are 0, then the kind of item, 12 bytes of 0, and a name that ends with NUL. */
function checkHandler(bytes: Buffer): void {
  const isSound =
    bytes.length >= 25 &&
    bytes.readUInt32BE(0) === 0 &&
    bytes.readUInt32BE(4) === 0 &&
    bytes.toString("latin1", 8, 12) === "pict" &&
    bytes.indexOf(0, 24) >= 0;
  if (!isSound) throw damaged("hdlr");
}

/** Each item's description ends with names, each of which ends with NUL. */
function checkItems(bytes: Buffer): void {
  const version = bytes[0] as number;
  if (version > 1 || bytes.length < 8) throw damaged("iinf");
  for (const { name, bytes: item } of splitBoxes(bytes.subarray(version === 0 ? 6 : 8))) {
    const nameAt = (item[0] === 3 ? 4 : 2) + 4 + 2 + 4;
    if (name !== "infe" || ![2, 3].includes(item[0] as number) || item.indexOf(0, nameAt) < 0)
      throw damaged("infe");
  }
}

/** Which properties each item has. Those that describe its samples must agree. */
function checkAssociations(bytes: Buffer, known: Box[]): void {
  const [version, flags] = [bytes[0] as number, bytes.length >= 8 ? bytes.readUIntBE(1, 3) : -1];
  const idBytes = version === 0 ? 2 : 4;
  const isWide = flags === 1;
  if (version > 1 || flags < 0 || flags > 1) throw damaged("ipma");
  let at = 8;
  for (let item = bytes.readUInt32BE(4); item > 0; item--) {
    const count = bytes[at + idBytes];
    at += idBytes + 1;
    if (count === undefined || at + count * (isWide ? 2 : 1) > bytes.length) throw damaged("ipma");
    const properties: Box[] = [];
    for (let i = 0; i < count; i++, at += isWide ? 2 : 1) {
      const index = isWide ? bytes.readUInt16BE(at) & 0x7fff : (bytes[at] as number) & 0x7f;
      const property = known[index - 1];
      if (property !== undefined) properties.push(property);
      else if (index !== 0) throw damaged("ipma");
    }
    checkSamples(properties);
  }
  if (at !== bytes.length) throw damaged("ipma");
}

/** AV1's configuration (AV1-ISOBMFF 1.2, 2.3) and the bits of each channel. */
function checkSamples(properties: Box[]): void {
  const configuration = properties.find(({ name }) => name === "av1C")?.bytes;
  if (configuration === undefined) return;
  if (configuration.length < 4 || configuration[0] !== 0x81) throw damaged("av1C");
  const flags = configuration[2] as number;
  const depth = (flags & 0x40) === 0 ? 8 : (flags & 0x20) === 0 ? 10 : 12;
  const channels = properties.find(({ name }) => name === "pixi")?.bytes;
  if (channels === undefined) return;
  const depths = channels.subarray(5);
  const isSound =
    channels.length >= 6 &&
    channels.readUInt32BE(0) === 0 &&
    depths.length === channels[4] &&
    depths.length === ((flags & 0x10) === 0 ? 3 : 1) &&
    depths.every((bits) => bits === depth);
  if (!isSound) throw damaged("pixi");
}

const damaged = (box: string) =>
  refuseDamaged("AVIF", `its box ${box} is missing, damaged, or contradicts another`);
