import { ModelError } from "../../errors/model-error.ts";
import { type Normalization, normalizeValues } from "../../image/preprocessing/normalize-values.ts";
import type { EngineSession } from "../engines/inference-engine.ts";
import { arrangePixels, type ImageInput, shapeOfInput } from "./image-input.ts";
import { keepTrial, readKeptTrial, type Trial, type TrialAnswer } from "./kept-trial.ts";
import { type AnswerForm, toProbabilities } from "./to-probabilities.ts";
import { type TrialPicture, trialPictures } from "./trial-pictures.ts";

/**
 * Tries a graph with the trial pictures. The first run of an engine is slow, so this also keeps it out of the first
 * request.
 *
 * @param folder where the trial is kept beside the graph. Where it is, the photograph alone is run again: an engine that
 *   answers it as before answers the others as before.
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
  if (kept && isSame(first.output, kept.answers[0]?.output))
    return { answers: [first, ...kept.answers.slice(1)], facts: kept.facts };
  const answers = [first];
  for (const picture of others) answers.push(await runPicture(session, input, normalization, picture));
  const trial = { answers, facts: session.readFacts() };
  if (folder) await keepTrial(folder, input, normalization, trial);
  return trial;
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
  return { name, output, featureCount: features?.length };
}

/**
 * Two answers to one picture are the same within this relative difference, because threads may add in another order.
 * What is no number at all is refused elsewhere.
 */
const sameWithin = 1e-3;

function isSame(output: Float32Array, before: ArrayLike<number> = []): boolean {
  return (
    output.length === before.length &&
    output.every((value, unit) => {
      const other = before[unit] as number;
      return !(Math.abs(value - other) > sameWithin * Math.max(1, Math.abs(other)));
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
  if (isSame(again, first?.output)) return;
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
