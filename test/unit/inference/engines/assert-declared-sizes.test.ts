import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { assertDeclaredSizes } from "../../../../shared/inference/engines/assert-declared-sizes.ts";
import { loadPredictor } from "../../../../shared/inference/load-predictor.ts";
import {
  createExternalTensor,
  createModel,
  createNode,
  createTensor,
  createValueInfo,
  dataType,
} from "../../../../shared/keras-compiler/onnx/onnx-messages.ts";
import { Message } from "../../../../shared/keras-compiler/protobuf/message.ts";
import { writeChunks } from "../../../../shared/keras-compiler/protobuf/write-chunks.ts";
import type { ModelFiles } from "../../../../shared/schemas/model.ts";

const folder = mkdtempSync(path.join(tmpdir(), "declared-sizes-"));
const file = path.join(folder, "model.onnx");
afterAll(() => rmSync(folder, { recursive: true }));

const { float32, int64 } = dataType;
const empty = new Uint8Array();
const terabytes = [1_000_000, 1_000_000];
const external = { file: "model.onnx.data", offset: 0, byteLength: 5e12 };

const attribute = (field: number, value: Message): Message =>
  new Message().string(1, "value").message(field, value);
const nodeWith = (content: Message): Message => createNode("If", ["a"], "b", {}).message(5, content);
const graphOf = (tensor: Message): Message => new Message().message(5, tensor);

function write(nodes: Message[], tensors: Message[]): void {
  const inputs = [createValueInfo("image", [null, 3, 8, 8])];
  const outputs = [createValueInfo("probabilities", [null, 4])];
  rmSync(file, { force: true });
  writeChunks(file, createModel({ nodes, tensors, inputs, outputs }, 17).chunks);
}

describe("a file of less than 1 kB that declares terabytes is refused", () => {
  const large = () => createTensor("weights", float32, terabytes, empty);
  it.each<[string, Message[], Message[]]>([
    ["by an initializer", [], [large()]],
    ["by the length in a file beside", [], [createExternalTensor("weights", float32, [1], external)]],
    ["by a constant", [nodeWith(attribute(5, large()))], []],
    ["within a branch", [nodeWith(attribute(6, graphOf(large())))], []],
    ["by a sparse tensor", [nodeWith(attribute(22, new Message().message(1, large())))], []],
  ])("%s", async (_, nodes, tensors) => {
    write(nodes, tensors);
    expect(statSync(file).size).toBeLessThan(1_000);
    expect(() => assertDeclaredSizes(file, 1e9)).toThrow(
      /^Its tensors declare [\d,]+ MB \(the largest, weights, [\d,]+ MB\), but 954 MB of memory are free$/,
    );

    const files: ModelFiles = {
      identity: { name: "m", version: "1", source: "local_file" },
      directory: folder,
      format: "onnx",
      path: "model.onnx",
      declared: {},
      declaredBy: {},
    };
    await expect(loadPredictor(files, { engine: "onnx" })).rejects.toThrow("Its tensors declare");
  });
});

describe("what is declared", () => {
  it("is a product of dimensions and the bytes of a value, and counts together", () => {
    write([], [createTensor("a", float32, [10, 10], empty), createTensor("b", int64, [100], empty)]);
    expect(() => assertDeclaredSizes(file, 1_200)).not.toThrow();
    expect(() => assertDeclaredSizes(file, 1_199)).toThrow("Its tensors declare 1 MB (the largest, b,");
  });

  it("is refused in plain words where more memory is taken than there may be", () => {
    write([], [createTensor("a", float32, [10, 10], empty)]);
    expect(() => assertDeclaredSizes(file, -1e8)).toThrow(/, but 0 MB of memory are free$/);
  });

  it("is left to the engine where the file is not ONNX", () => {
    writeFileSync(file, "no model");
    expect(() => assertDeclaredSizes(file, 0)).not.toThrow();
  });
});
