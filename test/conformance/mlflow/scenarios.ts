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
import * as traces from "./scenarios/traces.ts";
import { webhooks } from "./scenarios/webhooks.ts";

const { newTrace: _, ...tracesAndAssessments } = traces;

export const scenarios: Record<string, Scenario> = {
  ...server,
  experiments,
  ...runs,
  metrics,
  ...registry,
  loggedModels,
  ...artifacts,
  ...tracesAndAssessments,
  evaluationDatasets,
  scorers,
  ...reviews,
  webhooks,
  promptOptimizationJobs,
  ...gateway,
};

/** A few of them for a user of a server with access control, which checks a password hash with each request. */
export const scenariosOfUser: Record<string, Scenario> = {
  experiments,
  modelVersions: registry.modelVersions,
  loggedModels,
  runArtifacts: artifacts.runArtifacts,
};
