import { KerasModelError } from "../keras-model-error.ts";

/** @throws KerasModelError naming where it is when it is not JSON. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new KerasModelError(`Expected JSON in ${name}`, { cause: error });
  }
}
