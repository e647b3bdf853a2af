import type { ModelIdentity } from "../schemas/model.ts";

/** Stands for the number of a version while it is tried before it is registered. */
export const newVersion = "new";

/** Names a version at the beginning of a sentence: `Version 7 of eye-disease-model`. */
export function nameVersion({ name, version }: Pick<ModelIdentity, "name" | "version">): string {
  return version === newVersion ? `The new version of ${name}` : `Version ${version} of ${name}`;
}
