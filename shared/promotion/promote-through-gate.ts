import { ModelError } from "../errors/model-error.ts";
import { type MovedPointer, type PromoteOptions, promoteVersion } from "../model-versions/promote-version.ts";
import { describePointer, findPointedVersion } from "../registry/pointers/pointer.ts";
import { describeGate } from "../report/gate-html.ts";
import type { GateReport } from "../schemas/gate-report.ts";
import type { VersionAccess } from "./evaluate-candidate.ts";
import { runGate } from "./run-gate.ts";

/**
 * Moves a stage or an alias to a version that passes the gate, or whose failure is overruled by `force`.
 *
 * @param force why it is moved even if the gate refuses it
 * @throws ModelError when the gate refuses the version and it is not forced, or it cannot be served
 */
export async function promoteThroughGate(
  version: string,
  force: string | undefined,
  options: PromoteOptions,
  access: VersionAccess,
): Promise<MovedPointer> {
  const { mlflow, name, pointer, onProgress: say = () => {} } = options;
  if ((await findPointedVersion(mlflow, name, pointer)) === version)
    throw new ModelError(`${name} version ${version} is ${describePointer(pointer)} already`);
  const { report, page, tried } = await runGate({ ...access, name, version, pointer, force, say });
  const words = describeGate(report);
  if (report.verdict === "failed" && (force === undefined || tried === undefined)) {
    const advice =
      tried === undefined ? "" : `\nMove it anyway: npm run promote -- ${version} --force "REASON"`;
    throw new ModelError(`${words}\n${describeFailures(report)}\nThe report: ${page}${advice}`);
  }
  say(`${words} The report: ${page}`);
  const forced = report.verdict === "failed" ? force : undefined;
  return promoteVersion(version, { ...options, tried, forced });
}

const describeFailures = ({ checks }: GateReport) =>
  checks
    .filter(({ status }) => status === "failed")
    .map(({ name, text }) => `  ${name.replaceAll("_", " ")}: ${text}`)
    .join("\n");
