import { UsageError } from "../cli/parse-command-line.mjs";
import type { Arguments } from "../cli/run-command.ts";
import { applyStageSettings, type StageSettings } from "../deploy/stage-settings.ts";
import { projectRoot } from "../stack/paths.ts";
import { type Architecture, cpuOf } from "./layer-packages.ts";
import type { Deployment } from "./package-service.ts";

const deployments: readonly Deployment[] = ["zip", "image"];
const architectures = Object.keys(cpuOf) as Architecture[];

export interface PackageArguments {
  deployment: Deployment;
  architecture: Architecture;
  stage: string;
  settings: StageSettings;
}

/**
 * Parses the options of `npm run package` and `npm run deploy`, after it has put the stage's settings into the environment:
 * they may name the processor.
 *
 * @throws UsageError
 */
export function parsePackageArguments(
  values: Arguments<"package">["values"],
  env: Record<string, string | undefined> = process.env,
  folder: string = projectRoot,
): PackageArguments {
  const stage = expectStage(values.stage);
  const settings = applyStageSettings(stage, env, folder);
  const architecture = values.architecture ?? (env.LAMBDA_ARCHITECTURE || "x86_64");
  return {
    deployment: expectOneOf("--deployment", values.deployment, deployments),
    architecture: expectOneOf("--architecture", architecture, architectures),
    stage,
    settings,
  };
}

/** Checks a deployment stage's name, which becomes part of the names of functions and stack. */
export function expectStage(value: string): string {
  if (!/^[a-z][a-z0-9-]{0,19}$/i.test(value))
    throw new UsageError(`Expected up to 20 letters, digits and hyphens for --stage but received ${value}`);
  return value;
}

function expectOneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined)
    throw new UsageError(`Expected ${allowed.join(" or ")} for ${name} but received ${value}`);
  return found;
}
