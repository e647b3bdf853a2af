import { refuseDamaged } from "../refuse.ts";
import { BitReader } from "./bit-reader.ts";

export interface Box {
  name: string;
  bytes: Buffer;
}

/** The boxes inside a box, which they must fill (ISO 14496-12, 4.2). */
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

/**
 * The only box of a name; undefined where there is none.
 *
 * @throws RequestError when there are several
 */
export function findBox(boxes: readonly Box[], name: string): Box | undefined {
  const [first, second] = boxes.filter((box) => box.name === name);
  if (second !== undefined) throw damagedBox(name);
  return first;
}

export function expectBox(boxes: readonly Box[], name: string): Box {
  const box = findBox(boxes, name);
  if (box === undefined) throw damagedBox(name);
  return box;
}

export const openBox = ({ name, bytes }: Box): BitReader => new BitReader(bytes, () => damagedBox(name));

/** Opens a box that begins with its version, which must not be above `highestVersion`, and 24 bits of flags. */
export function openFullBox(
  box: Box,
  highestVersion: number,
): { reader: BitReader; version: number; flags: number } {
  const reader = openBox(box);
  const version = reader.read(8);
  if (version > highestVersion) throw damagedBox(box.name);
  return { reader, version, flags: reader.read(24) };
}

export const damagedBox = (name: string) =>
  refuseDamaged("AVIF", `its box ${name} is missing, damaged, or contradicts another`);
