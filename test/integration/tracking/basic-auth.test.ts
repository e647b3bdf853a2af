import { expect, it } from "vitest";
import { checkMlflow } from "../../../scripts/doctor/check-mlflow.ts";
import { connectRegistry } from "../../../scripts/registry/connect-registry.ts";
import { createExperiment, createMlflowClient, unwrap } from "../../../shared/mlflow/index.ts";
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

it("names the right that is missing where somebody else created the experiment, and writes once it is granted", async () => {
  const workplace = createWorkplace(stack());
  const { mlflow: administrator, experimentName } = workplace;
  const account = { username: "service", password: "password of the service" };
  await unwrap(administrator.POST("/api/2.0/mlflow/users/create", { body: account }));
  const experimentId = await createExperiment(administrator, { name: experimentName });
  const mlflow = createMlflowClient({ trackingUri: stack().mlflowUrl, ...account });
  const connection = connectRegistry();
  const service = { ...connection.service, experimentName };
  const checkAccount = async () =>
    (await checkMlflow({ ...connection, mlflow, service }, "")).find(
      ({ subject }) => subject === "MLflow account",
    );

  const tracker = workplace.createTracker({ mlflow });
  await tracker.trackPrediction(createPredictionEvent());
  await tracker.flush({ withinMs: patienceMs });
  expect(tracker.state().mlflow).toMatchObject({ status: "unreachable", denied: true, pending: 1 });
  expect(await checkAccount()).toMatchObject({
    healthy: false,
    detail: expect.stringContaining("service has READ"),
    remedy: expect.stringContaining("MANAGE"),
  });

  const grant = { username: "service", resource_type: "experiment", resource_id: experimentId };
  const body = { ...grant, permission: "MANAGE" as const };
  await unwrap(administrator.POST("/api/3.0/mlflow/users/permissions/grant", { body }));
  await tracker.close({ withinMs: patienceMs });
  expect(tracker.state().mlflow).toMatchObject({ status: "reachable", pending: 0 });
  expect(tracker.state().mlflow).not.toHaveProperty("denied");
  expect(await checkAccount()).toMatchObject({ healthy: true });
});
