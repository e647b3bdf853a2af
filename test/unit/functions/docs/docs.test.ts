import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { describeFields } from "../../../../functions/docs/describe-schema.ts";
import { createDocs } from "../../../../functions/docs/docs.ts";
import { createOpenApiDocument } from "../../../../functions/docs/openapi.ts";
import { serviceRoutes } from "../../../../shared/http/service-routes.ts";
import { serviceDescriptionSchema } from "../../../../shared/schemas/service-description.ts";
import { createHttpEvent } from "../../../support/http-events.ts";

const limits = { maxUploadBytes: 10 * 1024 * 1024, maxImagePixels: 100_000_000 };
const docs = createDocs({ version: "1.2.3", limits });
type Path = "/" | "/docs" | "/redoc" | "/openapi.json";

const get = async (path: Path, accept?: string) =>
  docs[`GET ${path}`]({
    event: createHttpEvent({ method: "GET", path, headers: accept === undefined ? {} : { accept } }),
    requestId: "request",
  });
const browserAccept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";

describe("GET /", () => {
  test.each([
    undefined,
    "*/*",
    "application/json",
    "application/json, text/html;q=0.5",
    "text/html;q=0, */*",
  ])("describes the service to who accepts %s", async (accept) => {
    const { statusCode, headers, body } = await get("/", accept);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ "content-type": "application/json", vary: "accept" });
    expect(serviceDescriptionSchema.strict().parse(JSON.parse(body))).toEqual({
      name: "Eye Disease Classifier API",
      description: expect.stringContaining("fundus photographs"),
      version: "1.2.3",
      supported_formats: ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "JPEG2000", "DICOM"],
      diseases: ["cataract", "diabetic_retinopathy", "glaucoma", "normal"],
    });
  });

  test("names no diseases of a model with a name of its own, whose classes may be others", async () => {
    const routes = createDocs({ version: "1.2.3", limits, modelName: "clinic-model" });
    const event = createHttpEvent({ method: "GET", path: "/" });
    const { body } = await routes["GET /"]({ event, requestId: "request" });
    expect(serviceDescriptionSchema.strict().parse(JSON.parse(String(body)))).not.toHaveProperty("diseases");
  });

  test.each([browserAccept, "text/html", "text/*, application/json;q=0.9"])(
    "gives the page to who accepts %s",
    async (accept) => {
      const { headers, body } = await get("/", accept);
      expect(headers).toMatchObject({ "content-type": "text/html; charset=utf-8", vary: "accept" });
      expect(body).toContain('<input id="file"');
      expect(body).toContain("Not a medical device.");
    },
  );
});

test.each([
  [undefined, "4.5 MB", 4_500_000, 4_500_000],
  [{ origin: "https://uploads.example", maxBytes: 20 * 1024 * 1024 }, "20 MB", 20_971_520, 4_500_000],
])(
  "the page names the largest photograph that this service takes: %o",
  async (uploads, words, most, inRequest) => {
    const routes = createDocs({ version: "1.2.3", limits, uploads });
    const event = createHttpEvent({ method: "GET", path: "/", headers: { accept: "text/html" } });
    const { body } = await routes["GET /"]({ event, requestId: "request" });
    expect(body).toContain(`or DICOM, up to ${words} each</p>`);
    expect(body).toContain(`data-max-bytes="${most}" data-max-request-bytes="${inRequest}"`);
  },
);

test.each([
  [1024 * 1024, { origin: "https://uploads.example", maxBytes: 20 * 1024 * 1024 }, ">One over 1 MB waits"],
  [
    10 * 1024 * 1024,
    { origin: "https://uploads.example", maxBytes: 20 * 1024 * 1024 },
    ">One over 4.5 MB waits",
  ],
  [10 * 1024 * 1024, undefined, " hidden>One over"],
])(
  "the page says which photographs wait in the bucket of uploads: MAX_UPLOAD_SIZE %d, %o",
  async (maxUploadBytes, uploads, words) => {
    const routes = createDocs({ version: "1.2.3", limits: { ...limits, maxUploadBytes }, uploads });
    const event = createHttpEvent({ method: "GET", path: "/", headers: { accept: "text/html" } });
    const { body } = await routes["GET /"]({ event, requestId: "request" });
    expect(body).toContain(`<span data-text="privacyStored"${words}`);
  },
);

test.each([true, false])(
  "the page asks for consent where photographs are kept: %s",
  async (keepsPhotographs) => {
    const routes = createDocs({ version: "1.2.3", limits, keepsPhotographs });
    const event = createHttpEvent({ method: "GET", path: "/", headers: { accept: "text/html" } });
    const { body } = await routes["GET /"]({ event, requestId: "request" });
    expect(body.includes('<input id="consent" type="checkbox" autocomplete="off">')).toBe(keepsPhotographs);
    expect(body).not.toContain("{consent}");
  },
);

test("GET /openapi.json gives the document", async () => {
  const { headers, body } = await get("/openapi.json");
  expect(headers["content-type"]).toBe("application/json");
  expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(createOpenApiDocument("1.2.3", limits))));
});

describe("GET /assets/{name}", () => {
  const getAsset = (name: string) =>
    docs["GET /assets/{name}"]({
      event: createHttpEvent({ method: "GET", path: `/assets/${name}` }),
      requestId: "request",
    });

  test("gives the sample byte by byte, to be kept for a day", async () => {
    const { body, isBase64Encoded, headers } = await getAsset("sample.jpg");
    const sample = readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg");
    expect(isBase64Encoded && Buffer.from(body, "base64").equals(sample)).toBe(true);
    expect(headers).toMatchObject({
      "content-type": "image/jpeg",
      "cache-control": "public, max-age=86400",
    });
  });

  test.each(["other.jpg", "toString", "..%2Fsample.jpg"])("knows no %s", async (name) => {
    await expect(getAsset(name)).rejects.toMatchObject({ status: 404, code: "not_found" });
  });
});

test("GET /model-card shows the packaged model's card in both languages, without a script", async () => {
  const { headers, body } = await docs["GET /model-card"]({
    event: createHttpEvent({ method: "GET", path: "/model-card" }),
    requestId: "request",
  });
  expect(headers["content-security-policy"]).toContain("script-src 'none'");
  expect(body).not.toContain("<script");
  const [, anchor] = /<a href="#([^"]+)">Português<\/a>/.exec(body) ?? [];
  expect(body).toContain(`id="${anchor}"`);
  expect(body).toMatch(/<table>.*<td>/s);
  expect(body).not.toMatch(/href="(?!#|https:|\/|data:)/);
});

describe.each(["/docs", "/redoc"] as const)("GET %s", (path) => {
  test("shows every route and every field of its answers", async () => {
    const { body } = await get(path);
    const { paths, components } = createOpenApiDocument("1.2.3", limits);
    const sections = body.split('<section class="operation"').slice(1);
    let fieldCount = 0;
    for (const [route, methods] of Object.entries(paths))
      for (const { operationId, responses } of Object.values(methods)) {
        const section = sections.find((text) => text.startsWith(` id="${operationId}"`));
        expect(section).toContain(`<code>${route}</code>`);
        for (const [status, { content = {} }] of Object.entries(responses))
          for (const [type, { schema }] of Object.entries(content)) {
            expect(section).toContain(`<p class="type"><code>${type}</code></p>`);
            const title = `fields of response ${status}, ${type}">`;
            const [, table = ""] = section?.split(title) ?? [];
            const shown = table.slice(0, table.indexOf("</table>"));
            for (const field of describeFields(schema, components.schemas)) {
              expect(shown, `${route} ${status}`).toContain(`<code>${field.path}</code>`);
              fieldCount += 1;
            }
          }
      }
    expect(fieldCount).toBeGreaterThan(100);
  });

  test("shows every parameter, also of a route without a body", async () => {
    const { body } = await get(path);
    const operations = Object.values(createOpenApiDocument("1.2.3", limits).paths).flatMap((methods) =>
      Object.values(methods),
    );
    const parameters = operations.flatMap((operation) => operation.parameters ?? []);
    expect(parameters.length).toBeGreaterThan(2);
    for (const { name } of parameters) expect(body).toContain(`<p><code>${name}</code>: `);
  });

  test("has forms to try each route, or samples to read", async () => {
    const { body } = await get(path);
    // A route of one prediction or file cannot be tried before there is one.
    const triable = serviceRoutes.filter((route) => !route.includes("{"));
    expect(body.match(/<form /g)?.length ?? 0).toBe(path === "/docs" ? triable.length : 0);
    expect(body.includes("curl -F file=@photograph.jpg")).toBe(path === "/redoc");
  });
});

describe.each(["/", "/docs", "/redoc"] as const)("the page at %s", (path) => {
  test("allows by its policy exactly its own style sheet and script", async () => {
    const { headers, body } = await get(path, "text/html");
    const policy = headers["content-security-policy"] ?? "";
    const hash = (tag: string) => {
      const source = body.match(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`))?.[1] ?? "";
      expect(source.length).toBeGreaterThan(100);
      return createHash("sha256").update(source).digest("base64");
    };
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash("style")}'`);
    expect(policy).toContain(`script-src 'sha256-${hash("script")}'`);
    expect(policy).not.toContain("unsafe");
  });

  test("takes nothing from elsewhere and has no code or style in attributes", async () => {
    const { body } = await get(path, "text/html");
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(body).not.toMatch(/@import|url\(/);
    expect(body).not.toMatch(/<[^>]+\s(?:on\w+|style)=/);
  });

  test("is answered afresh each time, so that one answer's headers do not reach the next", async () => {
    const first = await get(path, "text/html");
    first.headers = { ...first.headers, "x-request-id": "first" };
    expect((await get(path, "text/html")).headers).not.toHaveProperty("x-request-id");
  });
});
