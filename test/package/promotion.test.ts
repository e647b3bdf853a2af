import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createModelVersion } from "../../shared/mlflow/calls/create-model-version.ts";
import { transitionStage } from "../../shared/mlflow/calls/transition-stage.ts";
import type { ShadowRecord } from "../../shared/schemas/inference-record.ts";
import { writeEndlessModel } from "../support/endless-model.ts";
import { uploadRequest } from "../support/lambda/events.ts";
import { send, usePackagedService } from "../support/lambda/packaged-service.ts";
import { useSharedStack } from "../support/stack.ts";

const { start, register, readSession, workplace } = usePackagedService();
const photograph = uploadRequest(readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg"));

it("is taken up after an answer that does not wait for it, and before the next one", async () => {
  const name = "promoted-after-an-answer";
  await register(name);
  const environment = await start("predict", {
    timeoutMs: 60_000,
    env: { MODEL_REFRESH_SECONDS: "1", MLFLOW_MODEL_NAME: name },
  });
  await send(environment, photograph);
  await register(name);
  await sleep(1_000);

  const during = await send(environment, photograph);
  expect(during.body.model).toMatchObject({ version: "1" });
  const after = await send(environment, photograph);
  expect(after.body.model).toMatchObject({ version: "2", source: "mlflow_registry" });
  console.log(
    `the answer that a promotion follows: ${during.clientMs.toFixed(0)} ms to the client, environment busy ${during.busyMs.toFixed(0)} ms; the next ${after.clientMs.toFixed(0)} ms`,
  );
});

/** A version that nobody has tried: its files are in S3, and Production names it. */
async function promoteEndlessVersion(name: string, folder: string): Promise<void> {
  const { mlflow, location } = workplace();
  const root = useSharedStack().env.MLFLOW_DEFAULT_ARTIFACT_ROOT ?? "";
  const { host: bucket, pathname } = new URL(root);
  const prefix = `${pathname.slice(1)}/${name}`;
  writeEndlessModel(path.join(folder, "model.onnx"));
  await location.store.putObject(bucket, `${prefix}/MLmodel`, "flavors:\n  onnx:\n    data: model.onnx\n");
  await location.store.putObject(
    bucket,
    `${prefix}/model.onnx`,
    readFileSync(path.join(folder, "model.onnx")),
  );
  const tags = [
    { key: "labels", value: "a, b, c" },
    { key: "value_range", value: "[0, 255]" },
  ];
  const { version } = await createModelVersion(mlflow, { name, source: `${root}/${name}`, tags });
  await transitionStage(mlflow, { name, version, stage: "Production", archiveExistingVersions: true });
}

it("is no way of a challenger, which answers the same photograph after the champion's answer", async () => {
  const name = "tried-in-the-shadow";
  await register(name);
  const { version } = await register(name, [{ alias: "challenger" }]);
  const environment = await start("predict", { timeoutMs: 60_000, env: { MLFLOW_MODEL_NAME: name } });
  let last = await send(environment, photograph); // The challenger is loaded after it.
  const followed: ShadowRecord[] = [];
  // After a slow answer, as the first may be on a busy machine, it rests for nine times as long.
  for (let attempt = 0; attempt < 20 && followed.length < 2; attempt += 1) {
    if (attempt > 1) await sleep(1_000);
    last = await send(environment, photograph);
    const { records } = await readSession();
    const shadows = records.filter(({ kind }) => kind === "shadow") as ShadowRecord[];
    followed.push(...shadows.slice(followed.length));
  }
  expect(last.body.model).toMatchObject({ version: "1" });
  expect(followed).toHaveLength(2);
  expect(followed[1]).toMatchObject({
    ...{ prediction_id: last.body.prediction_id, problem: "", model: { version, engine: "onnx" } },
    answer: { predicted_class: last.body.predicted_class, probabilities: expect.any(Object) },
  });
  console.log(
    `the answer that a challenger follows: ${last.clientMs.toFixed(0)} ms to the client, environment busy ${last.busyMs.toFixed(0)} ms`,
  );
});

it("of a version that never ends its first answer costs one start, and the version before it serves", async () => {
  const name = "endless";
  const folder = mkdtempSync(path.join(tmpdir(), "endless-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await register(name);
  await promoteEndlessVersion(name, folder);
  const options = { temporary: mkdtempSync(path.join(folder, "tmp-")), env: { MLFLOW_MODEL_NAME: name } };

  // Lambda ends an init after 10 s, and starts the process again in the same environment.
  await expect(start("predict", { ...options, initTimeoutMs: 6_000 })).rejects.toThrow(/did not start/);
  const environment = await start("predict", options);
  const answer = await send(environment, photograph);
  expect(answer.body.model).toMatchObject({ version: "1", source: "mlflow_registry" });
});
