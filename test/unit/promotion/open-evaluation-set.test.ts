import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { type EvaluationSet, withEvaluationSet } from "../../../shared/promotion/open-evaluation-set.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

const labels = ["glaucoma", "normal"];
const open = async (
  evaluationSet: string | undefined,
  store = createMemoryStore(),
  evaluationLabels?: string,
): Promise<EvaluationSet | undefined> =>
  withEvaluationSet({ evaluationSet, evaluationLabels }, labels, store, async (set) => {
    if (set !== undefined)
      for (const { file } of set.photographs) expect(existsSync(path.join(set.folder, file))).toBe(true);
    return set;
  });
const filesOf = (set: EvaluationSet | undefined) => set?.photographs.map(({ file, label }) => [file, label]);

it("a set in S3 is fetched for as long as it is used, and is the same as in a folder", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "set-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const store = createMemoryStore();
  for (const name of ["glaucoma/1.jpg", "normal/2.jpg"]) {
    store.objects.set(`sets/eyes/${name}`, `pixels of ${name}`);
    mkdirSync(path.join(folder, path.dirname(name)));
    writeFileSync(path.join(folder, name), `pixels of ${name}`);
  }
  store.objects.set("sets/eyes/normal/", "");
  store.objects.set("sets/eyes-of-others/normal/3.jpg", "pixels");
  const local = await open(folder);
  expect(filesOf(local)).toEqual([
    ["glaucoma/1.jpg", "glaucoma"],
    ["normal/2.jpg", "normal"],
  ]);
  for (const address of ["s3://bucket/sets/eyes", "s3://bucket/sets/eyes/"]) {
    const fetched = await open(address, store);
    expect(filesOf(fetched)).toEqual(filesOf(local));
    expect(fetched?.sha256).toBe(local?.sha256);
    expect(existsSync(fetched?.folder ?? "")).toBe(false);
  }
  store.objects.set("sets/eyes/normal/2.jpg", "other pixels");
  expect((await open("s3://bucket/sets/eyes", store))?.sha256).not.toBe(local?.sha256);
});

it("a key with .. is written nowhere", async () => {
  const outside = `outside-${randomUUID()}.jpg`;
  onTestFinished(() => rmSync(path.join(tmpdir(), outside), { force: true }));
  const store = createMemoryStore();
  store.objects.set("sets/normal/1.jpg", "pixels");
  store.objects.set(`sets/../${outside}`, "pixels");
  store.objects.set(`sets/normal/../../${outside}`, "pixels");
  expect(filesOf(await open("s3://bucket/sets", store))).toEqual([["normal/1.jpg", "normal"]]);
  expect(existsSync(path.join(tmpdir(), outside))).toBe(false);
});

it("a table of labels is looked for in the set", async () => {
  const store = createMemoryStore();
  store.objects.set("labels.csv", "file,label\na.jpg,glaucoma\n");
  store.objects.set("a.jpg", "pixels");
  expect(filesOf(await open("s3://bucket", store, "labels.csv"))).toEqual([["a.jpg", "glaucoma"]]);
});

it("a table that names a photograph that is not there is refused", async () => {
  const store = createMemoryStore();
  store.objects.set("labels.csv", "file,label\na.jpg,glaucoma\nmissing.jpg,normal\n");
  store.objects.set("a.jpg", "pixels");
  await expect(open("s3://bucket", store, "labels.csv")).rejects.toThrow(
    "Expected the photograph missing.jpg, which the table of the evaluation set names, but it is not in the set",
  );
});

it("a set without photographs is refused, and without a set there is none", async () => {
  await expect(open("s3://bucket/nothing")).rejects.toThrow(/photographs/);
  expect(await open(undefined)).toBeUndefined();
});
