import { promoteVersion } from "../model-versions/promote-version.ts";
import { runGate } from "../promotion/run-gate.ts";
import { findPointedVersion, movePointer } from "../registry/pointers/pointer.ts";
import { describeGate } from "../report/gate-html.ts";
import type { GateReport } from "../schemas/gate-report.ts";
import type { RetrainingOptions } from "./retraining-options.ts";

/**
 * Asks the gate about a candidate. One that fails no check becomes the challenger. Only if RETRAINING_PROMOTE says so does one
 * that passes every check serve at once.
 *
 * @returns what was done, in words
 */
export async function admitCandidate(
  version: string,
  { registry, createAnswer, name, pointer, challengerAlias, settings, say = () => {} }: RetrainingOptions,
): Promise<string> {
  const { mlflow, store, model, service } = registry;
  const { report, page, tried } = await runGate({
    registry,
    createAnswer,
    name,
    version,
    pointer,
    say,
  });
  const words = describeGate(report);
  const place = placeOf(report.verdict, settings.promote);
  if (place === "none") return `Version ${version} goes no further. ${words}\nThe report: ${page}`;
  const alias = { alias: challengerAlias };
  if ((await findPointedVersion(mlflow, name, alias)) !== version)
    await movePointer(mlflow, { name, pointer: alias, to: version, action: "promote" });
  if (place === "challenger")
    return `Version ${version} is the challenger (@${challengerAlias}). ${words}\nThe report: ${page}`;
  if ((await findPointedVersion(mlflow, name, pointer)) !== version) {
    const { experimentName } = service;
    await promoteVersion(version, {
      mlflow,
      store,
      name,
      engine: model.engine,
      pointer,
      experimentName,
      tried,
    });
  }
  return `Version ${version} serves (RETRAINING_PROMOTE). ${words}\nThe report: ${page}`;
}

/** Where a candidate goes: nowhere if it fails; to Production if it passes every check and may be promoted; else it is tried. */
export function placeOf(
  verdict: GateReport["verdict"],
  promotes: boolean,
): "none" | "challenger" | "production" {
  if (verdict === "failed") return "none";
  return promotes && verdict === "passed" ? "production" : "challenger";
}
