import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { parseDocument } from "yaml";
import {
  expireObjects,
  photographExpiries,
  runExpiry,
} from "../../../../scripts/start/expire-photographs.ts";
import { startSmallS3 } from "../../../support/small-s3.ts";

const names = { photographs: "photographs", uploads: "uploads" };
const dayLengthMs = 24 * 3_600_000;
const nowMs = Date.parse("2026-11-28T12:00:00Z");

/** Buckets in which each object is so many days old. */
function createAged(buckets: Record<string, Record<string, number>>) {
  const store = {
    async *listObjects(bucket: string, { prefix }: { prefix: string }) {
      for (const [key, days] of Object.entries(buckets[bucket] ?? {}))
        if (key.startsWith(prefix))
          yield { key, sizeBytes: 1, lastModifiedMs: nowMs - days * dayLengthMs, etag: "" };
    },
    async deleteObjects(bucket: string, keys: readonly string[]) {
      for (const key of keys) delete buckets[bucket]?.[key];
    },
  };
  return { store, buckets };
}

it("deletes kept photographs after the retention, those without a label after a week, uploads after a day", async () => {
  const { store, buckets } = createAged({
    photographs: {
      "kept/old.png": 91,
      "kept/young.png": 89,
      "waiting/old.png": 7.1,
      "waiting/young.png": 6.9,
    },
    uploads: { old: 1.1, young: 0.9 },
    "inference-log": { "inference-log/old.jsonl": 400 },
  });
  expect(await expireObjects(store, photographExpiries(90, names), nowMs)).toBe(3);
  expect(Object.values(buckets).map((bucket) => Object.keys(bucket))).toEqual([
    ["kept/young.png", "waiting/young.png"],
    ["young"],
    ["inference-log/old.jsonl"],
  ]);
});

it("has the rules that S3 applies on AWS", () => {
  const { Resources } = parseDocument(readFileSync("resources/buckets.yml", "utf8"), {
    logLevel: "silent",
  }).toJS();
  const rulesOf = (name: string) =>
    Resources[name].Properties.LifecycleConfiguration.Rules.filter(
      (rule: Record<string, unknown>) => "ExpirationInDays" in rule,
    ).map(({ Prefix = "", ExpirationInDays }: Record<string, unknown>) => [Prefix, ExpirationInDays]);
  const rules = photographExpiries(90, names).map(({ prefix, days }) => [prefix, days]);
  expect([
    ...rulesOf("PhotographBucket").map(([prefix, days]: [string, unknown]) => [
      prefix,
      days === "${param:photographRetentionDays}" ? 90 : days,
    ]),
    ...rulesOf("UploadBucket"),
  ]).toEqual(rules);
});

it("deletes them in the buckets that the environment names, and in no others", async () => {
  const s3 = await startSmallS3();
  for (const key of ["clinic-photographs/kept/a.png", "clinic-uploads/b", "photographs/kept/c.png"])
    s3.objects.set(key, Buffer.from("pixels"));
  for (const [name, value] of Object.entries(s3.environment)) vi.stubEnv(name, value);
  vi.stubEnv("PHOTOGRAPH_BUCKET", "clinic-photographs");
  vi.stubEnv("UPLOAD_BUCKET", "clinic-uploads");
  const said = vi.spyOn(console, "log").mockImplementation(() => {});
  const stopping = new AbortController();
  const running = runExpiry(90, stopping.signal);
  try {
    await vi.waitFor(() => expect(said).toHaveBeenCalledWith("Expired photographs deleted: 2"), 10_000);
    expect([...s3.objects.keys()]).toEqual(["photographs/kept/c.png"]);
  } finally {
    stopping.abort();
    await running;
    s3.stop();
    vi.unstubAllEnvs();
  }
});
