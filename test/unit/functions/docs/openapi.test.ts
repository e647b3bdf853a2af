import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { createDocs } from "../../../../functions/docs/docs.ts";
import { createOpenApiDocument } from "../../../../functions/docs/openapi.ts";
import { answerSchemas, type SchemaName } from "../../../../functions/docs/schemas.ts";
import { serviceRoutes } from "../../../../shared/http/service-routes.ts";

const limits = { maxUploadBytes: 10 * 1024 * 1024, maxImagePixels: 100_000_000 };
const document = createOpenApiDocument("1.2.3", limits);

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    operation,
  })),
);

describe("the OpenAPI document", () => {
  test("is valid OpenAPI 3.1 by Redocly's rules", async () => {
    const config = await createConfig({
      extends: ["recommended"],
      rules: { "operation-4xx-response": "off" },
    });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    const described = problems.map(
      ({ ruleId, message, location }) => `${ruleId} ${message} ${location[0]?.pointer ?? ""}`,
    );
    // This service asks for no key, and its address is where the document came from.
    expect(described.filter((problem) => !/^(security-defined|no-server-example)/.test(problem))).toEqual([]);
  });

  test("is found wrong by the same rules once it is", async () => {
    const config = await createConfig({ extends: ["recommended"] });
    const broken = structuredClone(document) as unknown as {
      paths: { "/health": { get: { responses: object } } };
    };
    broken.paths["/health"].get.responses = { 200: {} };
    const problems = await lintFromString({ source: JSON.stringify(broken), config });
    expect(problems.map(({ message }) => message)).toContainEqual(expect.stringMatching(/description/));
  });

  test("describes every route of the service and no other", () => {
    expect(operations.map(({ route }) => route).sort()).toEqual([...serviceRoutes].sort());
  });

  test("has its answers' schemas from those that validate them", () => {
    expect(Object.keys(document.components.schemas)).toEqual(Object.keys(answerSchemas));
    expect(document.components.schemas.Prediction).toMatchObject({
      type: "object",
      required: Object.entries(answerSchemas.Prediction.shape).flatMap(([name, schema]) =>
        schema.isOptional() ? [] : name,
      ),
      properties: { confidence: { type: "number", minimum: 0, maximum: 100 } },
    });
  });

  const examples = operations.flatMap(({ route, operation }) =>
    Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
      Object.values(content)
        .map(({ schema, example }) => ({ ref: schema.$ref ?? schema.anyOf?.[0]?.$ref, example }))
        .filter(({ ref, example }) => ref !== undefined && example !== undefined)
        .map(({ ref, example }) => ({
          route,
          status,
          name: ref?.split("/").at(-1) as SchemaName,
          example,
        })),
    ),
  );

  test.each(examples)("has a true example: $route $status is a $name", ({ name, example }) => {
    expect(answerSchemas[name].parse(example)).toEqual(example);
  });

  test("has an example for each answer of predict", () => {
    const statuses = examples.filter(({ route }) => route === "POST /predict").map(({ status }) => status);
    expect(statuses).toEqual(["200", "400", "404", "406", "413", "415", "422", "500", "503", "504"]);
  });

  test("names for every route the answers that any request may get", () => {
    for (const { route, operation } of operations) {
      expect({ route, statuses: Object.keys(operation.responses) }).toEqual({
        route,
        statuses: expect.arrayContaining([route === "POST /uploads" ? "201" : "200", "429", "500", "504"]),
      });
    }
  });

  const formsOf = (path: string, status: number) =>
    document.paths[path]?.post?.responses[status]?.content?.["application/json"]?.schema;

  test("says which refusals are in API Gateway's own form", () => {
    const ofGateway = { type: "object", properties: { message: { type: "string" } } };
    for (const path of ["/uploads", "/predictions/{prediction_id}/label"])
      expect(formsOf(path, 413)).toEqual(ofGateway);
    expect(formsOf("/predict", 413)).toEqual({ anyOf: [{ $ref: "#/components/schemas/Error" }, ofGateway] });
    expect(formsOf("/predict", 429)).toEqual(ofGateway);
  });

  test.each(
    operations.flatMap(({ route, operation }) =>
      ["500", "503", "504"]
        .filter((status) => status in operation.responses)
        .map((status) => ({ route, status, response: operation.responses[status] })),
    ),
  )("allows for API Gateway's own form: $route $status", ({ response }) => {
    expect(response?.content?.["application/json"]?.schema.anyOf).toContainEqual({
      type: "object",
      properties: { message: { type: "string" } },
    });
  });

  test("names Retry-After where waiting helps", () => {
    const withHeader = operations.filter(({ operation }) => operation.responses["503"]?.headers);
    expect(withHeader.map(({ route }) => route)).toEqual([
      "POST /predict",
      "POST /predictions/{prediction_id}/label",
      "GET /metrics",
      "GET /dashboard/data",
    ]);
  });

  test("names every content type that a photograph may have", () => {
    const types = Object.keys(document.paths["/predict"]?.post?.requestBody?.content ?? {});
    expect(types).toEqual(
      expect.arrayContaining(["image/*", "application/octet-stream", "application/dicom"]),
    );
  });

  test("names each header that changes how a photograph is answered or kept", () => {
    const names = document.paths["/predict"]?.post?.parameters?.map(({ in: place, name }) => [place, name]);
    expect(names).toEqual([
      ["query", "explain"],
      ["header", "X-Keep-Photograph"],
      ["header", "X-Ab-Test-Key"],
    ]);
  });

  test("names the limits in force", () => {
    const smaller = createOpenApiDocument("1.2.3", {
      maxUploadBytes: 2 * 1024 * 1024,
      maxImagePixels: 5_000_000,
    });
    expect(smaller.paths["/predict"]?.post?.requestBody?.description).toMatch(
      /^At most 2 MB and 5 megapixels/,
    );
  });
});

test("the functions that answer are the ones described", () => {
  const docs = Object.keys(createDocs({ version: "1.2.3", limits }));
  const documented = operations
    .filter(({ operation }) => operation.tags.includes("documentation"))
    .map(({ route }) => route);
  expect(docs.sort()).toEqual(documented.sort());
});
