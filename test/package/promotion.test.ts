import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { uploadRequest } from "../support/lambda/events.ts";
import { movableClock } from "../support/lambda/movable-clock.ts";
import { send, usePackagedService } from "../support/lambda/packaged-service.ts";

const { start, register } = usePackagedService();
const photograph = uploadRequest(readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg"));

it("is taken up after an answer that does not wait for it, and before the next one", async () => {
  const name = "promoted-after-an-answer";
  await register(name);
  const environment = await start("predict", {
    timeoutMs: 60_000,
    env: { NODE_OPTIONS: `--enable-source-maps ${movableClock}`, MLFLOW_MODEL_NAME: name },
  });
  await send(environment, photograph);
  await register(name);
  await environment.moveClock();

  const during = await send(environment, photograph);
  expect(during.body.model).toMatchObject({ version: "1" });
  const after = await send(environment, photograph);
  expect(after.body.model).toMatchObject({ version: "2", source: "mlflow_registry" });
  console.log(
    `the answer that a promotion follows: ${during.clientMs.toFixed(0)} ms to the client, environment busy ${during.busyMs.toFixed(0)} ms; the next ${after.clientMs.toFixed(0)} ms`,
  );
});
