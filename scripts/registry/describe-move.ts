import type { ModelDifference } from "../../shared/model-versions/compare-models.ts";
import { type AuditEntry, describeAuditEntry } from "../../shared/registry/pointers/audit.ts";
import { describeWish, wishFrom } from "../../shared/registry/resolve-version.ts";
import { staleAfterMs } from "../../shared/serving/look-after-pause.ts";
import type { ModelSettings } from "../../shared/settings/model.ts";

/** Describes a move: `Production: version 3 (before: 2), promoted by ana at 2026-11-25T10:00:00.000Z`. */
export function describeEntry(entry: AuditEntry): string {
  return `${describeAuditEntry(entry)} at ${entry.at}`;
}

/** Describes what callers will notice, one line per field. */
export function describeDifferences(
  differences: readonly ModelDifference[] | undefined,
  { from, to }: Pick<AuditEntry, "from" | "to">,
): string {
  if (from === null) return "Nothing was there before.";
  if (differences === undefined) return `Version ${from} cannot be compared: npm run models says why.`;
  if (differences.length === 0) return `Labels, picture, engine and size are those of version ${from}.`;
  const width = Math.max(...differences.map(({ field }) => field.length));
  return [
    `What version ${to} changes:`,
    ...differences.map(({ field, before, after }) => `  ${field.padEnd(width)}  ${before}  ->  ${after}`),
  ].join("\n");
}

/** Whether services with these settings follow a move. */
export function followsMove(
  { pointer }: Pick<AuditEntry, "pointer">,
  name: string,
  settings: ModelSettings,
): boolean {
  if (!settings.enableRegistry || settings.modelName !== name) return false;
  const wish = wishFrom(settings);
  if ("version" in wish) return false;
  if ("alias" in wish) return pointer === `@${wish.alias}`;
  return pointer.toLowerCase() === wish.stage.toLowerCase();
}

/** Describes in a sentence whether services follow a move, and when. */
export function describeEffect(
  entry: AuditEntry,
  name: string,
  settings: ModelSettings,
  challengerAlias?: string,
): string {
  if (followsMove(entry, name, settings))
    return `Running services look for it at most every ${settings.refreshSeconds} s (MODEL_REFRESH_SECONDS): after an answer, or before it if the last look was ${staleAfterMs(settings) / 1000} s ago.`;
  if (settings.enableRegistry && settings.modelName === name && entry.pointer === `@${challengerAlias}`)
    return `Running services try it after their answers: they look it up every ${settings.refreshSeconds} s (MODEL_REFRESH_SECONDS), and GET /health shows it.`;
  const serves = settings.enableRegistry
    ? `${settings.modelName}, ${describeWish(wishFrom(settings))} (MLFLOW_MODEL_NAME, MODEL_STAGE, MODEL_ALIAS, MODEL_VERSION)`
    : "the packaged model (ENABLE_MODEL_REGISTRY)";
  return `Services with these settings do not follow it: they serve ${serves}.`;
}
