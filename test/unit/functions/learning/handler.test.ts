import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { computeLogComparison } from "../../../../shared/comparison/comparison-report.ts";
import { createLambdaContext } from "../../../support/http-events.ts";
import { startSmallS3 } from "../../../support/small-s3.ts";
import { assignedAnswers, modelOf } from "../../comparison/records-of.ts";

// A module that another file of this process has loaded would not be mocked.
vi.hoisted(() => void vi.resetModules());
vi.mock("../../../../functions/learning/find-test.ts", () => ({
  findTest: async () => ({ challenger: "7", champion: "6", compare: compareFailing }),
}));
afterEach(() => void vi.unstubAllEnvs());

/** An A/B test whose challenger answers nothing. */
const compareFailing = () =>
  computeLogComparison(
    {
      predictions: assignedAnswers(800, (_, isChallenger) => (isChallenger ? { model: modelOf("6") } : {})),
      ...{ shadows: [], labels: new Map() },
    },
    ["6", "7"],
    {
      ...{ model: "eyes", compared_at: "2026-11-28T12:00:00.000Z" },
      ...{ period: null, history: [], ended: undefined },
    },
  );

it("ends an A/B test in the registry when tracking is off, and writes no run about it", async () => {
  const asked: string[] = [];
  const mlflow = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  const s3 = await startSmallS3();
  await once(mlflow.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    s3.stop();
    mlflow.close();
    mlflow.closeAllConnections();
  });
  const environment = {
    ...s3.environment,
    INFERENCE_LOG_BUCKET: "log",
    MLFLOW_TRACKING_URI: `http://127.0.0.1:${(mlflow.address() as AddressInfo).port}`,
    ENABLE_MLFLOW_TRACKING: "false",
    AB_TEST_SHARE: "0.1",
    LOG_LEVEL: "CRITICAL",
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { handler } = await import("../../../../functions/learning/handler.ts");
  expect(await handler({}, createLambdaContext())).toMatchObject({ ab_test: { ended: true } });
  expect(asked).toEqual(["/api/2.0/mlflow/model-versions/set-tag"]);
});
