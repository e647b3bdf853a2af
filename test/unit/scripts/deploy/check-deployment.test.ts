import { afterEach, expect, it, vi } from "vitest";
import { checkDeployment } from "../../../../scripts/deploy/check-deployment.ts";

afterEach(() => void vi.unstubAllGlobals());

it.each([
  ["mlflow_registry", "normal (99 %) by version 2, mlflow_registry; /health says healthy"],
  [
    "local_file",
    "normal (99 %) by version 2, local_file: the packaged model, not a version of the registry (npm run doctor -- https://here says why); /health says healthy",
  ],
])("says which model answered: %s", async (source, line) => {
  const prediction = { predicted_class: "normal", confidence: 99, model: { version: "2", source } };
  vi.stubGlobal("fetch", async (url: URL) =>
    Response.json(url.pathname === "/health" ? { status: "healthy" } : prediction),
  );
  const outputs = { ApiAddress: "https://here" };
  expect(await checkDeployment(outputs, async ({ headers }) => headers)).toBe(line);
});
