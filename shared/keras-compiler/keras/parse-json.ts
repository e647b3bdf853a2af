import { KerasModelError } from "../keras-model-error.ts";

/** @throws KerasModelError with `name` when the text is not JSON */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new KerasModelError(`Expected JSON in ${name}`, { cause: error });
  }
}
