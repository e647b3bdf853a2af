import { describe, expect, test } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import { readZip } from "../../../../shared/inference/keras/zip-reader.ts";

interface Entry {
  name: string;
  content: string;
  method?: number;
  size?: number;
  /** Bytes between the local header's name and the content, as Python writes for large files. */
  extra?: number;
}

/** A zip file (APPNOTE.TXT 4.3.6) with what the reader looks at. */
function createZip(entries: Entry[], comment = ""): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method = 0, size = content.length, extra = 0 } of entries) {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50);
    header.writeUInt16LE(name.length, 26);
    header.writeUInt16LE(extra, 28);
    const local = Buffer.concat([header, Buffer.from(name), Buffer.alloc(extra), Buffer.from(content)]);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, ...directory, end, Buffer.from(comment)]);
}

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
