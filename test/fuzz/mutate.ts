type Mutate = (bytes: Buffer, at: number, random: () => number) => Buffer;

const extremes = [0, 1, 0x7f, 0x80, 0xff];
const replace: Mutate = (bytes, at, random) => {
  bytes[at] = random() < 0.5 ? Math.floor(random() * 256) : (extremes[Math.floor(random() * 5)] as number);
  return bytes;
};
const mutations: Mutate[] = [
  replace,
  replace,
  (bytes, at, random) => {
    bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8));
    return bytes;
  },
  (bytes, at, random) =>
    bytes.fill(extremes[Math.floor(random() * 5)] as number, at, Math.min(bytes.length, at + 4)),
  (bytes, at, random) =>
    bytes.fill(Math.floor(random() * 256), at, Math.min(bytes.length, at + Math.floor(random() * 64))),
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at, random) =>
    Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + Math.floor(random() * 16))]),
  (bytes, at, random) =>
    Buffer.concat([bytes.subarray(0, at + Math.floor(random() * 32)), bytes.subarray(at)]),
];

/** A damaged copy: one to three changes, half of them within the first 256 bytes, where headers are. */
export function mutate(seed: Uint8Array, random: () => number): Buffer {
  let bytes: Buffer = Buffer.from(seed);
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--) {
    const reach = random() < 0.5 ? Math.min(256, bytes.length) : bytes.length;
    const change = mutations[Math.floor(random() * mutations.length)] as Mutate;
    bytes = change(bytes, Math.floor(random() * reach), random);
  }
  return bytes;
}
