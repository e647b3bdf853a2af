import { refuseDamaged } from "../refuse.ts";

/** Bytes of one value, by the type's number (TIFF 6.0, section 2; BigTIFF adds 16 to 18). */
const typeBytes: Record<number, number> = {
  1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8,
}; // biome-ignore format: a table

const unreadable = (tag: number) => refuseDamaged("TIFF", `its tag ${tag} cannot be read`);

/** libtiff's own limit. */
const maximumEntries = 4096;

/** How a file lays out its directories: classic TIFF with offsets of 32 bits, BigTIFF with 64. */
export interface TiffLayout {
  isLittleEndian: boolean;
  isBig: boolean;
  /** Byte of the header at which the first directory's offset stands. */
  firstOffsetAt: number;
  countBytes: number;
  entryBytes: number;
  offsetBytes: number;
}

/** One page: where each tag's entry is in the file. */
export type TiffDirectory = ReadonlyMap<number, number>;

/** A TIFF's structure, classic or Big. Numbers that lie outside the file read as absent. */
export class TiffFile {
  readonly bytes: Uint8Array;
  readonly layout: TiffLayout;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const isLittleEndian = bytes[0] === 0x49;
    const isBig = (isLittleEndian ? bytes[2] : bytes[3]) === 0x2b;
    this.layout = isBig
      ? { isLittleEndian, isBig, firstOffsetAt: 8, countBytes: 8, entryBytes: 20, offsetBytes: 8 }
      : { isLittleEndian, isBig, firstOffsetAt: 4, countBytes: 2, entryBytes: 12, offsetBytes: 4 };
  }

  /** Follows the chain of directories, which may be circular, for up to `limit` of them. */
  directories(limit: number): TiffDirectory[] {
    const found: TiffDirectory[] = [];
    const { firstOffsetAt, countBytes, entryBytes, offsetBytes } = this.layout;
    let offset = this.unsigned(firstOffsetAt, offsetBytes);
    while (offset !== undefined && offset !== 0 && found.length < limit) {
      const count = this.unsigned(offset, countBytes);
      const end = offset + countBytes + (count ?? 0) * entryBytes;
      if (count === undefined || count > maximumEntries || end + offsetBytes > this.bytes.length) break;
      const directory = new Map<number, number>();
      for (let entry = offset + countBytes; entry < end; entry += entryBytes) {
        const tag = this.unsigned(entry, 2) as number;
        if (!directory.has(tag)) directory.set(tag, entry);
      }
      found.push(directory);
      offset = this.unsigned(end, offsetBytes);
    }
    return found;
  }

  /**
   * A tag's unsigned whole numbers; undefined where the tag is absent.
   *
   * @throws RequestError when they are of another type or outside of the file
   */
  numbers(directory: TiffDirectory, tag: number): number[] | undefined {
    const entry = directory.get(tag);
    if (entry === undefined) return undefined;
    const { offsetBytes } = this.layout;
    const type = this.unsigned(entry + 2, 2) as number;
    const size = typeBytes[type];
    const count = this.unsigned(entry + 4, offsetBytes);
    if (size === undefined || ![3, 4, 16].includes(type) || count === undefined) throw unreadable(tag);
    const inline = entry + 4 + offsetBytes;
    const start = count * size <= offsetBytes ? inline : this.unsigned(inline, offsetBytes);
    if (start === undefined || start + count * size > this.bytes.length) throw unreadable(tag);
    return Array.from({ length: count }, (_, i) => this.unsigned(start + i * size, size) as number);
  }

  /**
   * Expects the values of these tags to lie in the file: a copy of an entry that points outside would point at
   * something else.
   *
   * @throws RequestError when they do not
   */
  expectInside(directory: TiffDirectory, tags: readonly number[]): void {
    const { offsetBytes } = this.layout;
    for (const tag of tags) {
      const entry = directory.get(tag);
      if (entry === undefined) continue;
      const size = typeBytes[this.unsigned(entry + 2, 2) as number];
      const length = (this.unsigned(entry + 4, offsetBytes) ?? 0) * (size ?? 0);
      const start = length <= offsetBytes ? 0 : this.unsigned(entry + 4 + offsetBytes, offsetBytes);
      if (size === undefined || start === undefined || start + length > this.bytes.length)
        throw unreadable(tag);
    }
  }

  /** A tag's unsigned fractions, or whole numbers. */
  rationals(directory: TiffDirectory, tag: number): number[] | undefined {
    const entry = directory.get(tag);
    if (entry === undefined) return undefined;
    if (this.unsigned(entry + 2, 2) !== 5) return this.numbers(directory, tag);
    const { offsetBytes } = this.layout;
    const count = this.unsigned(entry + 4, offsetBytes) ?? 0;
    const inline = entry + 4 + offsetBytes;
    const start = count * 8 <= offsetBytes ? inline : this.unsigned(inline, offsetBytes);
    if (start === undefined || start + count * 8 > this.bytes.length) return undefined;
    return Array.from(
      { length: count },
      (_, i) => (this.unsigned(start + i * 8, 4) as number) / (this.unsigned(start + i * 8 + 4, 4) as number),
    );
  }

  number(directory: TiffDirectory, tag: number): number | undefined {
    return this.numbers(directory, tag)?.[0];
  }

  private unsigned(offset: number, size: number): number | undefined {
    if (offset + size > this.bytes.length) return undefined;
    const { isLittleEndian } = this.layout;
    if (size === 1) return this.view.getUint8(offset);
    if (size === 2) return this.view.getUint16(offset, isLittleEndian);
    if (size === 4) return this.view.getUint32(offset, isLittleEndian);
    return Number(this.view.getBigUint64(offset, isLittleEndian));
  }
}
