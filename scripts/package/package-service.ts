import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { loadPredictor } from "../../shared/inference/index.ts";
import { showStep } from "../progress.mjs";
import { buildLayer } from "./build-layer.ts";
import type { Architecture } from "./layer-packages.ts";

export interface PackageOptions {
  architecture: Architecture;
  /** Where the archives and the template go. */
  output: string;
  /** Further parameters of serverless.yml, `name=value`. */
  parameters?: readonly string[];
}

const layerDirectory = resolve("layers/model");
const packagedModel = "models/eye-disease";

/**
 * Makes everything that would be uploaded: a ZIP archive a function and layer, and the CloudFormation template.
 * Needs no credentials.
 *
 * @throws Error when a step fails, with what the tool printed
 */
export async function packageService(options: PackageOptions): Promise<void> {
  const { architecture, output, parameters = [] } = options;
  mkdirSync(layerDirectory, { recursive: true });
  await showStep(`Filling the model layer for ${architecture}`, () =>
    buildLayer(layerDirectory, architecture),
  );
  await showStep("Compiling the packaged model", compilePackagedModel);
  await showStep("Bundling the functions and rendering the template", () =>
    runServerless([
      "package",
      "--package",
      output,
      ...[`architecture=${architecture}`, ...parameters].map((parameter) => `--param=${parameter}`),
    ]),
  );
}

/** Keeps the compiled graph in the layer, so that a cold start with the packaged model compiles nothing. */
async function compilePackagedModel(): Promise<void> {
  const directory = join(layerDirectory, packagedModel);
  const contract = JSON.parse(await readFile(join(directory, "model-contract.json"), "utf8"));
  const predictor = await loadPredictor(
    {
      identity: { name: "eye-disease-model", version: contract.version, source: "local_file" },
      directory,
      format: "keras",
      path: "model.keras",
      declared: { input: contract.input, labels: contract.labels },
      declaredBy: {},
    },
    { engine: "onnx", threads: 1 },
  );
  await predictor.dispose();
}

function runServerless(parameters: readonly string[]): Promise<void> {
  return new Promise((done, reject) => {
    const child = spawn(resolve("node_modules/.bin/serverless"), parameters, {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 300_000,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.once("error", reject).once("close", (code) => {
      if (code === 0) done();
      else reject(new Error(`serverless ${parameters[0]} failed:\n${output.trim()}`));
    });
  });
}
