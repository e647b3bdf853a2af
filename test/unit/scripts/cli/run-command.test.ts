import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { explain } from "../../../../scripts/cli/run-command.ts";
import { MlflowError } from "../../../../shared/mlflow/error.ts";

beforeEach(() => {
  for (const name of ["MLFLOW_TRACKING_USERNAME", "MLFLOW_USERNAME", "MLFLOW_TRACKING_TOKEN"])
    vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

const credentials = "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.";

it.each([
  ["UNAUTHENTICATED", "", "", credentials],
  ["UNAUTHENTICATED", "fundus-lambda", "", credentials],
  ["PERMISSION_DENIED", "", "", credentials],
  ["PERMISSION_DENIED", "fundus-lambda", "", "The account fundus-lambda may not do this in MLflow."],
  ["PERMISSION_DENIED", "", "token", "The account of MLFLOW_TRACKING_TOKEN may not do this in MLflow."],
])("says of %s with the username %j and the token %j what to do", (errorCode, username, token, advice) => {
  vi.stubEnv("MLFLOW_TRACKING_USERNAME", username);
  vi.stubEnv("MLFLOW_TRACKING_TOKEN", token);
  const explained = explain(new MlflowError("MLflow refuses", { errorCode }));
  expect(explained.startsWith(`MLflow refuses\n${advice}`)).toBe(true);
  expect(explained.includes("An administrator's account can")).toBe(advice !== credentials);
});

it("says of a host that MLflow does not know where to name it, whatever the account", () => {
  vi.stubEnv("MLFLOW_TRACKING_USERNAME", "fundus-lambda");
  const error = new MlflowError("Invalid Host header - possible DNS rebinding attack detected", {
    errorCode: "PERMISSION_DENIED",
  });
  expect(explain(error)).toContain("\nName the host of MLFLOW_TRACKING_URI in MLFLOW_SERVER_ALLOWED_HOSTS");
});
