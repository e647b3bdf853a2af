import type { TiffDirectory, TiffFile } from "./tiff-directory.ts";

/** The tags that say what pixels are, how they are stored and how they are shown. No other tag reaches libtiff. */
const kept = [
  256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 284, 317, 320, 322, 323, 324, 325, 338, 339, 347, 529, 530, 531,
  532, 34675,
]; // biome-ignore format: a list

const short = 3;

/**
 * The file with a single page, whose directory is written anew at the end. Entries are copied as they are, so that what
 * they point at stays in place, except for `replaced`, the tags that get a new value of 16 bits.
 *
 * @throws RequestError when an entry points outside the file
 */
export function rewriteTiff(
  file: TiffFile,
  page: TiffDirectory,
  replaced: ReadonlyMap<number, number>,
): Uint8Array {
  const { bytes, layout } = file;
  const { countBytes, entryBytes, offsetBytes, firstOffsetAt, isLittleEndian } = layout;
  const tags = kept.filter((tag) => page.has(tag) || replaced.has(tag));
  file.expectInside(page, tags);
  const start = bytes.length + (bytes.length % 2);
  const rewritten = new Uint8Array(start + countBytes + tags.length * entryBytes + offsetBytes);
  rewritten.set(bytes);
  const view = new DataView(rewritten.buffer);
  const write = (offset: number, value: number, size: number) => {
    if (size === 2) view.setUint16(offset, value, isLittleEndian);
    else if (size === 4) view.setUint32(offset, value, isLittleEndian);
    else view.setBigUint64(offset, BigInt(value), isLittleEndian);
  };
  write(firstOffsetAt, start, offsetBytes);
  write(start, tags.length, countBytes);
  tags.forEach((tag, i) => {
    const at = start + countBytes + i * entryBytes;
    const value = replaced.get(tag);
    if (value === undefined) {
      const entry = page.get(tag) as number;
      rewritten.set(bytes.subarray(entry, entry + entryBytes), at);
      return;
    }
    write(at, tag, 2);
    write(at + 2, short, 2);
    write(at + 4, 1, offsetBytes);
    write(at + 4 + offsetBytes, value, 2);
  });
  return rewritten;
}
