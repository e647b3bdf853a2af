import { beforeAll, describe, expect, it } from "vitest";
import { createMlflowClient } from "../../../../shared/mlflow/index.ts";
import { useOwnStack } from "../../../support/stack.ts";
import { listRoutes, loadDocument, type OpenApiDocument } from "../openapi-document.ts";
import { runSchemathesis } from "./run-schemathesis.ts";
import { seedDocument } from "./seed-document.ts";
import { makeSeeds } from "./seeds.ts";

const document = loadDocument();
const stack = useOwnStack();
let seeded: OpenApiDocument;

beforeAll(async () => {
  const client = createMlflowClient({ trackingUri: stack().mlflowUrl });
  seeded = seedDocument(document, await makeSeeds(client));
});

const minutesMs = 60_000;
const ending = /^(delete|remove|abort)/;

/** What is deleted cannot be asked for any more: that comes last. */
describe.each([
  ["all operations that delete nothing", `^(?!delete|remove|abort)`, false],
  ["the operations that delete", ending.source, true],
])("generated requests to %s", (_name, operations, isEnding) => {
  it("get no answer that is not described", { timeout: 8 * minutesMs }, async () => {
    const { mlflowUrl } = stack();
    const { report, output } = await runSchemathesis({
      mlflowUrl,
      document: seeded,
      operations,
      maxExamples: 3,
    });
    expect(report.failures, output).toEqual([]);
    expect(report.errors, output).toEqual([]);
    const expected = listRoutes(document).filter(
      ({ operation }) => ending.test(operation.operationId) === isEnding,
    );
    expect(report.operations.tested).toBe(expected.length);
    expect(report.test_cases.generated).toBeGreaterThan(expected.length);
    console.log(`Schemathesis: ${report.test_cases.generated} requests to ${expected.length} operations`);
  });
});
