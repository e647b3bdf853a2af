import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import type { ArtifactSource } from "../../../../shared/registry/artifact-source/artifact-source.ts";
import { downloadFiles } from "../../../../shared/registry/artifact-source/download-files.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "download-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function createSource(open: (path: string) => Readable): ArtifactSource {
  return {
    address: "s3://b/f",
    list: async () => [],
    open: async (path) => open(path),
    upload: async () => {},
  };
}
const echo = createSource((path) => Readable.from([Buffer.from(path)]));

test("writes files, also into folders", async () => {
  const paths = ["a", "data/b", "data/variables/c", "d", "e", "f"];
  const files = paths.map((path) => ({ path, sizeBytes: path.length }));
  await downloadFiles(echo, files, folder, 1_000);
  expect(await Promise.all(paths.map((path) => readFile(join(folder, path), "utf8")))).toEqual(paths);
});

test("downloads four at a time", async () => {
  let open = 0;
  let most = 0;
  const source = createSource((path) => {
    open += 1;
    most = Math.max(most, open);
    const send = async function* () {
      await sleep(5);
      yield Buffer.from(path);
    };
    return Readable.from(send()).once("close", () => {
      open -= 1;
    });
  });
  const files = Array.from({ length: 20 }, (_, index) => ({
    path: `file-${index}`,
    sizeBytes: `file-${index}`.length,
  }));
  await downloadFiles(source, files, folder, 1_000);
  expect(most).toBe(4);
});

test("refuses a file of another size than listed, and blames the server, not the version", async () => {
  const download = downloadFiles(echo, [{ path: "abc", sizeBytes: 4 }], folder, 1_000);
  await expect(download).rejects.toThrow("s3://b/f/abc: Expected 4 bytes but received 3");
  await expect(download).rejects.not.toThrow(ModelError);
});

test("returns the hashes of the files that are marked for it", async () => {
  const files = [
    { path: "abc", sizeBytes: 3, isHashed: true },
    { path: "abd", sizeBytes: 3 },
  ];
  expect([...(await downloadFiles(echo, files, folder, 1_000))]).toEqual([
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ]);
});

test.each([["../outside"], ["/etc/outside"], ["data/../../outside"]])(
  "refuses %s, which leads out of the folder",
  async (path) => {
    await expect(downloadFiles(echo, [{ path, sizeBytes: path.length }], folder, 1_000)).rejects.toThrow(
      "Expected a path inside the model but received",
    );
  },
);

test("stops the other downloads after the first failure, and opens no more", async () => {
  const opened: string[] = [];
  let isStopped = false;
  const source = createSource((path) => {
    opened.push(path);
    if (path !== "slow") return Readable.from([Buffer.from(path)]);
    return new Readable({ read() {} }).once("close", () => {
      isStopped = true;
    });
  });
  const files = ["slow", "bad", "c", "d", "e", "f", "g", "h"].map((path) => ({
    path,
    sizeBytes: path === "bad" ? 9 : path.length,
  }));
  await expect(downloadFiles(source, files, folder, 60_000)).rejects.toThrow(
    "bad: Expected 9 bytes but received 3",
  );
  expect(isStopped).toBe(true);
  expect(opened.length).toBeLessThan(files.length);
});

test("blames the version for a file that it lacks, and nobody's server", async () => {
  const source = createSource(() => {
    throw new ModelError("s3://b/f/abc does not exist");
  });
  await expect(downloadFiles(source, [{ path: "abc", sizeBytes: 3 }], folder, 1_000)).rejects.toThrow(
    new ModelError("s3://b/f/abc does not exist"),
  );
});

test("gives up on a server that stops sending", async () => {
  const silent = createSource(() => new Readable({ read() {} }));
  await expect(downloadFiles(silent, [{ path: "abc", sizeBytes: 3 }], folder, 50)).rejects.toThrow(
    "Download of s3://b/f failed: it took longer than 50 ms",
  );
});

test("says what broke a download off", async () => {
  const broken = createSource(
    () =>
      new Readable({
        read() {
          this.destroy(new Error("connection reset"));
        },
      }),
  );
  await expect(downloadFiles(broken, [{ path: "abc", sizeBytes: 3 }], folder, 1_000)).rejects.toMatchObject({
    code: "download_failed",
    message: "Download of s3://b/f failed: connection reset",
  });
});
