import { describe, expect, it } from "vitest";
import { findTest } from "../../../../functions/learning/find-test.ts";
import { createLogKey } from "../../../../shared/inference-log/log-keys.ts";
import { testEndedTag, testSinceTag } from "../../../../shared/schemas/challenger-state.ts";
import type { PredictionRecord } from "../../../../shared/schemas/inference-record.ts";
import { createFakeRegistry } from "../../../support/fake-registry.ts";
import { createMemoryLog } from "../../../support/memory-log.ts";
import { predictionOf } from "../../labels/prediction-of.ts";

const startMs = Date.parse("2026-11-28T14:00:00Z");
const nowMs = startMs + 60_000;
const hourMs = 3_600_000;

/** Ten requests of a test of version 7 of `m`, five for each arm, after what else the log holds. */
async function prepare({ tags = {}, others = [] as PredictionRecord[], alias = "7", emptyObjects = 0 } = {}) {
  const registry = createFakeRegistry();
  for (const version of ["6", "7", "8"]) registry.add(version, "0.5", version === "7" ? tags : {});
  registry.aliases.set("challenger", alias);
  const records = Array.from({ length: 10 }, (_, index) => {
    const arm = index % 2 === 0 ? "champion" : "challenger";
    return predictionOf(startMs + index, {
      model: {
        name: "m",
        version: arm === "champion" ? "6" : "7",
        source: "mlflow_registry",
        engine: "onnx",
      },
      experiment: { challenger_version: "7", arm, share: 0.5, unit: `${index}` },
    });
  });
  const { location, store, write } = createMemoryLog();
  write([...others, ...records]);
  for (let sequence = 0; sequence < emptyObjects; sequence += 1) {
    const object = { newestMs: startMs - hourMs, sessionId: "s", sequence, predictions: 1 };
    store.objects.set(createLogKey("", object), "");
  }
  return findTest("m", "challenger", { mlflow: registry.mlflow, location, nowMs });
}

describe("the A/B test that goes on", () => {
  it("is that of the version with the challenger's alias, against the version that served", async () => {
    const test = await prepare();
    expect(test).toMatchObject({ challenger: "7", champion: "6" });
    expect(test?.compare().ab_test?.units).toBe(10);
  });

  it("is none where it was ended, where the challenger got no request, and where there is none", async () => {
    expect(await prepare({ tags: { [testEndedTag]: "too slow" } })).toBeUndefined();
    expect(await prepare({ alias: "8" })).toBeUndefined();
    expect(await prepare({ alias: "9" })).toBeUndefined();
  });

  /** Champion's answers by other versions, after what else the log holds. */
  const answersBy = (version: string, count: number, afterMs: number) =>
    Array.from({ length: count }, (_, index) =>
      predictionOf(startMs + afterMs + index, {
        model: { name: "m", version, source: "mlflow_registry", engine: "onnx" },
        experiment: { challenger_version: "7", arm: "champion", share: 0.5, unit: `${afterMs}-${index}` },
      }),
    );

  it("is against the version that gave most of the newest answers, of two the one that answered last", async () => {
    const behind = [...answersBy("6", 80, 100), ...answersBy("5", 1, 1_000)];
    expect(await prepare({ others: behind })).toMatchObject({ champion: "6" });
    const takenOver = [...answersBy("6", 80, 100), ...answersBy("8", 10, 1_000)];
    expect(await prepare({ others: takenOver })).toMatchObject({ champion: "8" });
  });

  it("counts only what came since the time in the version's tag, so that it can begin again", async () => {
    const since = (ms: number) => ({ tags: { [testSinceTag]: new Date(ms).toISOString() } });
    expect((await prepare(since(startMs + 4)))?.compare().ab_test?.units).toBe(6);
    expect(await prepare(since(nowMs))).toBeUndefined();
    const inOtherZone = { tags: { [testSinceTag]: "2020-01-01T09:00:00-03:00" } };
    expect((await prepare(inOtherZone))?.compare().ab_test?.units).toBe(10);
  });

  it.each(["today", "7", "11/12/2026", "2026-11-30 12:00", "2026-11-30T12:00:00"])(
    "begins at no time that is not the same on every machine: %s",
    async (text) => {
      await expect(prepare({ tags: { [testSinceTag]: text } })).rejects.toThrow(
        `Expected a time such as 2026-11-30T12:00:00Z for tag ab_test.since of version 7 but received ${text}`,
      );
    },
  );

  it("begins at no time to come, until which no guardrail would hold; a clock may be five minutes ahead", async () => {
    const since = (ms: number) => ({ tags: { [testSinceTag]: new Date(ms).toISOString() } });
    expect(await prepare(since(nowMs + 5 * 60_000))).toBeUndefined();
    await expect(prepare(since(nowMs + 6 * 60_000))).rejects.toThrow("Expected a time that has come for tag");
  });

  it("counts no request to another model", async () => {
    const other = predictionOf(startMs, {
      model: { name: "other", version: "6", source: "mlflow_registry", engine: "onnx" },
      experiment: { challenger_version: "7", arm: "champion", share: 0.5, unit: "other" },
    });
    const test = await prepare({ others: [other] });
    expect(test?.compare().ab_test?.units).toBe(10);
  });

  it("is not called complete when the log holds more objects than are read", async () => {
    expect((await prepare())?.compare().period?.complete).toBe(true);
    const test = await prepare({ emptyObjects: 22_500 });
    expect(test?.compare().period?.complete).toBe(false);
  }, 30_000);

  it("counts nothing of an environment in which the packaged model serves, and is never against that one", async () => {
    const others = Array.from({ length: 40 }, (_, index) => {
      const arm = index % 2 === 0 ? "champion" : "challenger";
      return predictionOf(startMs + 100 + index, {
        session_id: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
        model:
          arm === "champion"
            ? { name: "packaged", version: "6", source: "local_file", engine: "onnx" }
            : { name: "m", version: "7", source: "mlflow_registry", engine: "onnx" },
        experiment: { challenger_version: "7", arm, share: 0.5, unit: `packaged-${index}` },
      });
    });
    const test = await prepare({ others });
    expect(test?.champion).toBe("6");
    const report = test?.compare();
    expect(report?.ab_test).toMatchObject({ units: 10, challenger_units: 5 });
    expect(report?.versions?.[0].answers).toBe(5);
  });
});
