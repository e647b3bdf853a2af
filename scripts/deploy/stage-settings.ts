import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { parseS3Address } from "../../shared/aws/s3-address.ts";
import { projectRoot } from "../stack/paths.ts";

type Environment = Record<string, string | undefined>;

/** What the shell may say beside the file: where to deploy to, not what. */
const shellsOwn = new Set(["AWS_REGION", "AWS_DEFAULT_REGION"]);

export interface StageSettings {
  /** Relative to the project; undefined where there is none and the shell's variables count. */
  file: string | undefined;
  /** Settings that the shell has and the file has not: they do not count. */
  ignored: string[];
}

/**
 * Puts the settings of `stages/<stage>.env` into the environment and takes away those that the template reads and the file does not name, so that
 * a deployment is the same from every shell.
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

/** The functions may read what stands under MLflow's artifact root, and no more of its bucket. */
function narrowArtifacts(env: Environment): void {
  const root = env.MLFLOW_DEFAULT_ARTIFACT_ROOT || env.MLFLOW_ARTIFACT_ROOT || "";
  const prefix = (parseS3Address(root)?.key ?? "").replace(/\/*$/, "");
  if (prefix !== "") env.ARTIFACT_PREFIX ||= `${prefix}/`;
}

/** They distinguish alarms and runs: two stages side by side share neither. */
function nameStage(stage: string, env: Environment): void {
  if (stage === "prod") return;
  env.ENVIRONMENT ||= stage;
  env.MLFLOW_EXPERIMENT_NAME ||= `eye-disease-classifier-${stage}`;
}

/** Every variable that serverless.yml and what it includes read. */
export function listTemplateVariables(folder: string = projectRoot): string[] {
  const files = ["serverless.yml", ...globSync("resources/*.yml", { cwd: folder })];
  const names = files.flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/env:(\w+)/g)].map(([, name = ""]) => name),
  );
  return [...new Set(names)];
}
