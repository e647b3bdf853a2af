import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type PackagedService, packageForThisMachine } from "./package-for-machine.ts";

declare module "vitest" {
  export interface ProvidedContext {
    packaged: PackagedService;
  }
}

/** Packages the service once for all tests of the package: both deployments, without credentials. */
export default async function setUp(project: TestProject): Promise<() => void> {
  forgetSettings();
  process.env.MLFLOW_TRACKING_PASSWORD = "{{resolve:secretsmanager:mlflow:SecretString:password}}";
  process.env.ARTIFACT_PREFIX = "artifacts/";
  const folder = mkdtempSync(join(tmpdir(), "fundus-package-"));
  project.provide("packaged", await packageForThisMachine(folder));
  delete process.env.MLFLOW_TRACKING_PASSWORD;
  delete process.env.ARTIFACT_PREFIX;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Whatever the template reads from the environment: what is tested is the defaults, not what a shell has set. */
function forgetSettings(): void {
  const files = ["serverless.yml", ...globSync("resources/*.yml")];
  for (const file of files) {
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/env:(\w+)/g)) delete process.env[name];
  }
}
