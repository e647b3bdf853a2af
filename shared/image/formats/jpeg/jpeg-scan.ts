import { refuseDamaged } from "../refuse.ts";

/** A component in one MCU of the scan: how many blocks it has there, and the Huffman tables of their coefficients. */
interface ScanComponent {
  blocks: number;
  dc: HuffmanTable;
  ac: HuffmanTable;
}

interface Scan {
  components: ScanComponent[];
  mcus: number;
  /** MCUs between two restart markers; all of them where the file has none. */
  interval: number;
}

/**
 * Follows the codes of a sequential JPEG's only scan to its last block (ITU T.81, annex F), without computing a pixel.
 * libvips looks for libjpeg's warnings before it reads a strip, so it never sees those of the last one, and libjpeg
 * fills missing pixels with grey. A file of several scans needs no such check: it is read whole before its first pixel,
 * so libvips sees every warning.
 *
 * @param segments the segments before the scan, from their marker on
 * @param header the scan's own segment
 * @param data what follows it, up to the end of the file
 * @throws RequestError when a code is not in the tables, or blocks or restart markers are missing or left over
 */
export function expectEveryBlock(segments: Uint8Array[], header: Uint8Array, data: Uint8Array): void {
  const scan = describeScan(segments, header);
  if (scan === undefined) return;
  let left = scan.mcus;
  for (const [i, interval] of splitAtRestarts(data).entries()) {
    // Nothing follows the marker that some encoders set after the last interval.
    if (left === 0 && i > 0 && interval.length === 0) continue;
    if (left === 0) throw damaged("it has more intervals between restart markers than pixels");
    const mcus = Math.min(left, scan.interval);
    followBlocks(interval, scan.components, mcus);
    left -= mcus;
  }
  if (left > 0) throw damaged("it ends before its last pixels");
}

/** @param data whole bytes without stuffing */
function followBlocks(data: Uint8Array, components: ScanComponent[], mcus: number): void {
  const bits = data.length * 8;
  const padded = new Uint8Array(data.length + 4);
  padded.set(data);
  const blocks = components.flatMap((component) => Array<ScanComponent>(component.blocks).fill(component));
  let at = 0;
  for (let mcu = 0; mcu < mcus; mcu++) {
    for (let block = 0; block < blocks.length; block++) {
      const { dc, ac } = blocks[block] as ScanComponent;
      at = followBlock(padded, at, dc, ac);
      if (at > bits) throw damaged("it ends before its last pixels");
    }
  }
  if (bits - at >= 8) throw damaged("codes are left over after its last pixel");
}

/** @returns where the next block's first bit stands */
function followBlock(data: Uint8Array, from: number, dc: HuffmanTable, ac: HuffmanTable): number {
  const { short, long, longFrom } = ac;
  const first = peek(data, from);
  const code = (dc.short[first >>> 7] as number) || (dc.long[first - dc.longFrom] ?? 0);
  if (code === 0) throw damaged("its pixels hold a code that means nothing");
  let at = from + (code >>> 8);
  for (let k = 1; k < 64; k++) {
    const next = peek(data, at);
    const entry = (short[next >>> 7] as number) || (long[next - longFrom] ?? 0);
    if (entry === 0) throw damaged("its pixels hold a code that means nothing");
    at += entry >>> 8;
    if ((entry & 15) === 0 && (entry & 0xff) !== 0xf0) return at;
    k += (entry >>> 4) & 15;
    // Zeros beyond the last coefficient, which some encoders write, are harmless.
    if (k > 63 && (entry & 15) !== 0) throw damaged("a block has more than 64 coefficients");
  }
  return at;
}

/** The 16 bits from the bit `at` on. */
function peek(data: Uint8Array, at: number): number {
  const byte = at >>> 3;
  const three =
    ((data[byte] as number) << 16) | ((data[byte + 1] as number) << 8) | (data[byte + 2] as number);
  return (three >>> (8 - (at & 7))) & 0xffff;
}

/**
 * Of each code, in the low byte its symbol, and above it how many bits the code and its coefficient take; 0 where there is no code.
 * Codes of up to 9 bits are in `short`, indexed by the 9 bits that begin with the code. Longer ones have greater values, so `long` is
 * indexed by 16 bits less `longFrom`, the first longer code. Both are small enough for the processor's cache.
 */
interface HuffmanTable {
  short: Uint16Array;
  long: Uint16Array;
  longFrom: number;
}

/** @param counts how many codes of 1 to 16 bits there are (ITU T.81, B.2.4.2 and annex C) */
function createTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const short = new Uint16Array(512);
  let long = new Uint16Array();
  let longFrom = 0;
  let code = 0;
  let symbol = 0;
  for (let length = 1; length <= 16; length++) {
    if (length === 10) {
      longFrom = Math.min(code << 6, 65536);
      long = new Uint16Array(65536 - longFrom);
    }
    for (let i = 0; i < (counts[length - 1] as number); i++, code++, symbol++) {
      const value = symbols[symbol] ?? 0;
      const entry = ((length + (value & 15)) << 8) | value;
      if (length <= 9) short.fill(entry, code << (9 - length), (code + 1) << (9 - length));
      else long.fill(entry, (code << (16 - length)) - longFrom, ((code + 1) << (16 - length)) - longFrom);
    }
    code <<= 1;
  }
  return { short, long, longFrom };
}

/**
 * Undefined where there is nothing to check: a scan of some of the frame's components, whose warnings libvips sees, or
 * a missing table or size, which libjpeg refuses.
 */
function describeScan(segments: Uint8Array[], header: Uint8Array): Scan | undefined {
  const frame = segments.findLast((segment) => segment[1] === 0xc0 || segment[1] === 0xc1);
  if (frame === undefined || frame[9] !== header[4]) return undefined;
  const tables = readTables(segments);
  const components: (ScanComponent & { across: number; down: number })[] = [];
  for (let i = 0; i < (header[4] ?? 0); i++) {
    const [id, selectors = 0] = header.subarray(5 + 2 * i);
    const position = [0, 1, 2, 3].map((n) => 10 + 3 * n).find((at) => frame[at] === id);
    const sampling = position === undefined ? 0 : (frame[position + 1] ?? 0);
    const [across, down] = [sampling >> 4, sampling & 15];
    const dc = tables.get(selectors >> 4);
    const ac = tables.get(0x10 | (selectors & 15));
    if (dc === undefined || ac === undefined || across === 0 || down === 0) return undefined;
    components.push({ blocks: across * down, across, down, dc, ac });
  }
  const [height, width] = [5, 7].map((at) => ((frame[at] ?? 0) << 8) | (frame[at + 1] ?? 0)) as [
    number,
    number,
  ];
  // In a scan of a single component, each MCU is one block (A.2.2).
  const isSingle = components.length === 1;
  if (isSingle) for (const component of components) component.blocks = 1;
  const [across, down] = isSingle
    ? [1, 1]
    : [Math.max(...components.map((c) => c.across)), Math.max(...components.map((c) => c.down))];
  const mcus = Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  const restart = segments.findLast((segment) => segment[1] === 0xdd);
  const interval = restart === undefined ? 0 : ((restart[4] ?? 0) << 8) | (restart[5] ?? 0);
  return mcus === 0 ? undefined : { components, mcus, interval: interval || mcus };
}

/** The Huffman tables in force by class and destination; a later one replaces an earlier one. */
function readTables(segments: Uint8Array[]): Map<number, HuffmanTable> {
  const tables = new Map<number, HuffmanTable>();
  for (const segment of segments.filter((each) => each[1] === 0xc4)) {
    for (let at = 4; at + 17 <= segment.length; ) {
      const counts = segment.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, count) => sum + count, 0);
      tables.set(segment[at] as number, createTable(counts, segment.subarray(at + 17, at + 17 + total)));
      at += 17 + total;
    }
  }
  return tables;
}

/** The scan's data between its restart markers, whose numbers must be consecutive, without the stuffed zeros. */
function splitAtRestarts(data: Uint8Array): Uint8Array[] {
  const intervals: Uint8Array[] = [];
  let pieces: Uint8Array[] = [];
  for (let start = 0; ; ) {
    const end = data.indexOf(0xff, start);
    let at = end;
    // Any number of fill bytes may stand before a marker (B.1.1.2).
    while (at >= 0 && data[at + 1] === 0xff) at++;
    const marker = data[at + 1];
    if (end < 0 || marker === undefined) throw damaged("it ends before its pixels do");
    if (marker === 0) {
      pieces.push(data.subarray(start, end + 1));
      start = at + 2;
      continue;
    }
    pieces.push(data.subarray(start, end));
    intervals.push(Buffer.concat(pieces));
    if (marker < 0xd0 || marker > 0xd7) return intervals;
    if (marker !== 0xd0 + ((intervals.length - 1) % 8))
      throw damaged("a restart marker is missing among its pixels");
    pieces = [];
    start = at + 2;
  }
}

const damaged = (reason: string) => refuseDamaged("JPEG", reason);
