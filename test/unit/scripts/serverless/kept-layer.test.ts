import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import KeptLayer from "../../../../scripts/serverless/kept-layer.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kept-layer-"));
  mkdirSync(path.join(folder, "layer/inner"), { recursive: true });
  mkdirSync(path.join(folder, ".serverless"));
  writeFileSync(path.join(folder, "layer/inner/file"), "one");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let compressed = 0;
/** Packages as osls does, which compresses anew each time. Returns the layer's archive. */
async function packageLayer(version = "1"): Promise<string> {
  const layer: { path: string; package?: { artifact: string } } = { path: "layer" };
  const artifact = path.join(folder, ".serverless/model.zip");
  rmSync(artifact, { force: true });
  const packager = {
    async packageLayer() {
      compressed += 1;
      writeFileSync(artifact, `archive ${compressed}`);
      layer.package = { artifact };
      return artifact;
    },
  };
  const serverless = {
    serviceDir: folder,
    service: { getLayer: () => layer },
    getVersion: () => version,
    pluginManager: { plugins: [packager] },
  };
  const plugin = new KeptLayer(serverless, {}, {}, path.join(folder, "kept"));
  plugin.hooks["before:package:createDeploymentArtifacts"]?.();
  await (packager.packageLayer as (name: string) => Promise<string>)("model");
  expect(layer.package).toEqual({ artifact });
  return readFileSync(artifact, "utf8");
}

it("compresses a layer again only when a byte, a name or a right in it has changed, or osls", async () => {
  compressed = 0;
  expect([await packageLayer(), await packageLayer()]).toEqual(["archive 1", "archive 1"]);
  const file = path.join(folder, "layer/inner/file");
  writeFileSync(file, "two");
  expect([await packageLayer(), await packageLayer()]).toEqual(["archive 2", "archive 2"]);
  chmodSync(file, 0o755);
  expect(await packageLayer()).toBe("archive 3");
  writeFileSync(path.join(folder, "layer/.hidden"), "");
  expect(await packageLayer()).toBe("archive 4");
  expect([await packageLayer("2"), await packageLayer("2")]).toEqual(["archive 5", "archive 5"]);
});
