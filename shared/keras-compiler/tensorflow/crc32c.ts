/** Castagnoli's polynomial, bits reversed (RFC 3720, appendix B.4). */
const polynomial = 0x82f63b78;
/** tables[k][byte] is the checksum of a byte followed by k zero bytes; eight tables take eight bytes at once. */
const tables = createTables();

/** CRC-32C of bytes, as TensorFlow's checkpoints carry it. */
export function computeCrc32c(bytes: Uint8Array): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = 0xffffffff;
  let offset = 0;
  for (; offset + 8 <= bytes.length; offset += 8) {
    const low = crc ^ view.getInt32(offset, true);
    const high = view.getInt32(offset + 4, true);
    crc =
      at(t7, low) ^
      at(t6, low >>> 8) ^
      at(t5, low >>> 16) ^
      at(t4, low >>> 24) ^
      at(t3, high) ^
      at(t2, high >>> 8) ^
      at(t1, high >>> 16) ^
      at(t0, high >>> 24);
  }
  for (; offset < bytes.length; offset++) crc = at(t0, crc ^ (bytes[offset] as number)) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/**
 * The checksum as LevelDB and TensorFlow store it: rotated, with a constant added, so that a checksum of data that
 * holds checksums stays meaningful.
 */
export function maskCrc(crc: number): number {
  const delta = 0xa282ead8;
  return (((crc >>> 15) | (crc << 17)) + delta) >>> 0;
}

function at(table: Int32Array, value: number): number {
  return table[value & 0xff] as number;
}

type Tables = [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

function createTables(): Tables {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc;
  });
  const all = [first];
  for (let table = 1; table < 8; table++) {
    const before = all[table - 1] ?? first;
    all.push(before.map((crc) => (crc >>> 8) ^ (first[crc & 0xff] as number)));
  }
  return all as Tables;
}
