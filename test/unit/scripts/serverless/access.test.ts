import { describe, expect, it } from "vitest";
import Access from "../../../../scripts/serverless/access.ts";

function apply(environment: Record<string, string>, { command = "package", allowedOrigins = "*" } = {}) {
  const service = {
    provider: {
      environment: { ...environment } as Record<string, unknown>,
      httpApi: { cors: { allowedOrigins: ["*"] } } as {
        authorizers?: Record<string, object>;
        cors: { allowedOrigins: string[] };
      },
    },
    functions: {
      predict: { events: [{ httpApi: "POST /predict" }, { schedule: {} }] },
      metrics: { events: [{ httpApi: "GET /metrics" }, { httpApi: "HEAD /metrics" }] },
      docs: { events: [{ httpApi: "GET /" }, { httpApi: "*" }] },
      health: { events: [{ httpApi: "GET /health" }] },
    },
    custom: { access: { allowedOrigins } },
  };
  new Access({ service, processedInput: { commands: [command] } }).hooks.initialize?.();
  return service;
}

const routesOf = ({ functions }: ReturnType<typeof apply>) =>
  Object.values(functions).flatMap(({ events }) => events.flatMap((event) => Object.values(event)));

describe("before the routes of a deployment", () => {
  it.each([
    ["iam", {}, { type: "aws_iam" }],
    ["key", {}, { name: "keys" }],
    ["jwt", { AUTH_JWT_ISSUER: "https://a.example", AUTH_JWT_AUDIENCE: "b,c" }, { name: "tokens" }],
  ])("AUTH=%s puts its authorizer where a caller is needed, and nowhere else", (AUTH, others, authorizer) => {
    expect(routesOf(apply({ AUTH, ...others }))).toEqual([
      { method: "POST", path: "/predict", authorizer },
      {},
      { method: "GET", path: "/metrics", authorizer },
      { method: "HEAD", path: "/metrics", authorizer },
      ...["GET /", "*", "GET /health"],
    ]);
  });

  it("AUTH=jwt names the issuer and every audience", () => {
    const service = apply({ AUTH: "jwt", AUTH_JWT_ISSUER: "https://a.example", AUTH_JWT_AUDIENCE: "b, c" });
    expect(service.provider.httpApi.authorizers?.tokens).toMatchObject({
      issuerUrl: "https://a.example",
      audience: ["b", "c"],
    });
  });

  it("AUTH=none leaves them open", () => {
    const service = apply({ AUTH: "none" });
    expect(service.provider.httpApi).not.toHaveProperty("authorizers");
    expect(routesOf(service)).toContain("POST /predict");
  });

  it("a setting that no function could start with stops the packaging", () => {
    expect(() => apply({ AUTH: "keys" })).toThrow("AUTH: Expected one of none, key, jwt, iam");
    expect(() => apply({ AUTH: "jwt" })).toThrow("AUTH_JWT_ISSUER");
  });
});

it("locally nobody is asked unless AUTH says so, and no route changes: the gateway there does it", () => {
  const service = apply({ AUTH: "iam" }, { command: "offline" });
  expect(service.provider.environment.AUTH).toBe("none");
  expect(routesOf(service)).toContain("POST /predict");
});

it("pages of the named origins alone may read the answers", () => {
  const { provider } = apply({ AUTH: "none" }, { allowedOrigins: "https://a.example, https://b.example" });
  expect(provider.httpApi.cors.allowedOrigins).toEqual(["https://a.example", "https://b.example"]);
});
