import { ModelError } from "../../errors/model-error.ts";
import { type Normalization, normalizeValues } from "../../image/preprocessing/normalize-values.ts";
import type { EngineSession } from "../engines/inference-engine.ts";
import { arrangePixels, type ImageInput, shapeOfInput } from "./image-input.ts";
import { keepTrial, readKeptTrial, type Trial, type TrialAnswer } from "./kept-trial.ts";
import { type AnswerForm, toProbabilities } from "./to-probabilities.ts";
import { type TrialPicture, trialPictures } from "./trial-pictures.ts";

/** A kept graph does not answer as it did when it was kept: its files were damaged since. */
export class ChangedGraphError extends ModelError {
  readonly folder: string;

  constructor(folder: string) {
    super(
      `Its graph in ${folder} no longer answers as it did when it was kept: a file is damaged. Remove that folder`,
    );
    this.folder = folder;
  }
}

/**
 * Tries a graph with the trial pictures. The first run of an engine is slow, so this also keeps it out of the first
 * request.
 *
 * @param folder where the trial is kept beside the graph. Where it is, the photograph alone is run again: a graph that
 *   answers it as before, in its features as well, answers the others as before.
 * @throws ChangedGraphError when it answers the photograph in another way
 */
export async function runTrial(
  session: EngineSession,
  input: ImageInput,
  normalization: Normalization,
  folder?: string,
): Promise<Trial> {
  const [photograph, ...others] = trialPictures;
  const first = await runPicture(session, input, normalization, photograph);
  const kept = folder && (await readKeptTrial(folder, input, normalization));
  if (folder && kept) {
    const [before, ...rest] = kept.answers;
    if (before && isSame(first.output, before.output) && hasSameFeatures(first, before))
      return { answers: [first, ...rest], facts: kept.facts };
    throw new ChangedGraphError(folder);
  }
  const answers = [first];
  for (const picture of others) answers.push(await runPicture(session, input, normalization, picture));
  const facts = session.readFacts();
  // What could not be read once may be read next time.
  if (facts === undefined) return { answers, facts: { ending: "unknown", hasConvolution: false } };
  if (folder) await keepTrial(folder, input, normalization, { answers, facts });
  return { answers, facts };
}

/** What a graph gives for the photograph among the trial pictures. */
export async function runPhotograph(
  session: EngineSession,
  input: ImageInput,
  normalization: Normalization,
): Promise<Float32Array> {
  return (await runPicture(session, input, normalization, trialPictures[0])).output;
}

async function runPicture(
  session: EngineSession,
  input: ImageInput,
  normalization: Normalization,
  { name, create }: TrialPicture,
): Promise<TrialAnswer> {
  const { height, width } = input;
  const data = normalizeValues(create(height, width), normalization);
  const pixels = arrangePixels({ data, height, width }, input);
  const { output, features } = await session.run(pixels, shapeOfInput(input));
  return { name, output, features };
}

/** Two answers to one picture are the same within this relative difference, because threads may add in another order. */
const sameWithin = 1e-3;

/** What is no number at all counts as the same: it is refused elsewhere. */
function isSame(output: Float32Array, before: Float32Array): boolean {
  return isNear(output, before, (value) => Math.max(1, Math.abs(value)));
}

const none = new Float32Array();

function hasSameFeatures(
  { features = none }: TrialAnswer,
  { features: before = none }: TrialAnswer,
): boolean {
  const largest = before.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return isNear(features, before, () => largest);
}

function isNear(values: Float32Array, before: Float32Array, scaleOf: (value: number) => number): boolean {
  return (
    values.length === before.length &&
    values.every((value, i) => {
      const other = before[i] as number;
      return !(Math.abs(value - other) > sameWithin * scaleOf(other));
    })
  );
}

/**
 * Runs the graph on the first trial picture again.
 *
 * @throws ModelError when the answer differs: a graph that was exported with dropout active answers at random
 */
export async function assertRepeatable(
  session: EngineSession,
  input: ImageInput,
  normalization: Normalization,
  [first]: readonly TrialAnswer[],
): Promise<void> {
  const again = await runPhotograph(session, input, normalization);
  if (first && isSame(again, first.output)) return;
  throw new ModelError(
    "It answers the same picture differently each time: a layer that belongs to training, such as dropout, is at work in its graph. " +
      "Export it for prediction: in PyTorch after model.eval(), in Keras without training=True",
  );
}

/** @throws ModelError naming the picture that is not answered with probabilities */
export function checkAnswers(answers: readonly TrialAnswer[], form: AnswerForm): void {
  for (const { name, output } of answers) {
    try {
      toProbabilities(output, form);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ModelError(`Tried with a ${name}: ${reason}`, { cause: error });
    }
  }
}
