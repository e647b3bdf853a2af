import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { copyObjects, type ObjectPlace } from "../../../shared/backup/copy-objects.ts";
import { putObjects } from "../../../shared/backup/put-objects.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "fundus-copy-objects-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Kept {
  text: string;
  contentType?: string;
  /** What S3 says of the size; default: what it is. */
  sizeBytes?: number;
  lastModifiedMs?: number;
}

/** A bucket whose objects `onOpen` may change just before one is read. */
function createPlace(objects: Map<string, Kept>, onOpen: (key: string) => void = () => {}) {
  const putObject = vi.fn(async () => '"etag"');
  const store = {
    async *listObjects(_bucket: string, { prefix }: { prefix: string }) {
      for (const [key, { text, lastModifiedMs = 1 }] of [...objects])
        if (key.startsWith(prefix)) yield { key, sizeBytes: text.length, lastModifiedMs, etag: "" };
    },
    async openObject(_bucket: string, key: string) {
      onOpen(key);
      const kept = objects.get(key);
      if (kept === undefined) return undefined;
      const { text, contentType, sizeBytes = text.length } = kept;
      return { body: Readable.from([Buffer.from(text)]), contentType, sizeBytes };
    },
    putObject,
  };
  const place = { owner: "artifacts", store, bucket: "log", prefix: "a/" } as unknown as ObjectPlace;
  return { place, putObject };
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const read = (sha256: string) => readFileSync(path.join(folder, sha256), "utf8");

describe("a copy of a bucket", () => {
  it("has the objects below its prefix, each under its hash, and no folders", async () => {
    const { place } = createPlace(
      new Map([
        ["a/", { text: "" }],
        ["a/model/", { text: "" }],
        ["a/model/MLmodel", { text: "flavors", contentType: "text/yaml" }],
        ["b/other", { text: "other" }],
      ]),
    );
    expect(await copyObjects(place, folder)).toEqual([
      {
        owner: "artifacts",
        key: "model/MLmodel",
        sha256: hash("flavors"),
        size_bytes: 7,
        content_type: "text/yaml",
      },
    ]);
    expect(readdirSync(folder)).toEqual([hash("flavors")]);
    expect(read(hash("flavors"))).toBe("flavors");
  });

  it("has an object that vanishes and reappears under another key meanwhile", async () => {
    const objects = new Map<string, Kept>([
      ["a/kept", { text: "kept" }],
      ["a/raw", { text: "records" }],
    ]);
    const { place } = createPlace(objects, (key) => {
      if (key === "a/raw" && objects.delete(key)) objects.set("a/table", { text: "records" });
    });
    const copied = await copyObjects(place, folder);
    expect(copied.map(({ key, sha256 }) => [key, read(sha256)])).toEqual([
      ["kept", "kept"],
      ["table", "records"],
    ]);
  });

  it("has the newer of two versions where it had to look again", async () => {
    const objects = new Map<string, Kept>([
      ["a/changing", { text: "before" }],
      ["a/raw", { text: "records" }],
    ]);
    const { place } = createPlace(objects, (key) => {
      if (key !== "a/raw") return;
      objects.delete(key);
      objects.set("a/changing", { text: "after", lastModifiedMs: 2 });
    });
    const copied = await copyObjects(place, folder);
    expect(copied.map(({ key, sha256 }) => [key, read(sha256)])).toEqual([["changing", "after"]]);
  });

  it("is refused where objects vanish faster than they can be read", async () => {
    const objects = new Map<string, Kept>([["a/0", { text: "records" }]]);
    let moves = 0;
    const { place } = createPlace(objects, (key) => {
      objects.delete(key);
      objects.set(`a/${++moves}`, { text: "records" });
    });
    await expect(copyObjects(place, folder)).rejects.toThrow("deleted while they were read, 10 times");
    expect(moves).toBe(10);
  });

  it("is refused where fewer bytes come than S3 says", async () => {
    const { place } = createPlace(new Map([["a/model", { text: "weig", sizeBytes: 7 }]]));
    await expect(copyObjects(place, folder)).rejects.toThrow(
      "Expected 7 bytes of s3://log/a/model but received 4",
    );
  });

  it("is put back with each object's content type, and none where it had none", async () => {
    const objects = new Map<string, Kept>([
      ["a/report.html", { text: "<html>", contentType: "text/html; charset=utf-8" }],
      ["a/weights", { text: "weights" }],
    ]);
    const { place, putObject } = createPlace(objects);
    const copied = await copyObjects(place, folder);
    objects.clear();
    await putObjects(place, copied, folder);
    const timeoutMs = expect.any(Number);
    // They are put at the same time, in any order.
    expect(putObject.mock.calls).toHaveLength(2);
    expect(putObject.mock.calls).toEqual(
      expect.arrayContaining([
        [
          "log",
          "a/report.html",
          Buffer.from("<html>"),
          { timeoutMs, contentType: "text/html; charset=utf-8" },
        ],
        ["log", "a/weights", Buffer.from("weights"), { timeoutMs }],
      ]),
    );
  });
});
