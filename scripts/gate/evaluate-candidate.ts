import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { AnsweredSet, GateEvaluation, Stability } from "../../shared/comparison/judge-gate.ts";
import { ServiceError } from "../../shared/errors/service-error.ts";
import { toAnswers } from "../../shared/evaluation/answers.ts";
import { computeCalibrationError } from "../../shared/evaluation/calibration.ts";
import { inTemporaryFolder } from "../../shared/resilience/temporary-folder.ts";
import type { EvaluatedPhotograph } from "../../shared/schemas/evaluation-report.ts";
import type { Predictor } from "../../shared/schemas/model.ts";
import { createAnswer } from "../evaluate/create-answer.ts";
import { answerPhotographs } from "../../shared/labelled-photographs/answer-photographs.ts";
import type { LabelledPhotograph } from "../../shared/labelled-photographs/find-photographs.ts";
import { withPredictor } from "../evaluate/open-predictor.ts";
import { corruptions, frameAlterations } from "./alter-photograph.ts";
import type { EvaluationSet } from "./open-evaluation-set.ts";

/** How many photographs are altered: enough to know a share of 0.8 within 0.1. */
const maximumAltered = 60;

/** Asks a version, and the one that serves, about the photographs of the evaluation set. */
export async function evaluateCandidate(
  name: string,
  version: string,
  serving: string | undefined,
  set: EvaluationSet,
  say: (text: string) => void,
): Promise<GateEvaluation> {
  say(`Asking version ${version} about ${set.photographs.length} photographs`);
  const { candidate, frame, corruption } = await withPredictor({ version, name }, async (predictor) => {
    const answered = await answerAll(predictor, set.photographs, set.folder);
    const chosen = spread(set.photographs, maximumAltered);
    say(`Asking it about ${chosen.length} of them, altered`);
    return {
      candidate: answered,
      frame: await measureStability(predictor, answered, chosen, set.folder, frameAlterations),
      corruption: await measureStability(predictor, answered, chosen, set.folder, corruptions),
    };
  });
  const champion = serving === undefined ? undefined : await answerAsServing(name, serving, set, say);
  return {
    candidate,
    champion,
    calibrationError: computeCalibrationError(toAnswers(candidate.photographs, candidate.labels)),
    frame,
    corruption,
  };
}

/** Undefined when the serving version can no longer be loaded, which is no reason to refuse the candidate. */
async function answerAsServing(
  name: string,
  version: string,
  set: EvaluationSet,
  say: (text: string) => void,
): Promise<AnsweredSet | undefined> {
  say(`Asking version ${version}, which serves, about the same photographs`);
  try {
    return await withPredictor({ version, name }, (predictor) =>
      answerAll(predictor, set.photographs, set.folder),
    );
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    say(`Version ${version} cannot be asked: ${error.message}`);
    return undefined;
  }
}

async function answerAll(
  predictor: Predictor,
  photographs: readonly LabelledPhotograph[],
  folder: string,
): Promise<AnsweredSet> {
  const answers = await answerPhotographs(photographs, folder, { answer: createAnswer(predictor) });
  return { labels: predictor.contract.labels, photographs: answers.photographs };
}

/** Counts how many altered photographs keep their class. One that cannot be altered, or is then refused, is left out. */
async function measureStability(
  predictor: Predictor,
  { photographs }: AnsweredSet,
  chosen: readonly LabelledPhotograph[],
  folder: string,
  alterations: typeof corruptions,
): Promise<Stability> {
  return inTemporaryFolder("altered", async (altered) => {
    const copies: (LabelledPhotograph & { original: string })[] = [];
    for (const [number, alter] of Object.values(alterations).entries()) {
      for (const [index, photograph] of chosen.entries()) {
        const file = `${number}-${index}.png`;
        const bytes = await alter(await readFile(path.join(folder, photograph.file))).catch(() => undefined);
        if (bytes === undefined) continue;
        await writeFile(path.join(altered, file), bytes);
        copies.push({ ...photograph, file, original: photograph.file });
      }
    }
    const answers = await answerAll(predictor, copies, altered);
    return countKept(
      photographs,
      answers.photographs,
      new Map(copies.map(({ file, original }) => [file, original])),
    );
  });
}

/** @param originals from the file of each altered photograph to that of its original */
export function countKept(
  before: readonly EvaluatedPhotograph[],
  after: readonly EvaluatedPhotograph[],
  originals: ReadonlyMap<string, string>,
): Stability {
  const classes = new Map(before.map(({ file, probabilities }) => [file, highestOf(probabilities)]));
  const kept = after.filter(
    ({ file, probabilities }) => highestOf(probabilities) === classes.get(originals.get(file) ?? ""),
  );
  return { kept: kept.length, changed: after.length };
}

const highestOf = (probabilities: readonly number[]) => probabilities.indexOf(Math.max(...probabilities));

/** Picks items evenly from a list, at most `count`. */
function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, items.length / count);
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, index) => items[Math.floor(index * step)] as T,
  );
}
