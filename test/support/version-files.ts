import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { readVersionFiles } from "../../shared/registry/version-files/read-version-files.ts";

export interface VersionParts {
  /** Text by path, beside an ONNX model's files. */
  files?: Record<string, string>;
  tags?: Record<string, string> | undefined;
  /** Of the registered model. */
  registeredTags?: Record<string, string> | undefined;
}

/** What the files and tags of version 1 of the model m say of it. */
export function readVersion({ files = {}, tags = {}, registeredTags = {} }: VersionParts) {
  const folder = mkdtempSync(join(tmpdir(), "version-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const all = { MLmodel: "flavors:\n  onnx:\n    data: model.onnx\n", "model.onnx": "weights", ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const reference = {
    ...{ name: "m", version: "1", source: "", stage: "None", aliases: [], tags },
    ...{ contentId: "", servingId: "", registryId: "" },
  };
  const origin = Promise.resolve({ registeredTags, modelTags: {}, runTags: {}, params: {} });
  return readVersionFiles(reference, folder, origin);
}
