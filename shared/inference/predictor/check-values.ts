import { ModelError } from "../../errors/model-error.ts";
import type { Normalization } from "../../image/preprocessing/normalize-values.ts";
import { defaultModelName, type ModelIdentity } from "../../schemas/model.ts";
import { describeTag } from "./describe-tag.ts";
import type { TrialAnswer } from "./kept-trial.ts";
import { type AnswerForm, toProbabilities } from "./to-probabilities.ts";

export interface ValuesQuestion {
  /** What would be assumed, because the version does not say it. */
  normalization: Normalization;
  /** Answers to the trial pictures with these values. */
  answers: readonly TrialAnswer[];
  form: AnswerForm;
  /** Answers to the same pictures with other values. */
  ask: (normalization: Normalization) => Promise<TrialAnswer[]>;
  /** A graph without one is not a network for photographs, and may be sure of everything. */
  hasConvolution: boolean;
  /**
   * The default model's 0..255 is assumed with better reason than another's: the replaced service gave it those values.
   */
  identity: ModelIdentity;
}

const plain = { channel_order: "rgb", mean: [0, 0, 0], std: [1, 1, 1] } as const;
const withRange = (low: number, high: number): Normalization => ({
  ...plain,
  mean: [...plain.mean],
  std: [...plain.std],
  value_range: [low, high],
});

/**
 * From this spread on, an answer to the photograph at 0..255 is too certain. A spread is the largest difference of log
 * probabilities between trial pictures and black. Nine networks trained on 0..255 reached 19 at most, and twelve
 * trained on 0..1, -1..1 or ImageNet's statistics 35 at least
 * (docs/decisions/2026-11-28-values-are-read-from-answers.md).
 */
const certainFrom = 25;
/** A network distinguishes pictures from the first of these spreads on, and does not below the second. */
const visibleFrom = 1;
const blindBelow = 0.2;
/** An untrained network with a convolution stays below this spread. */
const trainedFrom = 3;
/** Answers whose probabilities differ by at most this are the same. */
const sameWithin = 0.02;

/**
 * Compares the values that would be assumed with what a graph answers: a network that was trained on 0..255 cannot tell
 * pictures of 0..1 from black, and one that was trained on 0..1 answers every picture of 0..255 with certainty.
 *
 * @throws ModelError, with the line to add, when the answers contradict the assumption or leave it open. A version of
 *   the default model is refused only if it was trained: an untrained network has no values to be wrong about
 */
export async function checkValues(question: ValuesQuestion): Promise<void> {
  const { normalization, answers, form, ask, hasConvolution, identity } = question;
  if (!hasConvolution) return;
  if (normalization.value_range[1] <= 2) return checkImplied(question);

  const asked = [await ask(withRange(0, 1)), await ask(withRange(-1, 1))];
  const small = asked.filter((others) => areAnswers(others, form));
  if (small.every((others) => areSame(answers, others, form))) return;
  const smallSpread = Math.max(...small.map((others) => spreadOf(others, form)));
  const isCertain = spreadOf(answers.slice(0, 2), form) >= certainFrom;
  const isDoubtful =
    identity.name === defaultModelName ? smallSpread >= trainedFrom : isCertain || smallSpread >= visibleFrom;
  if (!isDoubtful) return;
  throw new ModelError(
    isCertain
      ? `Nothing declares the range of its values. Given 0..255, which would be assumed, it answers a photograph with full certainty, as a model that was trained on smaller values does. ${linesToAdd(identity)}`
      : `Nothing declares the range of its values, and its answers do not show it: it distinguishes pictures of 0..255 as well as pictures of 0..1. ${linesToAdd(identity)}`,
  );
}

/** Mean and std alone imply 0..1, in which a graph that rescales values itself sees nothing but black. */
async function checkImplied({ answers, form, ask }: ValuesQuestion): Promise<void> {
  if (spreadOf(answers, form) >= blindBelow) return;
  const others = await ask(withRange(0, 255));
  if (!areAnswers(others, form) || spreadOf(others, form) < visibleFrom) return;
  throw new ModelError(
    "Its mean and std imply values 0..1, but it distinguishes pictures only at 0..255: its graph may rescale them itself. " +
      'Say which it takes: metadata={"value_range": "0,1"} or {"value_range": "0,255"} beside mean and std, or a tag of the version',
  );
}

function linesToAdd(identity: ModelIdentity): string {
  const tag = describeTag(identity, "value_range", "0,1");
  return (
    `Say what it was trained on: metadata={"value_range": "0,1"} at log_model${tag === undefined ? "" : `, or for this version ${tag}`} (pixels divided by 255); ` +
    'likewise "value_range": "-1,1", "normalization": "imagenet" (torchvision\'s Normalize), or "value_range": "0,255" if it takes pixels as they are'
  );
}

/** A graph may fail on values that it was not made for. */
function areAnswers(answers: readonly TrialAnswer[], form: AnswerForm): boolean {
  try {
    for (const { output } of answers) toProbabilities(output, form);
    return true;
  } catch {
    return false;
  }
}

/** How far answers to the pictures lie from the answer to black, the second of them. */
function spreadOf(answers: readonly TrialAnswer[], form: AnswerForm): number {
  const [black = [], ...others] = [answers[1], ...answers].map((answer) => logarithmsOf(answer, form));
  return Math.max(
    ...others.flatMap((values) => values.map((value, index) => Math.abs(value - (black[index] ?? 0)))),
  );
}

const smallestFloat = 1e-37;

/** Logarithms of each class's probability, and, where each class has one of its own, of its complement. */
function logarithmsOf(answer: TrialAnswer | undefined, form: AnswerForm): number[] {
  if (answer === undefined) return [];
  const probabilities = [...toProbabilities(answer.output, form)];
  const values = form.isMultiLabel ? [...probabilities, ...probabilities.map((p) => 1 - p)] : probabilities;
  return values.map((value) => Math.log(Math.max(value, smallestFloat)));
}

function areSame(first: readonly TrialAnswer[], second: readonly TrialAnswer[], form: AnswerForm): boolean {
  return first.every(({ output }, index) => {
    const other = second[index] && toProbabilities(second[index].output, form);
    return toProbabilities(output, form).every(
      (value, unit) => Math.abs(value - (other?.[unit] ?? Number.NaN)) <= sameWithin,
    );
  });
}
