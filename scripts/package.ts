// npm run package: writes the CloudFormation template and the archives, to look at or to deploy.
import { globSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { endOnSignals } from "./cli/end-on-signals.ts";
import { type CommandRun, exitCodes } from "./cli/run-command.ts";
import { readArchives } from "./package/archives.ts";
import { packageService, sbomName } from "./package/package-service.ts";
import { parsePackageArguments } from "./package/parse-arguments.ts";

/** Lambda's limit for unzipped code and layers together. */
const zipLimitBytes = 250 * 1024 * 1024;
const output = ".serverless";

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2);

export const run: CommandRun<"package"> = async ({ values }) => {
  endOnSignals();
  const options = parsePackageArguments(values);
  await packageService({ ...options, output });

  const archives = readArchives(output);
  console.log("\narchive     zipped MB  unzipped MB  sha256");
  for (const { name, zippedBytes, unzippedBytes, sha256 } of archives) {
    const sizes = `${megabytes(zippedBytes).padStart(9)}  ${megabytes(unzippedBytes).padStart(11)}`;
    console.log(`${name.padEnd(10)}  ${sizes}  ${sha256}`);
  }
  console.log(`\nTemplate: ${join(output, "cloudformation-template-update-stack.json")}`);
  console.log(`Packages, versions and licences (CycloneDX): ${join(output, sbomName)}`);

  if (options.deployment === "image") {
    console.log(
      `Container image: ${megabytes(folderBytes(join(output, "image")))} MB of files. Build it with`,
    );
    console.log(`  docker build --file layers/image/Dockerfile ${join(output, "image")}`);
  } else {
    const parts = archives.filter(({ name }) => name === "predict" || name === "model");
    const bytes = parts.reduce((sum, archive) => sum + archive.unzippedBytes, 0);
    console.log(
      `predict with its layer: ${megabytes(bytes)} MB unzipped, of the ${megabytes(zipLimitBytes)} MB that Lambda accepts`,
    );
    if (bytes > zipLimitBytes) {
      console.error("Too large for ZIP archives: use --deployment image");
      process.exitCode = exitCodes.failed;
    }
  }
};

/** Computes the sum of the sizes of all files in a folder, without following links. */
export function folderBytes(folder: string): number {
  return globSync("**/*", { cwd: folder })
    .map((path) => lstatSync(join(folder, path)))
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + entry.size, 0);
}
