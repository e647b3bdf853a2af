import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeEndlessModel } from "./endless-model.ts";

/** An ONNX file that an engine loads: of an image of 8 x 8, the probability of three classes by its three channels. */
export function createTinyModel(): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), "tiny-model-"));
  try {
    const file = path.join(folder, "model.onnx");
    writeEndlessModel(file, 1);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
