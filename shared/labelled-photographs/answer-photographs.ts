import { readFile } from "node:fs/promises";
import path from "node:path";
import { RequestError } from "../errors/request-error.ts";
import type { EvaluatedPhotograph, UnansweredPhotograph } from "../schemas/evaluation-report.ts";
import type { LabelledPhotograph } from "./find-photographs.ts";

export interface Answers {
  photographs: EvaluatedPhotograph[];
  unanswered: UnansweredPhotograph[];
}

/**
 * Answers one photograph as the service would.
 *
 * @returns the probability of each class, 0..1, in the order of the model's classes, and how far the answer may be relied on
 * @throws RequestError when the service would refuse it
 */
export type AnswerPhotograph = (
  bytes: Buffer,
) => Promise<Pick<EvaluatedPhotograph, "probabilities" | "decision">>;

/**
 * Has each photograph answered, one after another. Those that are refused, and those whose file is missing, are listed with the
 * reason.
 *
 * @param folder what the photographs' paths are relative to
 */
export async function answerPhotographs(
  labelled: readonly LabelledPhotograph[],
  folder: string,
  { answer, onAnswer = () => {} }: { answer: AnswerPhotograph; onAnswer?: (done: number) => void },
): Promise<Answers> {
  const answers: Answers = { photographs: [], unanswered: [] };
  for (const [index, photograph] of labelled.entries()) {
    try {
      const bytes = await readFile(path.join(folder, photograph.file));
      answers.photographs.push({ ...photograph, ...(await answer(bytes)) });
    } catch (error) {
      answers.unanswered.push({ file: photograph.file, reason: explainRefusal(error) });
    }
    onAnswer(index + 1);
  }
  return answers;
}

/** Explains why the service refused a photograph, or that its file is missing; throws any other error, a fault of the evaluation. */
function explainRefusal(error: unknown): string {
  if (error instanceof RequestError) return error.message;
  if ((error as NodeJS.ErrnoException).code === "ENOENT")
    return "Expected this file in the folder but it is not there";
  throw error;
}
