import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { arch, tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type Archive, readArchives } from "../../../scripts/package/archives.ts";
import type { Architecture } from "../../../scripts/package/layer-packages.ts";
import { packageService } from "../../../scripts/package/package-service.ts";

/** What was packaged for this machine's processor, and where it was unzipped. */
export interface PackagedService {
  architecture: Architecture;
  archives: Archive[];
  /** Folders with each function's code, by function; `/var/task` on Lambda. */
  tasks: Record<string, string>;
  /** Folder with the model layer; `/opt` on Lambda. */
  layer: string;
  /** Folder the container image is built from. */
  image: string;
  /** CloudFormation templates of both deployments. */
  templates: { zip: string; image: string };
}

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
  const architecture: Architecture = arch() === "arm64" ? "arm64" : "x86_64";
  const zip = join(folder, "zip");
  const image = join(folder, "image");
  await packageService({ deployment: "zip", architecture, stage: "test", output: zip });
  const archives = readArchives(zip);
  const unzipped: Record<string, string> = {};
  for (const { name, path } of archives) {
    const target = join(folder, "unzipped", name);
    mkdirSync(target, { recursive: true });
    execFileSync("unzip", ["-q", path, "-d", target]);
    unzipped[name] = target;
  }
  await packageService({ deployment: "image", architecture, stage: "test", output: image });
  delete process.env.MLFLOW_TRACKING_PASSWORD;
  delete process.env.ARTIFACT_PREFIX;

  const { model: layer = "", ...tasks } = unzipped;
  const template = "cloudformation-template-update-stack.json";
  project.provide("packaged", {
    architecture,
    archives,
    tasks,
    layer,
    image: join(image, "image"),
    templates: { zip: join(zip, template), image: join(image, template) },
  });
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Whatever the template reads from the environment: what is tested is the defaults, not what a shell has set. */
function forgetSettings(): void {
  const files = ["serverless.yml", ...globSync("resources/*.yml")];
  for (const file of files) {
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/env:(\w+)/g)) delete process.env[name];
  }
}
