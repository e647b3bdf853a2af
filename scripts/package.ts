import { parseArgs } from "node:util";
import { readArchives } from "./package/archives.ts";
import { type Architecture, cpuOf } from "./package/layer-packages.ts";
import { packageService } from "./package/package-service.ts";

/** What Lambda takes, code and layers together, unzipped. */
const limitMb = 250;
const output = ".serverless";

const { values } = parseArgs({
  options: { architecture: { type: "string", default: process.env.LAMBDA_ARCHITECTURE ?? "x86_64" } },
});
if (!(values.architecture in cpuOf)) {
  console.error(
    `Expected ${Object.keys(cpuOf).join(" or ")} for --architecture but received ${values.architecture}`,
  );
  process.exit(1);
}

await packageService({ architecture: values.architecture as Architecture, output });

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2).padStart(8);
console.log("\narchive      zipped MB  unzipped MB  sha256");
const archives = readArchives(output);
for (const archive of archives) {
  console.log(
    `${archive.name.padEnd(10)}   ${megabytes(archive.zippedBytes)}     ${megabytes(archive.unzippedBytes)}  ${archive.sha256.slice(0, 16)}`,
  );
}
const largest = archives
  .filter((archive) => ["predict", "model"].includes(archive.name))
  .reduce((sum, archive) => sum + archive.unzippedBytes, 0);
console.log(
  `\npredict with its layer: ${(largest / 1e6).toFixed(1)} MB unzipped of Lambda's ${limitMb} MB. Template: ${output}/cloudformation-template-update-stack.json`,
);
if (largest > limitMb * 1024 * 1024) {
  console.error("That is more than Lambda takes.");
  process.exit(1);
}
