import { ModelError } from "../../errors/model-error.ts";

/** @throws ModelError naming where it stands when it is no JSON. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ModelError(`Expected JSON in ${name}`, { cause: error });
  }
}
