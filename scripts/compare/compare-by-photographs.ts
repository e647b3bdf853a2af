import { comparePhotographs } from "../../shared/comparison/compare-photographs.ts";
import { judgePhotographs } from "../../shared/comparison/judge-photographs.ts";
import { toAnswers } from "../../shared/evaluation/answers.ts";
import { computeCalibrationError } from "../../shared/evaluation/calibration.ts";
import { readHistory } from "../../shared/registry/read-history.ts";
import { resolveVersion } from "../../shared/registry/resolve-version.ts";
import { countOf } from "../../shared/report/format.ts";
import type { ComparisonReport } from "../../shared/schemas/comparison-report.ts";
import { createAnswer } from "../evaluate/create-answer.ts";
import { answerPhotographs } from "../../shared/labelled-photographs/answer-photographs.ts";
import { findPhotographs } from "../../shared/labelled-photographs/find-photographs.ts";
import { withPredictor } from "../evaluate/open-predictor.ts";
import { showStep } from "../progress.mjs";
import type { RegistryConnection } from "../registry/connect-registry.ts";
import { parseOnePointer } from "../registry/parse-pointer.ts";

/**
 * Compares two versions on photographs that both classify now; nothing is tracked as a prediction.
 *
 * @throws ModelError when the registry has no such version
 */
export async function compareByPhotographs(
  connection: RegistryConnection,
  name: string,
  versions: readonly [string, string],
  { folder, labels: table }: { folder: string; labels: string | undefined },
): Promise<ComparisonReport> {
  for (const version of versions) await resolveVersion(connection.mlflow, name, { version });
  const [first, second] = [
    await answerAll(name, versions[0], folder, table),
    await answerAll(name, versions[1], folder, table),
  ];
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
    history: await readHistory(connection, name, parseOnePointer({}, connection.model)),
    ...judgePhotographs(photographs, versions),
  };
}

function answerAll(name: string, version: string, folder: string, table: string | undefined) {
  return withPredictor({ version, name }, async (predictor) => {
    const { labels } = predictor.contract;
    const answer = createAnswer(predictor);
    const labelled = await findPhotographs(folder, table, labels);
    const answers = await showStep(
      `Answering ${countOf(labelled.length, "photograph")} with version ${version}`,
      (say) =>
        answerPhotographs(labelled, folder, {
          answer,
          onAnswer: (done) => {
            if (done % 100 === 0) say(String(done));
          },
        }),
    );
    return { labels, ...answers };
  });
}

type Answered = Awaited<ReturnType<typeof answerAll>>;

const errorOf = ({ photographs, labels }: Answered) =>
  computeCalibrationError(toAnswers(photographs, labels));
