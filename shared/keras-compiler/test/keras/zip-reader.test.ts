import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeFile, type FileSlice, openFile, readWhole } from "../../keras/file-slice.ts";
import { readZip } from "../../keras/zip-reader.ts";
import { KerasModelError } from "../../keras-model-error.ts";
import { createZip } from "./create-zip.ts";

let folder: string;
const opened: FileSlice[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "zip-"));
});
afterAll(async () => {
  opened.forEach(closeFile);
  await rm(folder, { recursive: true });
});

function write(bytes: Buffer): FileSlice {
  const file = path.join(folder, String(opened.length));
  writeFileSync(file, bytes);
  const slice = openFile(file);
  opened.push(slice);
  return slice;
}

const two = [
  { name: "config.json", content: "{}" },
  { name: "model.weights.h5", content: "weights", extra: 20 },
];

describe("readZip", () => {
  test("finds stored entries by their own headers", () => {
    const entries = readZip(write(createZip(two)));
    expect([...entries].map(([name, slice]) => [name, readWhole(slice).toString()])).toEqual([
      ["config.json", "{}"],
      ["model.weights.h5", "weights"],
    ]);
  });

  test("looks past a comment at the end", () => {
    expect(readZip(write(createZip(two, "made by hand"))).size).toBe(2);
  });

  test.each<[string, Buffer, string]>([
    ["no zip file", Buffer.from("weights of a model"), "Expected a zip file"],
    ["an empty file", Buffer.alloc(0), "Expected a zip file"],
    ["a compressed entry", createZip([{ name: "a", content: "b", method: 8 }]), "it is compressed"],
    [
      "an entry past the end",
      createZip([{ name: "a", content: "b", size: 1000 }]),
      "ends before its content does",
    ],
    ["a file beyond 4 GB", createZip([{ name: "a", content: "b", size: 0xffffffff }]), "larger than 4 GB"],
    ["a file whose begin is cut off", createZip(two).subarray(40), "damaged"],
    ["a file whose end is cut off", createZip(two).subarray(0, -30), "Expected a zip file"],
  ])("refuses %s", (_, file, reason) => {
    const written = write(file);
    expect(() => readZip(written)).toThrow(KerasModelError);
    expect(() => readZip(written)).toThrow(reason);
  });
});
