/** Numbers of a tag, or raw bytes for types that are not whole numbers. */
type TagValue = number | number[];

export interface TiffPage {
  /** Strips, or tiles where `tags` has a tile width. */
  blocks: Uint8Array[];
  /** By tag number; written as 16 bits where all numbers fit, else 32. Offsets and byte counts are added. */
  tags: Record<number, TagValue>;
}

/** Writes a TIFF or BigTIFF, tag by tag: the blocks of all pages first, then the directories. */
export function writeTiff(pages: TiffPage[], { isBig = false, isLittleEndian = true } = {}): Buffer {
  const offsetBytes = isBig ? 8 : 4;
  const parts: Buffer[] = [];
  let length = 0;
  const put = (part: Uint8Array) => {
    const at = length;
    parts.push(Buffer.from(part));
    length += part.length;
    return at;
  };
  const number = (value: number, size: number): Buffer => {
    const buffer = Buffer.alloc(size);
    if (size === 8) {
      if (isLittleEndian) buffer.writeBigUInt64LE(BigInt(value));
      else buffer.writeBigUInt64BE(BigInt(value));
    } else if (isLittleEndian) buffer.writeUIntLE(value, 0, size);
    else buffer.writeUIntBE(value, 0, size);
    return buffer;
  };
  const mark = Buffer.from(isLittleEndian ? "II" : "MM");
  put(Buffer.concat([mark, number(isBig ? 43 : 42, 2), ...(isBig ? [number(8, 2), number(0, 2)] : [])]));
  const first = put(Buffer.alloc(offsetBytes));
  let link = { part: 1, offset: 0 };
  if (first !== (isBig ? 8 : 4)) throw new Error("header");

  for (const { blocks, tags } of pages) {
    const isTiled = 322 in tags;
    const all: Record<number, TagValue> = {
      [isTiled ? 324 : 273]: blocks.map(put),
      [isTiled ? 325 : 279]: blocks.map((block) => block.length),
      ...tags,
    };
    const entries = Object.entries(all).map(([tag, value]) => {
      const values = [value].flat();
      const size = values.every((v) => v < 65536) ? 2 : 4;
      const data = Buffer.concat(values.map((v) => number(v, size)));
      const field = data.length <= offsetBytes ? data : number(put(data), offsetBytes);
      return Buffer.concat([
        number(Number(tag), 2),
        number(size === 2 ? 3 : 4, 2),
        number(values.length, offsetBytes),
        field,
        Buffer.alloc(offsetBytes - field.length),
      ]);
    });
    const directory = length;
    (parts[link.part] as Buffer).set(number(directory, offsetBytes), link.offset);
    const body = Buffer.concat([
      number(entries.length, isBig ? 8 : 2),
      ...entries,
      Buffer.alloc(offsetBytes),
    ]);
    put(body);
    link = { part: parts.length - 1, offset: body.length - offsetBytes };
  }
  return Buffer.concat(parts);
}

export const side = 32;
/** Red grows to the right, green downwards, blue is constant. */
export const gradient = Uint8Array.from({ length: side * side * 3 }, (_, i) => {
  const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side)];
  return [x * 7, y * 7, 90][i % 3] as number;
});

/** The gradient, uncompressed in strips of 8 rows; `tags` add to those of an RGB picture or replace them. */
export function gradientPage(tags: Record<number, TagValue> = {}, data: Uint8Array = gradient): TiffPage {
  const rowBytes = data.length / side;
  const blocks = [0, 8, 16, 24].map((row) => data.subarray(row * rowBytes, (row + 8) * rowBytes));
  const base = { 256: side, 257: side, 258: [8, 8, 8], 259: 1, 262: 2, 277: 3, 278: 8 };
  return { blocks, tags: { ...base, ...tags } };
}

/** 16-bit samples in the byte order of a TIFF written here. */
export const samplesOf16Bits = (values: Iterable<number>): Uint8Array =>
  new Uint8Array(Uint16Array.from(values).buffer);
