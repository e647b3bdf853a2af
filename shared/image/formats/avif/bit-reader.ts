/** Reads whole numbers from bytes, the highest bit and byte first. */
export class BitReader {
  private position = 0;
  private readonly bytes: Buffer;
  private readonly cut: () => Error;

  /** @param cut makes the error for a read beyond the last byte */
  constructor(bytes: Buffer, cut: () => Error) {
    this.bytes = bytes;
    this.cut = cut;
  }

  get isAtEnd(): boolean {
    return this.position >= this.bytes.length * 8;
  }

  /** @param bits 0..53 */
  read(bits: number): number {
    const end = this.position + bits;
    if (end > this.bytes.length * 8) throw this.cut();
    let value = 0;
    while (this.position < end) {
      const offset = this.position % 8;
      const taken = Math.min(8 - offset, end - this.position);
      const byte = this.bytes[Math.floor(this.position / 8)] as number;
      value = value * 2 ** taken + ((byte >> (8 - offset - taken)) & (2 ** taken - 1));
      this.position += taken;
    }
    return value;
  }

  /** `length` Latin-1 characters, or those up to the next zero byte, which must be there. Starts at a whole byte. */
  readText(length?: number): string {
    const start = this.position / 8;
    const end = length === undefined ? this.bytes.indexOf(0, start) : start + length;
    if (end < start || end > this.bytes.length) throw this.cut();
    this.position = (length === undefined ? end + 1 : end) * 8;
    return this.bytes.toString("latin1", start, end);
  }

  /** `length` bytes, or all that are left. Starts at a whole byte. */
  readBytes(length = this.bytes.length - this.position / 8): Buffer {
    const start = this.position / 8;
    if (start + length > this.bytes.length) throw this.cut();
    this.position += length * 8;
    return this.bytes.subarray(start, start + length);
  }
}
