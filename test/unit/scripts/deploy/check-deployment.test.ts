import dns from "node:dns/promises";
import { afterEach, expect, it, vi } from "vitest";
import { checkDeployment } from "../../../../scripts/deploy/check-deployment.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const stubLookup = (code?: string) =>
  vi.spyOn(dns, "lookup").mockImplementation((async () => {
    if (code !== undefined) throw Object.assign(new Error(`getaddrinfo ${code} here`), { code });
    return { address: "192.0.2.1", family: 4 };
  }) as never);

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
  stubLookup();
  const outputs = { ApiAddress: "https://here" };
  expect(await checkDeployment(outputs, async ({ headers }) => headers)).toBe(line);
});

it("asks nothing where the domain has no address yet, and says which record gives it one", async () => {
  stubLookup("ENOTFOUND");
  vi.stubGlobal("fetch", vi.fn());
  const outputs = { ApiAddress: "https://fundus.clinic.example", DomainTarget: "d-1.execute-api.example" };
  const line = await checkDeployment(outputs, async ({ headers }) => headers);
  expect(line).toBe(
    "nothing was asked, because fundus.clinic.example has no address yet. Make a DNS record of it (an alias or CNAME) that points to d-1.execute-api.example, then check with npm run doctor -- https://fundus.clinic.example",
  );
  expect(fetch).not.toHaveBeenCalled();
});

it("asks, and so fails, where it is not known whether the name has an address", async () => {
  stubLookup("EAI_AGAIN");
  vi.stubGlobal("fetch", async () => Response.json({}, { status: 400 }));
  const outputs = { ApiAddress: "https://fundus.clinic.example", DomainTarget: "d-1.execute-api.example" };
  await expect(checkDeployment(outputs, async ({ headers }) => headers)).rejects.toThrow("received 400");
});
