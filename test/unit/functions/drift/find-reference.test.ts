import { beforeEach, describe, expect, it } from "vitest";
import { findReference } from "../../../../functions/drift/find-reference.ts";
import { describeReferenceNote } from "../../../../shared/drift/reference/reference-note.ts";
import { writeNamedReference } from "../../../../shared/drift-reference/named-reference.ts";
import { readVersionReference } from "../../../../shared/drift-reference/version-reference.ts";
import type { Language } from "../../../../shared/schemas/language.ts";
import { createFakeRegistry, type FakeRegistry, type FakeVersion } from "../../../support/fake-registry.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";

const windowOf = (rows: number) =>
  `${JSON.stringify({ probabilities: { glaucoma: 0.2, normal: 0.8 } })}\n`.repeat(rows);
const version = { name: "m", version: "1" };

let registry: FakeRegistry;
let files: FakeVersion["files"];
let location: { store: ReturnType<typeof createMemoryStore>; bucket: string; prefix: string };
beforeEach(() => {
  registry = createFakeRegistry();
  ({ files } = registry.add("1", "weights"));
  files.set("reference-window.jsonl", windowOf(100));
  location = { store: createMemoryStore(), bucket: "log", prefix: "" };
});

const find = (
  servingVersion: string | undefined,
  { mlflow }: { mlflow?: typeof registry.mlflow } = registry,
  language: Language = "en",
) =>
  findReference(
    {
      ...{ location, mlflow, store: location.store, keeps: true, language },
      ...{ artifactRoot: undefined, localModelDirectory: "models/eye-disease" },
    },
    servingVersion,
  );

describe("findReference", () => {
  it("takes the window among the version's files, and keeps it for when MLflow is down", async () => {
    const found = await find("m/1");
    expect(found).toMatchObject({ reference: { source: "the reference window of m/1", version: "m/1" } });
    expect(found.reference?.rows).toHaveLength(100);
    expect(await readVersionReference(location, version)).toBe(windowOf(100));
    registry.isUp = false;
    expect(await find("m/1")).toEqual(found);
  });

  it("prefers the window that was named, whichever version serves", async () => {
    await writeNamedReference(location, windowOf(120), "last week");
    const named = { reference: { source: "last week", rows: expect.objectContaining({ length: 120 }) } };
    expect(await find("m/1")).toMatchObject(named);
    expect(await find(undefined)).toMatchObject(named);
    expect((await find("m/1")).reference).not.toHaveProperty("version");
    expect(registry.requests).toEqual([]);
  });

  it("takes the packaged model's window from its folder", async () => {
    const { reference } = await find("eye-disease/2");
    expect(reference?.source).toBe("the reference window of eye-disease/2, the packaged model");
  });

  it.each<[string, string | undefined, () => void, RegExp]>([
    ["a damaged window", "m/1", () => files.set("reference-window.jsonl", "{"), /line 1/],
    [
      "too small a window",
      "m/1",
      () => files.set("reference-window.jsonl", windowOf(99)),
      /at least 100.*99/,
    ],
    [
      "a version without a window",
      "m/1",
      () => files.delete("reference-window.jsonl"),
      /^version m\/1 carries no reference window$/,
    ],
    ["a version without files", "m/1", () => files.clear(), /^version m\/1 carries no/],
    ["a version that is gone", "m/1", () => registry.delete("1"), /^version m\/1 carries no/],
    ["another packaged model", "local/one", () => {}, /^the packaged model local\/one carries no/],
    ["no prediction", undefined, () => {}, /^there is no prediction$/],
  ])("says in a note why there is none: %s", async (_, servingVersion, prepare, note) => {
    prepare();
    const { note: found, ...others } = await find(servingVersion);
    expect(others).toEqual({});
    expect(found && describeReferenceNote(found, "en")).toMatch(note);
  });

  it.each<Language>(["en", "pt"])(
    "names the version of a malformed window once, in English: %s",
    async (language) => {
      files.set("reference-window.jsonl", windowOf(99));
      expect((await find("m/1", registry, language)).note).toEqual({
        code: "malformed",
        detail: "Expected at least 100 predictions in the reference window m/1 but received 99",
      });
    },
  );

  it("says in the report's language where the window comes from", async () => {
    expect((await find("m/1", registry, "pt")).reference?.source).toBe("a janela de referência de m/1");
  });

  it("says that the registry is switched off and keeps nothing then, and throws where MLflow is down", async () => {
    expect(await find("m/1", {})).toEqual({ note: { code: "registry_off" } });
    expect(await readVersionReference(location, version)).toBeUndefined();
    registry.isUp = false;
    await expect(find("m/1")).rejects.toThrow("MLflow");
  });
});
