import { cpSync, mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { loadPredictor } from "../../shared/inference/load-predictor.ts";
import { inTemporaryFolder } from "../../shared/resilience/temporary-folder.ts";
import { showStep } from "../progress.mjs";
import { runServerless } from "../serverless/run-serverless.ts";
import { buildImage } from "./build-image.ts";
import { buildLayer } from "./build-layer.ts";
import { type Architecture, cpuOf } from "./layer-packages.ts";
import { writeSbom } from "./write-sbom.ts";

export type Deployment = "zip" | "image";

export interface PackageOptions {
  /** How predict is deployed: as a ZIP archive with the model layer, or as a container image. */
  deployment: Deployment;
  architecture: Architecture;
  /** The deployment stage: dev, prod. */
  stage: string;
  /** The folder for the archives and the template; the image's files go to `image/` in it. */
  output: string;
  /** Address and digest of the container image, once it has been pushed. */
  imageUri?: string;
}

/** The software bill of materials beside the template. */
export const sbomName = "sbom.cdx.json";

const layerDirectory = resolve("layers/model");
const renderTimeoutMs = 300_000;
const packagedModel = "models/eye-disease";

/** Placeholder for the image's address until it has been pushed. */
const unknownImage = `000000000000.dkr.ecr.us-east-1.amazonaws.com/fundus-lambda@sha256:${"0".repeat(64)}`;

/**
 * Makes everything that a deployment uploads: one ZIP archive per function and layer, or the files of the container image; the
 * CloudFormation template; and a list of the packages in it. Needs no credentials.
 *
 * @throws Error when a step fails, with what the tool printed
 */
export async function packageService(options: PackageOptions): Promise<void> {
  const { deployment, architecture, stage, output } = options;
  expectInstalledEngines(deployment, architecture);
  const common = ["--stage", stage, "--package", output, `--param=architecture=${architecture}`];
  mkdirSync(layerDirectory, { recursive: true });
  await showStep(`Filling the model layer for ${architecture}`, () =>
    buildLayer(layerDirectory, architecture),
  );
  await showStep("Compiling the packaged model", compilePackagedModel);
  await showStep("Bundling the functions and rendering the template", () => render(["package", ...common]));
  if (deployment === "image") await packageImage(options, common);
  await showStep("Listing the packages that are deployed", () => writeSbom(join(output, sbomName)));
}

/** Makes the files of the container image, and the template that names it. */
function packageImage({ output, imageUri = unknownImage }: PackageOptions, common: string[]): Promise<void> {
  return inTemporaryFolder("predict", async (kept) => {
    const predictArchive = join(kept, "predict.zip");
    cpSync(join(output, "predict.zip"), predictArchive);
    await showStep("Rendering the template for the container image", () =>
      render(["package", ...common, "--param=deployment=image", `--param=imageUri=${imageUri}`]),
    );
    await showStep("Laying out the container image", () =>
      buildImage(join(output, "image"), layerDirectory, predictArchive),
    );
  });
}

/** npm has sharp and ONNX Runtime for every processor, but TensorFlow is installed only for this machine's. */
function expectInstalledEngines(deployment: Deployment, architecture: Architecture): void {
  if (deployment === "zip" || cpuOf[architecture] === process.arch) return;
  const own = Object.entries(cpuOf).find(([, cpu]) => cpu === process.arch)?.[0];
  throw new Error(
    `Expected --architecture ${own} for --deployment image but received ${architecture}: TensorFlow is installed only for this machine's processor. Package on an ${architecture} machine, or with --deployment zip`,
  );
}

/** Stores the compiled graph in the layer, so that a cold start with the packaged model compiles nothing. */
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

const render = (parameters: string[]): Promise<string> =>
  runServerless(parameters, { timeoutMs: renderTimeoutMs });
