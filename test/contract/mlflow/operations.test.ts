import { afterEach, expect, it } from "vitest";
import { createMlflowClient } from "../../../shared/mlflow/index.ts";
import { useSharedStack } from "../../support/stack.ts";
import { createContractChecker } from "./contract-checker.ts";
import { loadDocument } from "./openapi-document.ts";
import type { Scenario } from "./scenario.ts";
import * as artifacts from "./scenarios/artifacts.ts";
import { evaluationDatasets } from "./scenarios/evaluation-datasets.ts";
import { experiments } from "./scenarios/experiments.ts";
import * as gateway from "./scenarios/gateway.ts";
import { loggedModels } from "./scenarios/logged-models.ts";
import { metrics } from "./scenarios/metrics.ts";
import { promptOptimizationJobs } from "./scenarios/prompt-optimization.ts";
import * as registry from "./scenarios/registry.ts";
import * as reviews from "./scenarios/reviews.ts";
import * as runs from "./scenarios/runs.ts";
import { scorers } from "./scenarios/scorers.ts";
import * as server from "./scenarios/server.ts";
import { assessments, spans, tracesOfVersion2, tracesOfVersion3 } from "./scenarios/traces.ts";
import { webhooks } from "./scenarios/webhooks.ts";

const { mlflowUrl, bucket } = useSharedStack();
const document = loadDocument();
const checker = createContractChecker(document);
const client = createMlflowClient({ trackingUri: mlflowUrl, fetch: checker.fetch, maxAttempts: 1 });

const scenarios: Record<string, Scenario> = {
  ...server,
  experiments,
  ...runs,
  metrics,
  ...registry,
  loggedModels,
  ...artifacts,
  tracesOfVersion2,
  tracesOfVersion3,
  spans,
  assessments,
  evaluationDatasets,
  scorers,
  ...reviews,
  webhooks,
  promptOptimizationJobs,
  ...gateway,
};

afterEach(() => expect(checker.takeProblems()).toEqual([]));

it.each(Object.entries(scenarios))("answers as described: %s", async (_name, scenario) => {
  await scenario(client, { mlflowUrl, bucket });
});

it("has called", () => {
  console.log(checker.answers.size, [...checker.answers.keys()].sort().join(" "));
});
