import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCommand } from "../command.ts";
import { compileKeras } from "../compile-keras.ts";
import { OpenSizeError } from "../keras-model-error.ts";
import { createArchive } from "./keras/create-archive.ts";
import { functional, inputLayer, kerasTensor, layer } from "./keras/keras-files.ts";

/** A classifier that ends in logits. */
const createClassifier = (side: number | null = 8) =>
  functional([
    layer("InputLayer", "image", { batch_shape: [null, side, side, 300] }),
    layer("GlobalAveragePooling2D", "mean", { keepdims: false, data_format: "channels_last" }, [
      kerasTensor("image"),
    ]),
    layer("Dense", "classes", { units: 2, activation: "linear", use_bias: true }, [kerasTensor("mean")]),
  ]);
const kernel = { shape: [300, 2], values: new Array(600).fill(0.5) };
const bias = { shape: [2], values: [1, -1] };

const createClassifierFile = (side?: number | null) =>
  createArchive(createClassifier(side), { "layers/dense": [kernel, bias] });

let folder: string;
let source: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "compile-keras-"));
  source = join(folder, "model.keras");
  writeFileSync(source, await createClassifierFile());
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("compileKeras", () => {
  it("writes an ONNX file that names its file of weights", async () => {
    const target = join(folder, "eyes.onnx");
    expect(await compileKeras(source, target)).toEqual({
      inputs: [{ name: "image", shape: [null, 8, 8, 300] }],
      outputs: [{ name: "classes", shape: [null, 2] }],
      addedActivation: null,
    });
    expect(readFileSync(target, "latin1")).toContain("eyes.onnx.data");
    expect(readdirSync(folder).sort()).toEqual(["eyes.onnx", "eyes.onnx.data", "model.keras"]);
  });

  it("leaves TensorFlow nothing to fuse into a convolution in groups, which it could then not run on every processor", async () => {
    const windows = { kernel_size: [1, 1], strides: [1, 1], dilation_rate: [1, 1], padding: "valid" };
    const convolve = (groups: number) =>
      createArchive(
        functional([
          layer("InputLayer", "image", { batch_shape: [null, 8, 8, 4] }),
          layer(
            "Conv2D",
            "convolution",
            {
              ...windows,
              filters: 4,
              groups,
              use_bias: true,
              activation: "linear",
              data_format: "channels_last",
            },
            [kerasTensor("image")],
          ),
        ]),
        {
          "layers/conv2d": [
            { shape: [1, 1, 4 / groups, 4], values: new Array(16 / groups).fill(0.5) },
            { shape: [4], values: [1, 2, 3, 4] },
          ],
        },
      );
    const namesOf = async (groups: number) => {
      writeFileSync(source, await convolve(groups));
      await compileKeras(source, join(folder, `of-${groups}`));
      return readFileSync(join(folder, `of-${groups}`, "saved_model.pb"), "latin1");
    };
    expect(await namesOf(1)).toContain("BiasAdd");
    expect(await namesOf(2)).not.toContain("BiasAdd");
  });

  it("fixes an open image size, and cannot go without one", async () => {
    writeFileSync(source, await createClassifierFile(null));
    await expect(compileKeras(source, join(folder, "a.onnx"))).rejects.toThrow(OpenSizeError);
    const { inputs } = await compileKeras(source, join(folder, "a.onnx"), { imageSize: [8, 6] });
    expect(inputs).toEqual([{ name: "image", shape: [null, 8, 6, 300] }]);
  });

  it("turns logits into probabilities when it is asked to", async () => {
    const target = join(folder, "a.onnx");
    const { addedActivation } = await compileKeras(source, target, { probabilities: true });
    expect(addedActivation).toBe("softmax");
    expect(readFileSync(target, "latin1")).toContain("Softmax");
  });

  it("replaces an ONNX file, and fills an empty folder alone", async () => {
    await compileKeras(source, join(folder, "a.onnx"));
    await compileKeras(source, join(folder, "a.onnx"));
    const target = join(folder, "saved");
    await compileKeras(source, target);
    expect(readdirSync(target).sort()).toEqual(["saved_model.pb", "variables"]);
    await expect(compileKeras(source, target)).rejects.toThrow(`${target} holds files`);
  });

  it("leaves nothing behind when the model cannot be compiled", async () => {
    writeFileSync(
      source,
      await createArchive(
        functional([inputLayer(), layer("Lambda", "trick", {}, [kerasTensor("image")])]),
        {},
      ),
    );
    await expect(compileKeras(source, join(folder, "a.onnx"))).rejects.toThrow("Lambda is not supported");
    await expect(compileKeras(source, join(folder, "saved"))).rejects.toThrow("Lambda is not supported");
    expect(readdirSync(folder)).toEqual(["model.keras"]);
  });
});

describe("keras-compiler", () => {
  const run = async (...parameters: string[]) => {
    const out = vi.spyOn(console, "log").mockImplementation(() => {});
    const err = vi.spyOn(console, "error").mockImplementation(() => {});
    const code = await runCommand(parameters);
    const text = [...out.mock.calls, ...err.mock.calls].flat().join("\n");
    vi.restoreAllMocks();
    return { code, text };
  };

  it("says that an image size is not used where the model has a size of its own", async () => {
    const target = join(folder, "a.onnx");
    const written = `${target}: image [any, 8, 8, 300] -> classes [any, 2]`;
    expect(await run(source, target, "--image-size", "100x100")).toEqual({
      code: 0,
      text: `${written}\n--image-size 100x100 has no effect: the model's input has a size of its own`,
    });
    expect(await run(source, target, "--image-size", "8x8")).toEqual({ code: 0, text: written });
  });

  it("says what it wrote", async () => {
    const target = join(folder, "a.onnx");
    writeFileSync(source, await createClassifierFile(null));
    expect(await run(source, target)).toEqual({
      code: 1,
      text: `${source} cannot be compiled: The model's input image [None, None, None, 300] leaves its size open; give it with --image-size HEIGHTxWIDTH`,
    });
    expect(await run(source, target, "--image-size", "8x6", "--probabilities")).toEqual({
      code: 0,
      text: `${target}: image [any, 8, 6, 300] -> classes [any, 2] (softmax added to its logits)`,
    });
    expect(existsSync(target)).toBe(true);
  });

  it.each([
    ["no target", ["a.keras"], "Expected MODEL and TARGET but received a.keras"],
    ["a third file", ["a", "b", "c"], "but received a b c"],
    ["an unknown option", ["a", "b", "--fast"], "--fast"],
    [
      "a file that is not ONNX",
      ["a", "b.pb"],
      "Expected an .onnx file or a folder for TARGET but received b.pb: name a SavedModel's folder without .pb, or write b.pb/ if",
    ],
    ["a size of one side", ["a", "b", "--image-size", "224"], "Expected HEIGHTxWIDTH, such as 224x224"],
  ])("explains itself for %s", async (_name, parameters, message) => {
    const { code, text } = await run(...parameters);
    expect(code).toBe(2);
    expect(text).toContain(message);
    expect(text).toContain("Usage: keras-compiler MODEL TARGET");
  });

  it("takes a folder whose name has a number, or an ending before a slash", async () => {
    expect((await run(source, join(folder, "eyes-1.2"))).code).toBe(0);
    expect((await run(source, join(folder, "eyes.v2/"))).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["eyes-1.2", "eyes.v2", "model.keras"]);
  });

  it.each([
    [
      "no model",
      "text",
      "a.onnx",
      "text cannot be compiled: Expected a zip file (Keras 3 `.keras`) but found none: save it again",
    ],
    ["no file", "absent.keras", "a.onnx", "absent.keras cannot be read: it does not exist; check its path"],
    [
      "a folder",
      "saved",
      "a.onnx",
      "saved cannot be compiled: Expected a .keras or .h5 file but it is a folder: name the file in it",
    ],
    [
      "a place below a file",
      "model.keras",
      "text/a.onnx",
      "text/a.onnx cannot be written: a part of its path is a file",
    ],
    ["a folder that holds files", "model.keras", "saved", "holds files: name another, or empty it"],
  ])("answers 1 for %s, with the file and what to do", async (_, from, to, message) => {
    writeFileSync(join(folder, "text"), "no model");
    mkdirSync(join(folder, "saved"));
    writeFileSync(join(folder, "saved", "a"), "");
    const { code, text } = await run(join(folder, from), join(folder, to));
    expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining(message) });
  });
});
