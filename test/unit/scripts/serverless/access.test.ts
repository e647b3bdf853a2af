import { describe, expect, it } from "vitest";
import Access from "../../../../scripts/serverless/access.ts";

function apply(environment: Record<string, string>, { command = "package", allowedOrigins = "*" } = {}) {
  const service = {
    provider: {
      environment: { ...environment } as Record<string, unknown>,
      httpApi: { cors: { allowedOrigins: ["*"], allowedHeaders: ["Accept"] } } as {
        authorizers?: Record<string, object>;
        cors: { allowedOrigins: string[]; allowedHeaders: string[] };
      },
    },
    functions: {
      predict: { events: [{ httpApi: "POST /predict" }, { schedule: {} }] },
      metrics: { events: [{ httpApi: "GET /metrics" }, { httpApi: "HEAD /metrics" }] },
      docs: { events: [{ httpApi: "GET /" }, { httpApi: "*" }] },
      health: { events: [{ httpApi: "GET /health" }] },
    },
    custom: { access: { allowedOrigins } },
    resources: {
      Resources: {
        UploadBucket: {
          Properties: { CorsConfiguration: { CorsRules: [{ AllowedOrigins: ["*"] as unknown[] }] } },
        },
      },
      Outputs: { ApiAddress: { Value: { "Fn::Sub": "https://api" } } },
    },
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
  const { provider, resources } = apply(
    { AUTH: "none" },
    { allowedOrigins: "https://a.example, https://b.example:8443,http://localhost:3000" },
  );
  const origins = ["https://a.example", "https://b.example:8443", "http://localhost:3000"];
  expect(provider.httpApi.cors.allowedOrigins).toEqual(origins);
  // The service's own page sends large photographs to the bucket.
  expect(uploadOrigins(resources)).toEqual([...origins, { "Fn::Sub": "https://api" }]);
  expect(uploadOrigins(apply({ AUTH: "none" }).resources)).toEqual(["*"]);
});

it.each([
  [{}, "x-ab-test-key"],
  [{ AB_TEST_HEADER: "" }, "x-ab-test-key"],
  [{ AB_TEST_HEADER: "X-Patient-Key" }, "x-patient-key"],
])("pages may send the key of an A/B test: %j", (environment, header) => {
  const { provider } = apply({ AUTH: "none", ...environment });
  expect(provider.httpApi.cors.allowedHeaders).toEqual(["Accept", header]);
});

const uploadOrigins = ({ Resources }: ReturnType<typeof apply>["resources"]) =>
  Resources.UploadBucket.Properties.CorsConfiguration.CorsRules[0]?.AllowedOrigins;

it.each([
  "https://a.example/",
  "https://a.example/viewer",
  "a.example",
  "https://a.example,",
  "https://A.example",
])("%s is not a list of origins: a browser sends scheme, host and port alone", (allowedOrigins) => {
  expect(() => apply({ AUTH: "none" }, { allowedOrigins })).toThrow(
    /^Expected CORS_ALLOWED_ORIGINS to be \* or origins such as https:\/\/viewer\.clinic\.example, .* but received /,
  );
});
