import { expect, it } from "vitest";
import { createMlflowClient } from "../../../shared/mlflow/index.ts";
import { useOwnStack } from "../../support/stack.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";
import { createWorkplace, metricsOf, patienceMs } from "./workplace.ts";

const stack = useOwnStack({ auth: true });

it("tracks where MLflow asks for a user name and a password", async () => {
  const workplace = createWorkplace(stack());
  const tracker = workplace.createTracker();
  await tracker.trackPrediction(createPredictionEvent());
  await tracker.flush({ withinMs: patienceMs });
  await tracker.close({ withinMs: patienceMs });

  const run = await workplace.findRun(tracker.state().session.id);
  expect(metricsOf(run).prediction_count).toBe(1);
  expect(run.info.status).toBe("FINISHED");
});

it("says so when the password is wrong, without the password", async () => {
  const workplace = createWorkplace(stack());
  const mlflow = createMlflowClient({
    trackingUri: stack().mlflowUrl,
    username: "admin",
    password: "certainly-wrong",
  });
  const tracker = workplace.createTracker({ mlflow });
  await tracker.trackPrediction(createPredictionEvent());
  await tracker.flush({ withinMs: patienceMs });

  expect(tracker.state().mlflow).toMatchObject({ status: "unreachable", pending: 1 });
  expect(JSON.stringify([tracker.state(), workplace.log.lines])).not.toContain("certainly-wrong");
  expect(await workplace.readLog()).toHaveLength(1);
  await tracker.close();
});
