import type { VersionWish } from "../../registry/resolve-version.ts";
import type { CurrentModel } from "./current-model.ts";
import type { ModelState } from "./model-service-types.ts";

/** What is known of the model that serves, and of the one that should. */
export function describeState(current: CurrentModel, wish: VersionWish): Omit<ModelState, "wanted"> {
  const serving = current.serving();
  const failure = current.failure();
  return {
    loaded: serving !== undefined,
    classNames: [...(serving?.predictor.contract.labels ?? [])],
    contractBy: { ...serving?.predictor.contractBy },
    ...(serving && {
      identity: serving.files.identity,
      engine: serving.predictor.engine,
      loadTimeSeconds: serving.predictor.loadTimeSeconds,
      loadedAtMs: serving.loadedAtMs,
      loadedFrom: serving.from,
      ...(serving.from === "registry" && stageOf(wish)),
    }),
    ...(failure && { failure }),
  };
}

/** The stage or the alias (`@champion`) that decides which version serves; neither for a pinned number. */
export function stageOf(wish: VersionWish): { stage?: string } {
  if ("stage" in wish) return { stage: wish.stage };
  return "alias" in wish ? { stage: `@${wish.alias}` } : {};
}
