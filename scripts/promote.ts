// npm run promote -- VERSION: moves a stage or an alias to a version that passes the gate.

import { ModelError } from "../shared/errors/model-error.ts";
import { describePointer, findPointedVersion } from "../shared/registry/pointer.ts";
import { describeGate } from "../shared/report/gate-html.ts";
import type { GateReport } from "../shared/schemas/gate-report.ts";
import { type MovedPointer, type PromoteOptions, promoteVersion } from "../shared/serving/promote-version.ts";
import { challengerSettings } from "../shared/settings/challenger.ts";
import { loadSettings } from "../shared/settings/load-settings.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import type { CommandRun } from "./cli/run-command.ts";
import { runGate } from "./gate/run-gate.ts";
import { connectRegistry } from "./registry/connect-registry.ts";
import { moveVisibly } from "./registry/move-command.ts";

export const run: CommandRun<"promote"> = async ({ values, operands: [version = ""] }) => {
  if (!/^[1-9]\d*$/.test(version))
    throw new UsageError(`Expected a version's number for VERSION but received ${version}`);
  const { force } = values;
  if (force?.trim() === "") throw new UsageError("Expected a reason for --force but received nothing");
  const { challenger } = loadSettings({ challenger: challengerSettings });
  await moveVisibly(`Promoting version ${version}`, values, (options) =>
    // No gate: a challenger is there to be tried.
    "alias" in options.pointer && options.pointer.alias === challenger.alias
      ? promoteVersion(version, options)
      : promoteThroughGate(version, force, options),
  );
};

/** @throws ModelError when the gate refuses the version and it is not forced, or it cannot be served */
async function promoteThroughGate(
  version: string,
  force: string | undefined,
  options: PromoteOptions,
): Promise<MovedPointer> {
  const { mlflow, name, pointer, onProgress: say = () => {} } = options;
  if ((await findPointedVersion(mlflow, name, pointer)) === version)
    throw new ModelError(`${name} version ${version} is ${describePointer(pointer)} already`);
  const { report, page, tried } = await runGate({
    connection: connectRegistry(),
    name,
    version,
    pointer,
    force,
    say,
  });
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
