import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createLoadMarker } from "../../../shared/registry/version-cache/load-marker.ts";
import { createVersionCache } from "../../../shared/registry/version-cache/version-cache.ts";
import { type LoadModelOptions, loadLastGood } from "../../../shared/serving/load-model.ts";

test("the last good version is not loaded again after its load from the registry ended a process", async () => {
  const cacheDirectory = mkdtempSync(join(tmpdir(), "load-model-"));
  onTestFinished(() => rmSync(cacheDirectory, { recursive: true, force: true }));
  const cache = createVersionCache(cacheDirectory);
  const directory = await cache.add(
    { name: "m", version: "3", contentId: "c" },
    1,
    new Set(),
    async (folder) => writeFileSync(join(folder, "model.onnx"), "weights"),
  );
  const identity = { name: "m", version: "3", source: "mlflow_registry" } as const;
  const files = {
    identity,
    directory,
    format: "onnx",
    path: "model.onnx",
    declared: {},
    declaredBy: {},
  } as const;
  await cache.rememberGood(files, "serving-1");
  await createLoadMarker(directory, "entry-1", "m/3").condemn();

  const loadPredictor = vi.fn();
  const options = { cache, loadPredictor, settings: { modelName: "m", cacheDirectory, engine: "auto" } };
  const load = () => loadLastGood(options as unknown as LoadModelOptions);
  await expect(load()).rejects.toThrow("m/3 is not tried again: an earlier load of it ended its process");
  await expect(load()).rejects.toThrow("m/3 is not tried again");
  expect(loadPredictor).not.toHaveBeenCalled();
});
