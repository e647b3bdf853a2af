import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { arch } from "node:os";
import { join } from "node:path";
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

/** Packages the service into a folder, both deployments, and unzips the archives. */
export async function packageForThisMachine(folder: string): Promise<PackagedService> {
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
  const { model: layer = "", ...tasks } = unzipped;
  const template = "cloudformation-template-update-stack.json";
  return {
    architecture,
    archives,
    tasks,
    layer,
    image: join(image, "image"),
    templates: { zip: join(zip, template), image: join(image, template) },
  };
}
