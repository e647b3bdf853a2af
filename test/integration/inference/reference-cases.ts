import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { ensureKerasEnvironment } from "../../../scripts/python/keras-environment.ts";
import { hashFiles } from "../../../scripts/stack/hash-files.ts";
import { localFolder, projectRoot } from "../../../scripts/stack/paths.ts";
import { withLock } from "../../../shared/resilience/lock.mjs";
import { inTemporaryFolder } from "../../../shared/resilience/temporary-folder.ts";
import { defaultModelName, type ModelFiles, type ModelFormat } from "../../../shared/schemas/model.ts";

/** A model made by real Keras (or ONNX), pictures for it, and its own answers. */
export interface ReferenceCase {
  name: string;
  files: ModelFiles;
  /** `[pictures, height, width, channels]`. */
  inputShape: number[];
  inputs: Float32Array;
  outputShape: number[];
  outputs: Float32Array;
}

const pythonFolder = path.join(projectRoot, "scripts/python");
const cacheFolder = path.join(localFolder, "keras-references");
const makingTimeoutMs = 10 * 60_000;

/**
 * Makes the reference models that are missing (a minute or two the first time, nothing after that) and reads them all.
 */
export async function loadReferenceCases(): Promise<ReferenceCase[]> {
  const say = (message: string) => console.info(`Keras references: ${message}`);
  const python = await ensureKerasEnvironment(say);
  const folder = path.join(cacheFolder, computeDigest());
  await withLock(
    folder,
    async () => {
      if (existsSync(path.join(folder, ".complete"))) return;
      say("making the models and their answers");
      // Models of earlier versions of the scripts, a gigabyte per version.
      rmSync(cacheFolder, { recursive: true, force: true });
      const script = path.join(pythonFolder, "reference-models.py");
      // ONNX Runtime leaves files in the folder for temporary files.
      await inTemporaryFolder("references", (TMPDIR) =>
        promisify(execFile)(python, [script, folder], {
          timeout: makingTimeoutMs,
          maxBuffer: 64 * 1024 * 1024,
          env: { ...process.env, ORT_DISABLE_TELEMETRY: "1", TMPDIR },
        }),
      );
    },
    () => say("waiting for another process that makes them"),
  );
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readCase(path.join(folder, entry.name), entry.name));
}

function readCase(directory: string, name: string): ReferenceCase {
  const {
    format,
    path: file,
    inputShape,
    outputShape,
  } = JSON.parse(readFileSync(path.join(directory, "case.json"), "utf8")) as {
    format: ModelFormat;
    path: string;
    inputShape: number[];
    outputShape: number[];
  };
  const identity = { name: defaultModelName, version: "1", source: "local_file" as const };
  return {
    name,
    files: { identity, directory, format, path: file, declared: {}, declaredBy: {} },
    inputShape,
    inputs: readFloats(path.join(directory, "inputs.f32")),
    outputShape,
    outputs: readFloats(path.join(directory, "outputs.f32")),
  };
}

function readFloats(file: string): Float32Array {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Digest of everything that the references depend on. */
function computeDigest(): string {
  const modules = readdirSync(path.join(pythonFolder, "reference_models")).filter((file) =>
    file.endsWith(".py"),
  );
  const files = [
    "requirements-keras.txt",
    "reference-models.py",
    ...modules.map((file) => `reference_models/${file}`),
  ];
  return hashFiles(files.toSorted().map((file) => path.join(pythonFolder, file))).slice(0, 16);
}

/** One picture of a case and the answer to it. */
export function pictureOf({ inputs, inputShape, outputs, outputShape }: ReferenceCase, index: number) {
  const count = inputShape[0] ?? 1;
  const [inputLength, outputLength] = [inputs.length / count, outputs.length / count];
  return {
    shape: [1, ...inputShape.slice(1)],
    input: inputs.slice(index * inputLength, (index + 1) * inputLength),
    output: outputs.slice(index * outputLength, (index + 1) * outputLength),
    outputShape: [1, ...outputShape.slice(1)],
  };
}

export function countPictures({ inputShape }: ReferenceCase): number {
  return inputShape[0] ?? 0;
}
