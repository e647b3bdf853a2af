import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { type CompiledGraph, compileKeras } from "./compile-keras.ts";
import { KerasModelError, OpenSizeError } from "./keras-model-error.ts";

const usage = `Usage: keras-compiler MODEL TARGET [options]

  MODEL                     a .keras file, or the .h5 file of a whole model
  TARGET                    an .onnx file (its weights go into TARGET.data), or a folder for a SavedModel
  --image-size HEIGHTxWIDTH in pixels, for a model whose input leaves its size open
  --probabilities           add a softmax to a classifier that ends in logits
  --taps                    also give a classifier's features and class activation maps
  --help                    show this text`;

class UsageError extends Error {}

/**
 * The command `keras-compiler`. Returns its exit code: 0, 1 when the model cannot be compiled, 2 when the command was
 * not understood.
 */
export async function runCommand(parameters: readonly string[]): Promise<number> {
  try {
    console.log(await compile(parameters));
    return 0;
  } catch (error) {
    if (error instanceof UsageError || isParseError(error)) {
      console.error(`${(error as Error).message}\n\n${usage}`);
      return 2;
    }
    if (!(error instanceof KerasModelError)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function compile(parameters: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      "image-size": { type: "string" },
      probabilities: { type: "boolean", default: false },
      taps: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return usage;
  const [source, target, ...others] = positionals;
  if (source === undefined || target === undefined || others.length > 0)
    throw new UsageError(`Expected MODEL and TARGET but received ${positionals.join(" ") || "nothing"}`);
  assertTarget(target);
  const imageSize = parseImageSize(values["image-size"]);
  const { probabilities, taps } = values;
  try {
    await assertFile(source);
    const graph = await compileKeras(source, target, { imageSize, probabilities, taps });
    return `${describe(target, graph)}${noteFixedSize(graph, imageSize)}`;
  } catch (error) {
    throw nameFile(error, source, target);
  }
}

/** Every name but that of an .onnx file becomes a folder. Whoever writes the ending of another file does not expect that. */
function assertTarget(target: string): void {
  const [ending] = /\.[a-z]\w*$/i.exec(basename(target)) ?? [];
  if (ending === undefined || /^\.onnx$/i.test(ending) || /[/\\]$/.test(target)) return;
  throw new UsageError(
    `Expected an .onnx file or a folder for TARGET but received ${target}: name a SavedModel's folder without ${ending}, or write ${target}/ if that is its name`,
  );
}

async function assertFile(source: string): Promise<void> {
  if (!(await stat(source)).isFile())
    throw new KerasModelError("Expected a .keras or .h5 file but it is a folder: name the file in it");
}

/** What went wrong, with the file that it concerns and what to do. */
function nameFile(error: unknown, source: string, target: string): unknown {
  if (isSystemError(error)) {
    const reason = reasons[error.code ?? ""] ?? error.message;
    const file = error.path === source ? `${source} cannot be read` : `${target} cannot be written`;
    return new KerasModelError(`${file}: ${reason}`, { cause: error });
  }
  if (!(error instanceof KerasModelError)) return error;
  const advice = error instanceof OpenSizeError ? "; give it with --image-size HEIGHTxWIDTH" : "";
  return new KerasModelError(`${source} cannot be compiled: ${error.message}${advice}`, { cause: error });
}

const reasons: Record<string, string> = {
  ENOENT: "it does not exist; check its path",
  ENOTDIR: "a part of its path is a file; name a folder, or one that does not exist yet",
  EACCES: "this user may not; change the rights, or name another place",
  ENOSPC: "the disk is full; make room",
};

function parseImageSize(text: string | undefined): [number, number] | undefined {
  if (text === undefined) return undefined;
  const [, height, width] = /^([1-9]\d*)x([1-9]\d*)$/.exec(text) ?? [];
  if (height === undefined || width === undefined)
    throw new UsageError(`Expected HEIGHTxWIDTH, such as 224x224, for --image-size but received ${text}`);
  return [Number(height), Number(width)];
}

function describe(target: string, { inputs, outputs, addedActivation }: CompiledGraph): string {
  const list = (values: CompiledGraph["inputs"]) =>
    values
      .map(({ name, shape }) => `${name} [${shape.map((length) => length ?? "any").join(", ")}]`)
      .join(", ");
  const added = addedActivation === null ? "" : ` (${addedActivation} added to its logits)`;
  return `${target}: ${list(inputs)} -> ${list(outputs)}${added}`;
}

/** A line for an image size that was not used. */
function noteFixedSize({ inputs }: CompiledGraph, imageSize: [number, number] | undefined): string {
  if (imageSize === undefined) return "";
  const isUsed = inputs.some(({ shape }) => imageSize.every((length, axis) => shape[axis + 1] === length));
  return isUsed
    ? ""
    : `\n--image-size ${imageSize.join("x")} has no effect: the model's input has a size of its own`;
}

function isParseError(error: unknown): boolean {
  return (
    error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith("ERR_PARSE_ARGS")
  );
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
