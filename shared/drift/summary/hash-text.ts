/**
 * A whole number of 53 bits that is practically different for every text: two 32-bit hashes in the manner of FNV-1a
 * (Fowler, Noll and Vo 1991), mixed like the end of MurmurHash3. The same on every machine.
 */
export function hashText(text: string): number {
  let first = 0x811c9dc5;
  let second = 0x1000193;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ code, 0x85ebca6b);
  }
  return 4_294_967_296 * (finish(second) & 0x1fffff) + finish(first);
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
