import { describe, expect, it } from "vitest";
import { findTest } from "../../../../functions/learning/find-test.ts";
import { testEndedTag } from "../../../../shared/registry/experiment-tags.ts";
import type { PredictionRecord } from "../../../../shared/schemas/inference-record.ts";
import { createMemoryLog } from "../../../support/memory-log.ts";
import { predictionOf } from "../../labels/prediction-of.ts";
import { createFakeRegistry } from "../../serving/fake-registry.ts";

const startMs = Date.parse("2026-11-28T14:00:00Z");
const nowMs = startMs + 60_000;

/** Ten requests of a test of version 7 of `m`, five for each arm, after what else the log holds. */
async function prepare({ tags = {}, others = [] as PredictionRecord[], alias = "7" } = {}) {
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
  const { location, write } = createMemoryLog();
  write([...others, ...records]);
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

  it("counts no request to another model", async () => {
    const other = predictionOf(startMs, {
      model: { name: "other", version: "6", source: "mlflow_registry", engine: "onnx" },
      experiment: { challenger_version: "7", arm: "champion", share: 0.5, unit: "other" },
    });
    const test = await prepare({ others: [other] });
    expect(test?.compare().ab_test?.units).toBe(10);
  });
});
