import { describe, expect, it } from "vitest";
import { createDocs } from "../../../../functions/docs/docs.ts";
import { accessSettings } from "../../../../shared/settings/access.ts";
import { createHttpEvent } from "../../../support/http-events.ts";

const limits = { maxUploadBytes: 10_485_760, maxImagePixels: 100_000_000 };
const jwt = { AUTH_JWT_ISSUER: "https://login.example/", AUTH_JWT_AUDIENCE: "fundus" };

function open(AUTH: string) {
  const docs = createDocs({ version: "1.2.3", limits, access: accessSettings.parse({ AUTH, ...jwt }) });
  const headers = { accept: "text/html" };
  const ask = async (route: "GET /" | "GET /docs" | "GET /redoc" | "GET /openapi.json") =>
    (await docs[route]({ event: createHttpEvent({ method: "GET", headers }), requestId: "1" })).body;
  return ask;
}

describe("the document of a service", () => {
  it.each([
    ["key", { type: "apiKey", name: "X-Api-Key", in: "header" }],
    ["jwt", { openIdConnectUrl: "https://login.example/.well-known/openid-configuration" }],
    ["iam", { type: "apiKey", name: "Authorization", in: "header" }],
  ])("with AUTH=%s says how callers identify themselves, and on which routes", async (AUTH, scheme) => {
    const { paths, components } = JSON.parse(await open(AUTH)("GET /openapi.json"));
    expect(components.securitySchemes.caller).toMatchObject(scheme);
    expect(paths["/predict"].post.security).toEqual([{ caller: [] }]);
    expect(Object.keys(paths["/predict"].post.responses)).toEqual(expect.arrayContaining(["401", "403"]));
    for (const path of ["/health", "/", "/docs"]) expect(paths[path].get).not.toHaveProperty("security");
  });

  it.each([
    ["key", "anyOf"],
    ["jwt", "properties"],
  ])("with AUTH=%s says in which forms a call too many is refused", async (AUTH, form) => {
    const { paths } = JSON.parse(await open(AUTH)("GET /openapi.json"));
    const refused = paths["/predict"].post.responses[429].content["application/json"];
    expect(Object.keys(refused.schema)).toContain(form);
    expect(paths["/health"].get.responses[429].content["application/json"].schema).toHaveProperty(
      "properties",
    );
  });

  it("with AUTH=none says nothing of it", async () => {
    expect(await open("none")("GET /openapi.json")).not.toMatch(/securitySchemes|"security"/);
  });
});

/** The curl commands of /redoc, without the marks of HTML. */
const samplesOf = async (AUTH: string) =>
  [...(await open(AUTH)("GET /redoc")).matchAll(/<pre class="request"><code>(.*?)<\/code>/gs)].map(
    ([, text]) =>
      (text ?? "")
        .replaceAll(/<[^>]+>/g, "")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'"),
  );

describe("the samples", () => {
  it("of a POST without a body name the method", async () => {
    expect(await samplesOf("none")).toContain("curl -X POST \\\n  http://localhost:8080/uploads");
  });

  it.each([
    ["key", '-H "X-Api-Key: YOUR_KEY"'],
    ["jwt", '-H "Authorization: Bearer YOUR_TOKEN"'],
  ])("with AUTH=%s say who calls where that is asked, and nowhere else", async (AUTH, header) => {
    const samples = await samplesOf(AUTH);
    const withHeader = samples.filter((sample) => sample.includes(header));
    expect(withHeader.map((sample) => sample.split("8080")[1])).toEqual([
      "/predict",
      "/uploads",
      "/predictions/{prediction_id}/label",
      "/metrics",
      "/dashboard/data",
    ]);
  });
});

describe("the pages", () => {
  it.each([
    ["key", 'data-header="x-api-key"'],
    ["jwt", 'data-scheme="Bearer "'],
    ["iam", "a page cannot sign them"],
  ])("with AUTH=%s ask for what their requests need", async (AUTH, text) => {
    const ask = open(AUTH);
    for (const page of [await ask("GET /"), await ask("GET /docs")]) expect(page).toContain(text);
  });

  it("with AUTH=none have no field", async () => {
    expect(await open("none")("GET /")).not.toContain('class="credential"');
  });
});
