import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  createVersionCache,
  type VersionCache,
} from "../../../../shared/registry/version-cache/version-cache.ts";
import type { ModelFiles } from "../../../../shared/schemas/model.ts";

let root: string;
let cache: VersionCache;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "version-cache-"));
  cache = createVersionCache(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const key = (version: string, contentId = "c1") => ({ name: "a/b model", version, contentId });
const none = new Set<string>();
const write = (text: string) => (directory: string) => writeFile(join(directory, "weights"), text);
const filesIn = (directory: string): ModelFiles => ({
  identity: { name: "a/b model", version: "1", source: "mlflow_registry" },
  directory,
  format: "onnx",
  path: "weights",
  declared: { temperature: 2 },
  declaredBy: { temperature: "version tags" },
});

test("finds what was added, under its content alone", async () => {
  const directory = await cache.add(key("1"), 1, none, write("one"));
  expect(await cache.find(key("1"))).toBe(directory);
  expect(await readFile(join(directory, "weights"), "utf8")).toBe("one");
  expect(await cache.find(key("1", "c2"))).toBeUndefined();
  expect(await cache.find(key("2"))).toBeUndefined();
});

test("shows no version before it is complete, and none that failed", async () => {
  await expect(
    cache.add(key("1"), 1, none, async (directory) => {
      await writeFile(join(directory, "weights"), "half");
      expect(await cache.find(key("1"))).toBeUndefined();
      throw new Error("broken off");
    }),
  ).rejects.toThrow("broken off");
  expect(await cache.find(key("1"))).toBeUndefined();
  expect(readdirSync(join(root, ".incoming"))).toEqual([]);
});

test("two that add the same version at once both get it", async () => {
  const both = await Promise.all([
    cache.add(key("1"), 1, none, write("one")),
    createVersionCache(root).add(key("1"), 1, none, write("one")),
  ]);
  expect(both[0]).toBe(both[1]);
  expect(await readFile(join(both[0], "weights"), "utf8")).toBe("one");
});

test("keeps three versions of a model, the ones used last", async () => {
  for (const version of ["1", "2", "3"]) {
    const directory = await cache.add(key(version), 1, none, write(version));
    utimesSync(directory, Number(version), Number(version));
  }
  await cache.find(key("1"));
  await cache.add(key("4"), 1, none, write("4"));

  const kept = await Promise.all(["1", "2", "3", "4"].map((version) => cache.find(key(version))));
  expect(kept.map((directory) => directory !== undefined)).toEqual([true, false, true, true]);
});

test("keeps the last good version, whatever is added by those who do not know what serves", async () => {
  const good = await cache.add(key("1"), 1, none, write("1"));
  await cache.rememberGood(filesIn(good), "s1");
  utimesSync(good, 1, 1);
  for (const version of ["2", "3", "4", "5"]) await cache.add(key(version), 1, none, write(version));
  expect(await cache.findLastGood("a/b model")).toMatchObject({ servingId: "s1" });
});

test("says how much room a version needs when there is not enough, and has freed what it could", async () => {
  const serving = await cache.add(key("1"), 1, none, write("1"));
  await expect(cache.add(key("2"), 1e15, new Set([serving]), write("2"))).rejects.toThrow(
    /^a\/b model\/2 needs 1000000000 MB on disk .* but .*version-cache-.* \(MODEL_CACHE_DIRECTORY\) has \d+ MB free; make room, .* raise ephemeralStorageSize of predict/,
  );
  expect(existsSync(serving)).toBe(false);
});

test("remembers the last good version as long as its files are there", async () => {
  const directory = await cache.add(key("1"), 1, none, write("one"));
  await cache.rememberGood(filesIn(directory), "s1");
  expect(await createVersionCache(root).findLastGood("a/b model")).toEqual({
    files: filesIn(directory),
    servingId: "s1",
  });
  await cache.remove(key("1"));
  expect(await cache.findLastGood("a/b model")).toBeUndefined();
});

test("ignores a damaged memory of the last good version", async () => {
  const directory = await cache.add(key("1"), 1, none, write("one"));
  await cache.rememberGood(filesIn(directory), "s1");
  await writeFile(join(directory, "..", "last-good.json"), '{"identity": 1');
  expect(await cache.findLastGood("a/b model")).toBeUndefined();
});

test("removes what a process left behind that ended while it downloaded", async () => {
  const abandoned = join(root, ".incoming", "abandoned");
  await mkdir(abandoned, { recursive: true });
  utimesSync(abandoned, 1, 1);
  await cache.add(key("1"), 1, none, write("one"));
  expect(existsSync(abandoned)).toBe(false);
});

test.each([".incoming", ".packaged", "モデル".repeat(80), `${"モデル".repeat(80)}2`])(
  "keeps a model of any name MLflow takes apart from the others",
  async (name) => {
    const directory = await cache.add({ ...key("1"), name }, 0, none, write(name));
    const other = await cache.add({ ...key("1"), name: "モデル".repeat(81) }, 0, none, write("other"));
    expect(await cache.find({ ...key("1"), name })).toBe(directory);
    expect(await readFile(join(directory, "weights"), "utf8")).toBe(name);
    expect(other).not.toBe(directory);
    expect(directory).not.toMatch(/\/\.(incoming|packaged)\//);
  },
);

test("remembers all that is known of the last good version", async () => {
  const good = await cache.add(key("1"), 1, none, write("1"));
  const files: ModelFiles = {
    ...filesIn(good),
    evidence: { exampleRange: [0, 255], classes: 4, labelsElsewhere: "params: dataset_classes" },
  };
  await cache.rememberGood(files, "s1");
  expect(await cache.findLastGood("a/b model")).toEqual({ files, servingId: "s1" });
});

test("leaves alone what another process is downloading at this moment", async () => {
  const underWay = join(root, ".incoming", "under-way");
  await mkdir(underWay, { recursive: true });
  const fiftyMinutesAgo = Date.now() / 1_000 - 50 * 60;
  utimesSync(underWay, fiftyMinutesAgo, fiftyMinutesAgo);
  await cache.add(key("1"), 1, none, write("one"));
  expect(existsSync(underWay)).toBe(true);
});

test("keeps what serves, however long ago it was fetched, where there is room", async () => {
  const directories: string[] = [];
  for (const version of ["1", "2", "3"]) {
    const directory = await cache.add(key(version), 1, none, write(version));
    utimesSync(directory, Number(version), Number(version));
    directories.push(directory);
  }
  await cache.add(key("4"), 1, new Set(directories.slice(0, 1)), write("4"));
  expect(directories.map((directory) => existsSync(directory))).toEqual([true, false, true]);
});

test("removes no version while there are few", async () => {
  for (const version of ["1", "2", "3"]) await cache.add(key(version), 1, none, write(version));
  for (const version of ["1", "2", "3"]) expect(await cache.find(key(version))).toBeDefined();
});

test("counts the versions of each model by themselves", async () => {
  const other = { ...key("1"), name: "other" };
  const directory = await cache.add(other, 1, none, write("other"));
  utimesSync(directory, 1, 1);
  for (const version of ["1", "2", "3", "4"]) await cache.add(key(version), 1, none, write(version));
  expect(await cache.find(other)).toBe(directory);
});

test("says when a version cannot be put in its place", async () => {
  await writeFile(
    cache.directoryOf(key("1")).replace(/\/[^/]*$/, ""),
    "a file where the model's folder should be",
  );
  await expect(cache.add(key("1"), 1, none, write("one"))).rejects.toThrow(/EEXIST|ENOTDIR/);
});

test("says when a version's files cannot be moved", async () => {
  const adding = cache.add(key("1"), 1, none, async (directory) => {
    rmSync(directory, { recursive: true });
  });
  await expect(adding).rejects.toThrow("ENOENT");
});

test("does not find the last good version where its weights are gone, or what is remembered is not whole", async () => {
  const directory = await cache.add(key("1"), 1, none, write("one"));
  await cache.rememberGood({ ...filesIn(directory), declared: { temperature: -1 } }, "s1");
  expect(await cache.findLastGood("a/b model")).toBeUndefined();
  await cache.rememberGood(filesIn(directory), "s1");
  expect(await cache.findLastGood("a/b model")).toBeDefined();
  rmSync(join(directory, "weights"));
  expect(await cache.findLastGood("a/b model")).toBeUndefined();
});
