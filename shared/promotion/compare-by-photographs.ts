import { comparePhotographs } from "../comparison/compare-photographs.ts";
import { judgePhotographs } from "../comparison/judge-photographs.ts";
import { toAnswers } from "../evaluation/answers.ts";
import { computeCalibrationError } from "../evaluation/calibration.ts";
import { expectOneClass } from "../evaluation/expect-one-class.ts";
import { nameVersion } from "../inference/name-version.ts";
import type { Answers } from "../labelled-photographs/answer-photographs.ts";
import { findPhotographs, type LabelledPhotograph } from "../labelled-photographs/find-photographs.ts";
import { withVersion } from "../model-versions/open-version.ts";
import type { Pointer } from "../registry/pointers/pointer.ts";
import { readHistory } from "../registry/pointers/read-history.ts";
import { resolveVersion } from "../registry/resolve-version.ts";
import type { ComparisonReport } from "../schemas/comparison-report.ts";
import type { Predictor } from "../schemas/model.ts";
import type { ServiceRegistry } from "./service-registry.ts";

export interface PhotographComparisonOptions {
  folder: string;
  /** Table of the photographs' labels; without it their folders say them. */
  labels: string | undefined;
  /** The pointer whose history is told. */
  pointer: Pointer;
  /** Lets a version answer photographs as the service would. */
  answerAll: (
    labelled: readonly LabelledPhotograph[],
    predictor: Predictor,
    version: string,
  ) => Promise<Answers>;
}

/**
 * Compares two versions on photographs that both classify now; nothing is tracked as a prediction.
 *
 * @throws ModelError when the registry has no such version; InputError when the photographs are not as expected
 */
export async function compareByPhotographs(
  registry: ServiceRegistry,
  name: string,
  versions: readonly [string, string],
  { folder, labels: table, pointer, answerAll }: PhotographComparisonOptions,
): Promise<ComparisonReport> {
  for (const version of versions) await resolveVersion(registry.mlflow, name, { version });
  const answer = (version: string) =>
    withVersion({ name, version }, registry, async (predictor) => {
      expectOneClass(nameVersion(predictor.identity), predictor.contract);
      const { labels } = predictor.contract;
      const labelled = await findPhotographs(folder, table, labels);
      return { labels, ...(await answerAll(labelled, predictor, version)) };
    });
  const [first, second] = [await answer(versions[0]), await answer(versions[1])];
  const photographs = comparePhotographs(
    [first.photographs, second.photographs],
    [first.labels, second.labels],
    [errorOf(first), errorOf(second)],
    [...first.unanswered, ...second.unanswered],
  );
  return {
    model: name,
    compared: [...versions],
    compared_at: new Date().toISOString(),
    period: null,
    versions: null,
    agreement: null,
    differing: [],
    paired: null,
    ab_test: null,
    photographs,
    history: await readHistory(registry, name, pointer),
    ...judgePhotographs(photographs, versions),
  };
}

const errorOf = ({ photographs, labels }: Answers & { labels: readonly string[] }) =>
  computeCalibrationError(toAnswers(photographs, labels));
