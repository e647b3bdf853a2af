import type { VersionWish } from "../../registry/resolve-version.ts";
import type { CurrentModel } from "./current-model.ts";
import { stageOf } from "./describe-state.ts";
import type { LoadAttempt } from "./model-service-types.ts";

export type LoadReport = ReturnType<typeof createLoadReport>;

/** Returns a function that tells `onLoad` of an attempt. */
export function createLoadReport(
  onLoad: (event: LoadAttempt) => void,
  wish: VersionWish,
  current: CurrentModel,
  clock: () => number,
) {
  /** The version before had the stage or the alias, but no longer has it. */
  const isOfPointer = ({ success, identity }: Pick<LoadAttempt, "success" | "identity">) =>
    identity.source === "mlflow_registry" && !(success && current.serving()?.from === "registry_before");

  return (outcome: Pick<LoadAttempt, "success" | "reason" | "identity">, startedMs: number): void => {
    const predictor = outcome.success ? current.serving()?.predictor : undefined;
    onLoad({
      ...outcome,
      loadTimeSeconds: secondsSince(startedMs, clock()),
      classNames: predictor?.contract.labels ?? [],
      ...(isOfPointer(outcome) && stageOf(wish)),
      ...(predictor && { engine: predictor.engine }),
    });
  };
}

/** At least 0: somebody may set the clock back meanwhile. */
export const secondsSince = (startedMs: number, nowMs: number): number =>
  Math.max(nowMs - startedMs, 0) / 1000;
