import { beforeAll, describe, expect, it } from "vitest";
import { createMlflowClient } from "../../../../shared/mlflow/index.ts";
import { useSharedStack } from "../../../support/stack.ts";
import { listRoutes, loadDocument, type OpenApiDocument } from "../openapi-document.ts";
import { runSchemathesis } from "./run-schemathesis.ts";
import { seedDocument } from "./seed-document.ts";
import { makeSeeds } from "./seeds.ts";

const { mlflowUrl } = useSharedStack();
const document = loadDocument();
let seeded: OpenApiDocument;

beforeAll(async () => {
  seeded = seedDocument(document, await makeSeeds(createMlflowClient({ trackingUri: mlflowUrl })));
});

const minutesMs = 60_000;
const ending = "(delete|remove|abort)";

/** What is deleted cannot be asked for any more: that comes last. */
describe.each([
  ["all operations that delete nothing", `^(?!${ending})`],
  ["the operations that delete", `^${ending}`],
])("generated requests to %s", (_name, operations) => {
  it("get no answer that is not described", { timeout: 8 * minutesMs }, async () => {
    const expected = listRoutes(document).filter(({ operation }) =>
      new RegExp(operations).test(operation.operationId),
    );
    const { report, output } = await runSchemathesis({
      mlflowUrl,
      document: seeded,
      operations,
      maxExamples: 4,
    });
    expect(report.failures, output).toEqual([]);
    expect(report.errors, output).toEqual([]);
    expect(report.operations.tested).toBe(expected.length);
    expect(report.test_cases.generated).toBeGreaterThan(expected.length);
    console.log(`Schemathesis: ${report.test_cases.generated} requests to ${expected.length} operations`);
  });
});
