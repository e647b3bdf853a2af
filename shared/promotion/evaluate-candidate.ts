import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { AnsweredSet, GateEvaluation, Stability } from "../comparison/judge-gate.ts";
import { InputError } from "../errors/input-error.ts";
import { ServiceError } from "../errors/service-error.ts";
import { toAnswers } from "../evaluation/answers.ts";
import { computeCalibrationError } from "../evaluation/calibration.ts";
import { expectOneClass } from "../evaluation/expect-one-class.ts";
import { corruptions, frameAlterations } from "../image/alter-photograph.ts";
import { nameVersion } from "../inference/name-version.ts";
import { type AnswerPhotograph, answerPhotographs } from "../labelled-photographs/answer-photographs.ts";
import type { LabelledPhotograph } from "../labelled-photographs/find-photographs.ts";
import { withVersion } from "../model-versions/open-version.ts";
import { inTemporaryFolder } from "../resilience/temporary-folder.ts";
import type { EvaluatedPhotograph } from "../schemas/evaluation-report.ts";
import type { Predictor } from "../schemas/model.ts";
import type { EvaluationSet } from "./open-evaluation-set.ts";
import type { ServiceRegistry } from "./service-registry.ts";

/** How many photographs are altered: enough to know a share of 0.8 within 0.1. */
const maximumAltered = 60;

/** Where versions are, and how they are asked. */
export interface VersionAccess {
  registry: ServiceRegistry;
  /** Lets a version answer photographs as the service would. */
  createAnswer: (predictor: Predictor) => AnswerPhotograph;
}

/** Answers photographs of a folder with the version that is loaded. */
type AnswerAll = (photographs: readonly LabelledPhotograph[], folder: string) => Promise<AnsweredSet>;

/**
 * Asks a version, and the one that serves, about the photographs of the evaluation set.
 *
 * @param serving the version that serves, if there is one
 */
export async function evaluateCandidate(
  { name, version, serving }: { name: string; version: string; serving: string | undefined },
  set: EvaluationSet,
  access: VersionAccess,
  say: (text: string) => void,
): Promise<GateEvaluation> {
  say(`Asking version ${version} about ${set.photographs.length} photographs`);
  const { candidate, frame, corruption } = await askVersion({ name, version }, access, async (answerAll) => {
    const answered = await answerAll(set.photographs, set.folder);
    const chosen = spread(set.photographs, maximumAltered);
    say(`Asking it about ${chosen.length} of them, altered`);
    return {
      candidate: answered,
      frame: await measureStability(answerAll, answered, chosen, set.folder, frameAlterations),
      corruption: await measureStability(answerAll, answered, chosen, set.folder, corruptions),
    };
  });
  const champion =
    serving === undefined ? undefined : await answerAsServing({ name, version: serving }, set, access, say);
  return {
    candidate,
    champion,
    calibrationError: computeCalibrationError(toAnswers(candidate.photographs, candidate.labels)),
    frame,
    corruption,
  };
}

/** Undefined when the serving version can no longer be loaded or compared, which is no reason to refuse the candidate. */
async function answerAsServing(
  { name, version }: { name: string; version: string },
  set: EvaluationSet,
  access: VersionAccess,
  say: (text: string) => void,
): Promise<AnsweredSet | undefined> {
  say(`Asking version ${version}, which serves, about the same photographs`);
  try {
    return await askVersion({ name, version }, access, (answerAll) => answerAll(set.photographs, set.folder));
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof InputError)) throw error;
    say(`Version ${version} cannot be asked: ${error.message}`);
    return undefined;
  }
}

function askVersion<T>(
  wanted: { name: string; version: string },
  { registry, createAnswer }: VersionAccess,
  work: (answerAll: AnswerAll) => Promise<T>,
): Promise<T> {
  return withVersion(wanted, registry, (predictor) => {
    expectOneClass(nameVersion(predictor.identity), predictor.contract);
    const { labels } = predictor.contract;
    const answer = createAnswer(predictor);
    return work(async (photographs, folder) => ({
      labels,
      photographs: (await answerPhotographs(photographs, folder, { answer })).photographs,
    }));
  });
}

/** Counts how many altered photographs keep their class. One that cannot be altered, or is then refused, is left out. */
async function measureStability(
  answerAll: AnswerAll,
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
    const answers = await answerAll(copies, altered);
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
