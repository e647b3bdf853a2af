import { expect, it } from "vitest";
import { trackRealised } from "../../../../functions/learning/track-realised.ts";
import { createLabelStore } from "../../../../shared/labels/label-store.ts";
import { type MlflowClient, searchRuns } from "../../../../shared/mlflow/index.ts";
import type { PredictionRecord } from "../../../../shared/schemas/inference-record.ts";
import type { LabelRecord } from "../../../../shared/schemas/label.ts";
import { createMemoryMlflow } from "../../../support/memory-mlflow.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";
import { predictionOf } from "../../labels/prediction-of.ts";

const labelsOf = (...labels: string[]) => labelAnswers({}, labels);

async function labelAnswers(parts: Partial<PredictionRecord>, labels: string[]): Promise<LabelRecord[]> {
  const store = createLabelStore({ store: createMemoryStore(), bucket: "log", prefix: "" });
  const records: LabelRecord[] = [];
  for (const [index, label] of labels.entries()) {
    const added = await store.add({
      prediction: predictionOf(index * 1_000, parts),
      label,
      labelledBy: "ana",
      source: "api",
      nowMs: 1_000_000 + index,
    });
    records.push(added.record);
  }
  return records;
}

it("what labels say of a version stands in one run, beside the estimate, and grows with them", async () => {
  const mlflow = createMemoryMlflow();
  const options = {
    mlflow: mlflow.client,
    experimentName: "x",
    apiVersion: "1",
    environment: "test",
    nowMs: 5,
  };
  const labels = await labelsOf("normal", "normal", "glaucoma", "normal");
  expect(await trackRealised(labels.slice(0, 3), options)).toEqual(["eye-disease-model version 3"]);
  expect(await trackRealised(labels.slice(0, 3), options)).toEqual([]);
  expect(await trackRealised(labels, { ...options, nowMs: 6 })).toEqual(["eye-disease-model version 3"]);
  expect(mlflow.runs.size).toBe(1);
  const [run] = mlflow.runs.values();
  const newest = Object.fromEntries((run?.metrics ?? []).map(({ key, value }) => [key, value]));
  expect(newest).toMatchObject({
    realised_labelled: 4,
    realised_accuracy: 0.75,
    realised_accuracy_low: expect.any(Number),
    realised_sensitivity_normal: 1,
    realised_sensitivity_glaucoma: 0,
    realised_specificity_normal: 0,
    estimated_accuracy: 0.75,
  });
});

it("MLflow's latest values are of the newest labels, also where fewer are left in the time that is looked back on", async () => {
  const mlflow = createMemoryMlflow();
  const options = { mlflow: mlflow.client, experimentName: "x", apiVersion: "1", environment: "test" };
  const labels = await labelsOf("normal", "normal", "glaucoma", "normal");
  await trackRealised(labels.slice(0, 3), { ...options, nowMs: 1_000_000 });
  await trackRealised(labels.slice(2), { ...options, nowMs: 4_600_000 });
  expect(await trackRealised(labels.slice(2), { ...options, nowMs: 8_200_000 })).toEqual([]);
  const latest = await readLatest(mlflow.client);
  expect(latest).toMatchObject({ realised_labelled: 2, newest_label_ms: labels[3]?.labelled_ms });
});

async function readLatest(client: MlflowClient): Promise<Record<string, number>> {
  const runs = searchRuns(client, { experiment_ids: ["7"], filter: "attributes.status = 'RUNNING'" });
  const metrics = [];
  for await (const { data } of runs) metrics.push(...(data?.metrics ?? []));
  return Object.fromEntries(metrics.map(({ key, value }) => [key, Number(value)]));
}

it("has no estimate by confidence where several classes can be right", async () => {
  const mlflow = createMemoryMlflow();
  const labels = await labelAnswers({ predicted_classes: ["normal"] }, ["normal", "glaucoma"]);
  await trackRealised(labels, {
    mlflow: mlflow.client,
    experimentName: "x",
    apiVersion: "1",
    environment: "test",
    nowMs: 5,
  });
  const [run] = mlflow.runs.values();
  const names = run?.metrics.map(({ key }) => key);
  expect(names).toContain("realised_accuracy");
  expect(names).not.toContain("estimated_accuracy");
});
