import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeChunks } from "../../protobuf/write-chunks.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "chunks-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("writes more chunks than one call of the system takes, empty and lazy ones among them", () => {
  const file = path.join(folder, "file");
  const chunks = Array.from({ length: 5000 }, (_, index) => {
    const bytes = new Uint8Array(index % 7).fill(index);
    return index % 3 === 0 ? { byteLength: bytes.length, read: () => bytes } : bytes;
  });
  writeChunks(file, chunks);
  const expected = Buffer.concat(chunks.map((chunk) => (chunk instanceof Uint8Array ? chunk : chunk.read())));
  expect(readFileSync(file).equals(expected)).toBe(true);
});

test("writes chunks larger than a batch", () => {
  const file = path.join(folder, "file");
  const large = new Uint8Array(20 * 1024 * 1024).fill(3);
  writeChunks(file, [Uint8Array.of(1), large, Uint8Array.of(2)]);
  const written = readFileSync(file);
  expect(written.length).toBe(large.length + 2);
  expect([written[0], written[1], written.at(-2), written.at(-1)]).toEqual([1, 3, 3, 2]);
});

test("never writes over a file", () => {
  const file = path.join(folder, "file");
  writeChunks(file, [Uint8Array.of(1)]);
  expect(() => writeChunks(file, [Uint8Array.of(2)])).toThrow("EEXIST");
  expect(existsSync(file)).toBe(true);
});
