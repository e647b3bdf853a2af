import { describe, expect, test } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import { readZip } from "../../../../shared/inference/keras/zip-reader.ts";
import { createZip } from "./create-zip.ts";

const two = [
  { name: "config.json", content: "{}" },
  { name: "model.weights.h5", content: "weights", extra: 20 },
];

describe("readZip", () => {
  test("finds stored entries by their own headers", () => {
    const entries = readZip(createZip(two));
    expect([...entries].map(([name, bytes]) => [name, bytes.toString()])).toEqual([
      ["config.json", "{}"],
      ["model.weights.h5", "weights"],
    ]);
  });

  test("looks past a comment at the end", () => {
    expect(readZip(createZip(two, "made by hand")).size).toBe(2);
  });

  test("gives views, not copies", () => {
    const file = createZip(two);
    expect(readZip(file).get("config.json")?.buffer).toBe(file.buffer);
  });

  test.each<[string, Buffer, string]>([
    ["no zip file", Buffer.from("weights of a model"), "Expected a zip file"],
    ["an empty file", Buffer.alloc(0), "Expected a zip file"],
    ["a compressed entry", createZip([{ name: "a", content: "b", method: 8 }]), "it is compressed"],
    [
      "an entry past the end",
      createZip([{ name: "a", content: "b", size: 1000 }]),
      "ends within its entry a",
    ],
    ["a file beyond 4 GB", createZip([{ name: "a", content: "b", size: 0xffffffff }]), "larger than 4 GB"],
    ["a file whose begin is cut off", createZip(two).subarray(40), "damaged"],
    ["a file whose end is cut off", createZip(two).subarray(0, -30), "Expected a zip file"],
  ])("refuses %s", (_, file, reason) => {
    expect(() => readZip(file)).toThrow(ModelError);
    expect(() => readZip(file)).toThrow(reason);
  });
});
