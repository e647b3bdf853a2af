import { expect, it, onTestFinished, vi } from "vitest";
import { checkMlflow } from "../../../../scripts/doctor/check-mlflow.ts";
import { connectRegistry } from "../../../../scripts/registry/connect-registry.ts";
import { createMemoryMlflow } from "../../../support/memory-mlflow.ts";

/** What is found of the account `service`, given MLflow's answer about its rights. */
async function checkAccount(answer: Response, is_admin = false) {
  vi.stubGlobal("fetch", async () => new Response("OK"));
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const { client: mlflow } = createMemoryMlflow(({ path }) => {
    if (path === "users/current") return Response.json({ user: { username: "service", is_admin } });
    return path.endsWith("/users/permissions/get") ? answer : undefined;
  });
  const findings = await checkMlflow({ ...connectRegistry(), mlflow }, "npm start");
  return findings.find(({ subject }) => subject === "MLflow account");
}

it.each([
  ["READ", false],
  ["NO_PERMISSIONS", false],
  ["EDIT", true],
  ["MANAGE", true],
])("an account with %s on the experiment may write: %s", async (permission, isHealthy) => {
  expect(await checkAccount(Response.json({ permission }))).toMatchObject({
    healthy: isHealthy,
    detail: expect.stringContaining(`service has ${permission} on experiment`),
  });
});

it("an administrator may write", async () => {
  expect(await checkAccount(Response.json({ permission: "READ" }), true)).toMatchObject({ healthy: true });
});

it("is no problem where MLflow does not say what an account may do", async () => {
  expect(await checkAccount(new Response("Not Found", { status: 404 }))).toMatchObject({
    healthy: true,
    detail: expect.stringMatching(/^service; this MLflow does not say whether it may write to experiment /),
  });
});
