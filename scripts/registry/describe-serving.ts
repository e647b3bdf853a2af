import type { ServiceState } from "../../shared/serving/service-state.ts";

/**
 * Finds which version of a registered model predict last reported that it serves; undefined when it serves another model, the
 * packaged one, or none.
 */
export function findServingVersion(state: ServiceState | undefined, name: string): string | undefined {
  const { model } = state ?? {};
  return model?.source === "mlflow_registry" && model.name === name ? model.version : undefined;
}

/** Describes which version predict last reported that it serves and, if it is not the wanted one, why. */
export function describeServing(state: ServiceState | undefined): string {
  if (state === undefined) return "No environment of predict has reported what it serves yet.";
  const { model, reported_at: at, session_name: session, failure_reason: reason } = state;
  const what =
    model === undefined
      ? "no model"
      : model.source === "local_file"
        ? `the packaged model (${model.version})`
        : `${model.name} version ${model.version}`;
  const report = `Predict last reported that it serves ${what} (${session}, ${at}).`;
  return reason === undefined ? report : `${report}\nWhy not the wanted version: ${reason}`;
}
