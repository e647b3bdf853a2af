import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { parseS3Address } from "../../shared/aws/s3-address.ts";
import { projectRoot } from "../stack/paths.ts";

type Environment = Record<string, string | undefined>;

/** Settings that count from the shell even beside the file: they say where to deploy, not what. */
const shellsOwn = new Set(["AWS_REGION", "AWS_DEFAULT_REGION"]);

export interface StageSettings {
  /** Relative to the project; undefined when there is none, so that the shell's variables count. */
  file: string | undefined;
  /** Settings of the shell that do not count, because the file does not have them. */
  ignored: string[];
}

/**
 * Puts the settings of `stages/<stage>.env` into the environment and removes every other variable that the template reads, so
 * that a deployment is the same from every shell.
 */
export function applyStageSettings(
  stage: string,
  env: Environment,
  folder: string = projectRoot,
): StageSettings {
  const file = `stages/${stage}.env`;
  if (!existsSync(join(folder, file))) {
    nameStage(stage, env);
    narrowArtifacts(env);
    return { file: undefined, ignored: [] };
  }
  const settings = parseEnv(readFileSync(join(folder, file), "utf8"));
  const ignored = listTemplateVariables(folder).filter(
    (name) => env[name] && !(name in settings) && !shellsOwn.has(name),
  );
  for (const name of ignored) delete env[name];
  Object.assign(env, settings);
  nameStage(stage, env);
  narrowArtifacts(env);
  return { file, ignored };
}

/** Limits the functions' right to read to MLflow's artifact root within its bucket. */
function narrowArtifacts(env: Environment): void {
  const root = env.MLFLOW_DEFAULT_ARTIFACT_ROOT || env.MLFLOW_ARTIFACT_ROOT || "";
  const prefix = (parseS3Address(root)?.key ?? "").replace(/\/*$/, "");
  if (prefix !== "") env.ARTIFACT_PREFIX ||= `${prefix}/`;
}

/** Gives each deployment stage a database, an environment and an experiment of its own, so that stages share neither alarms nor runs. */
function nameStage(stage: string, env: Environment): void {
  // SQL takes no name with a hyphen without quotes, and Glue keeps small letters alone.
  env.INFERENCE_LOG_DATABASE ||= `fundus_lambda_${stage.toLowerCase().replaceAll("-", "_")}`;
  if (stage === "prod") return;
  env.ENVIRONMENT ||= stage;
  env.MLFLOW_EXPERIMENT_NAME ||= `eye-disease-classifier-${stage}`;
}

/** Lists every variable that serverless.yml and the files it includes read. */
export function listTemplateVariables(folder: string = projectRoot): string[] {
  const files = ["serverless.yml", ...globSync("resources/*.yml", { cwd: folder })];
  const names = files.flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/env:(\w+)/g)].map(([, name = ""]) => name),
  );
  return [...new Set(names)];
}
