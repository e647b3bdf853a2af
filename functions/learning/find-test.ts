import type { StoreLocation } from "../../shared/aws/store-location.ts";
import { computeLogComparison } from "../../shared/comparison/comparison-report.ts";
import { isOfTest, takeoverAnswers } from "../../shared/comparison/judge-ab-test.ts";
import { parseTestSince } from "../../shared/comparison/test-since.ts";
import { readRecentPredictions } from "../../shared/inference-log/read-window.ts";
import { createLabelStore, orderByFirstLabel } from "../../shared/labels/label-store.ts";
import type { MlflowClient } from "../../shared/mlflow/index.ts";
import { findVersion } from "../../shared/registry/resolve-version.ts";
import { testEndedTag } from "../../shared/schemas/challenger-state.ts";
import type { PredictionRecord } from "../../shared/schemas/inference-record.ts";
import { dayLengthMs } from "../../shared/time/durations.ts";
import type { RunningTest } from "./watch-test.ts";

/** Guardrails judge only the newest requests of a test. */
const maximumPredictions = 20_000;
const maximumAgeMs = 30 * dayLengthMs;

/** The A/B test of the version with the challenger's alias; undefined when it was ended, or the champion's arm has no request. */
export async function findTest(
  name: string,
  alias: string,
  { mlflow, location, nowMs }: { mlflow: MlflowClient; location: StoreLocation; nowMs: number },
): Promise<RunningTest | undefined> {
  const reference = await findVersion(mlflow, name, { alias });
  if (reference === undefined || reference.tags[testEndedTag] !== undefined) return undefined;
  const { records, isComplete } = await readRecentPredictions(location, {
    limit: maximumPredictions,
    nowMs,
    maximumAgeMs,
  });
  const testSinceMs = parseTestSince(reference, nowMs);
  const assigned = records
    .filter((record) => isOfTest(record, name, reference.version))
    .filter((record) => record.timestamp_ms >= testSinceMs);
  const champion = findChampion(assigned);
  if (champion === undefined) return undefined;
  const sinceMs = assigned[0]?.timestamp_ms ?? nowMs;
  const labels = await createLabelStore(location).readPeriod({ sinceMs, untilMs: nowMs });
  return {
    challenger: reference.version,
    champion,
    compare: () =>
      computeLogComparison(
        {
          predictions: assigned,
          shadows: [],
          labels: orderByFirstLabel(labels),
        },
        [champion, reference.version],
        {
          model: name,
          compared_at: new Date(nowMs).toISOString(),
          period: {
            from: new Date(sinceMs).toISOString(),
            to: new Date(nowMs).toISOString(),
            complete: isComplete,
          },
          history: [],
          ended: undefined,
        },
      ),
  };
}

/**
 * The version that gave most of the newest answers in the champion's arm; of two with as many, the one that answered last. The
 * newest answer alone may come from an environment that has not picked up a promotion yet.
 */
function findChampion(assigned: readonly PredictionRecord[]): string | undefined {
  const versions = assigned
    .filter(({ experiment, model }) => experiment?.arm === "champion" && model.source !== "local_file")
    .map(({ model }) => model.version)
    .slice(-takeoverAnswers)
    .reverse();
  const countOf = (version: string) => versions.filter((other) => other === version).length;
  return versions.toSorted((a, b) => countOf(b) - countOf(a))[0];
}
