import { ModelError } from "../../errors/model-error.ts";
import { type Normalization, normalizeValues } from "../../image/preprocessing/normalize-values.ts";
import type { PixelTensor } from "../../schemas/model.ts";
import type { EngineSession } from "../engines/inference-engine.ts";
import { arrangePixels, type ImageInput, shapeOfInput } from "./image-input.ts";
import { type AnswerForm, toProbabilities } from "./to-probabilities.ts";
import { createTrialPictures, type TrialPicture } from "./trial-pictures.ts";

/** A trial picture's name and what the graph answered. */
export interface TrialAnswer {
  name: string;
  output: Float32Array;
  /** How many features came with it. */
  featureCount: number | undefined;
}

/**
 * Runs a graph on every trial picture. The first run of an engine is slow, so this also keeps it out of the first
 * request.
 */
export async function runTrial(
  session: EngineSession,
  input: ImageInput,
  normalization: Normalization,
): Promise<TrialAnswer[]> {
  const { height, width } = input;
  const answers: TrialAnswer[] = [];
  for (const { name, values } of createTrialPictures(height, width)) {
    const pixels: PixelTensor = { data: normalizeValues(values, normalization), height, width };
    const { output, features } = await session.run(arrangePixels(pixels, input), shapeOfInput(input));
    answers.push({ name, output, featureCount: features?.length });
  }
  return answers;
}

/** What a graph gives for the photograph among the trial pictures. */
export async function runPhotograph(
  session: EngineSession,
  input: ImageInput,
  normalization: Normalization,
): Promise<Float32Array> {
  const { height, width } = input;
  const { values } = createTrialPictures(height, width)[0] as TrialPicture;
  const pixels: PixelTensor = { data: normalizeValues(values, normalization), height, width };
  return (await session.run(arrangePixels(pixels, input), shapeOfInput(input))).output;
}

/**
 * Two answers to one picture are the same within this relative difference, because threads may add in another order.
 */
const sameWithin = 1e-3;

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
  const hasChanged = again.some((value, unit) => {
    const before = first?.output[unit] ?? Number.NaN;
    return Math.abs(value - before) > sameWithin * Math.max(1, Math.abs(before));
  });
  if (!hasChanged) return;
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
