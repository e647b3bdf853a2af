import { parseReferenceWindow } from "../drift/reference/reference-window.ts";
import { ModelError } from "../errors/model-error.ts";

/**
 * Checks the reference window that is to be registered with a version: the drift job could not use it otherwise, and would
 * say so only when somebody reads its report.
 *
 * @param labels classes of the version
 * @throws ModelError for a line that is not a prediction, or one of other classes, or when there are too few
 */
export function checkReferenceWindow(text: string, file: string, labels: readonly string[]): void {
  try {
    for (const { probabilities } of parseReferenceWindow(text, file).rows) {
      const classes = Object.keys(probabilities);
      if (classes.length !== labels.length || classes.some((name) => !labels.includes(name)))
        throw new RangeError(
          `Expected probabilities of ${labels.join(", ")} in the reference window ${file} but received those of ${classes.join(", ")}`,
        );
    }
  } catch (error) {
    if (error instanceof RangeError) throw new ModelError(error.message, { cause: error });
    throw error;
  }
}
