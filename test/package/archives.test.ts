import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { readArchives } from "../../scripts/package/archives.ts";
import { folderBytes } from "../../scripts/package/folder-bytes.ts";

const packaged = inject("packaged");
const sizeOf = (name: string) =>
  packaged.archives.find((archive) => archive.name === name)?.unzippedBytes ?? 0;

describe("the archives", () => {
  it("hold one function each, and the layer", () => {
    const names = packaged.archives.map(({ name }) => name);
    expect(names).toEqual(["docs", "drift", "health", "metrics", "model", "predict"]);
  });

  it("fit into what Lambda takes, with room to spare", () => {
    const bytes = sizeOf("predict") + sizeOf("model");
    console.log(`predict with its layer: ${(bytes / 1e6).toFixed(1)} MB unzipped`);
    expect(bytes).toBeLessThan(100e6);
  });

  it.each(["health", "metrics", "docs", "drift"])(
    "%s needs no native package and no inference code",
    (name) => {
      const bundle = readFileSync(findBundle(name), "utf8");
      expect(bundle).not.toMatch(/\w+\("(sharp|onnxruntime-node|@tensorflow\/tfjs-node)"\)/);
      expect(bundle).not.toContain("hdf5");
    },
  );

  it("keep the native packages of predict outside of its bundle", () => {
    const bundle = readFileSync(findBundle("predict"), "utf8");
    expect(bundle).toMatch(/\w+\("sharp"\)/);
    expect(bundle).toMatch(/\w+\("onnxruntime-node"\)/);
  });

  it.each(["predict", "health", "metrics", "docs", "drift"])("%s brings its source map", (name) => {
    const bundle = findBundle(name);
    const map = JSON.parse(readFileSync(`${bundle}.map`, "utf8"));
    expect(readFileSync(bundle, "utf8")).toMatch(/sourceMappingURL=handler\.mjs\.map\s*$/);
    expect(map.sources).toContainEqual(expect.stringMatching(new RegExp(`functions/${name}/handler\\.ts$`)));
  });

  it("list the licences of what the layer ships", () => {
    const licences = readFileSync(join(packaged.layer, "nodejs/LICENCES.txt"), "utf8");
    for (const name of ["sharp", "onnxruntime-node", "onnxruntime-common", "@img/sharp-libvips-linux"]) {
      expect(licences).toContain(`\n${name}`);
    }
  });

  it("ship the compiled model, its card and the licence of its backbone, and no photograph", () => {
    const files = globSync("**/*", { cwd: join(packaged.layer, "models/eye-disease") });
    expect(files).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "model-contract.json", "model.keras"]),
    );
    expect(files).toContainEqual(expect.stringMatching(/^compiled\/onnx-\w+\/model\.onnx$/));
    expect(files.filter((file) => /\.(jpe?g|png)$/.test(file))).toEqual([]);
  });
});

it("has the same bytes again, and from another folder", () => {
  const elsewhere = mkdtempSync(resolve(".local/elsewhere-"));
  try {
    copyProject(elsewhere);
    for (const folder of [elsewhere, elsewhere]) {
      const output = join(folder, ".serverless");
      execFileSync(resolve("node_modules/.bin/node"), ["scripts/package.ts", "--stage", "test"], {
        cwd: folder,
        stdio: "ignore",
        env: { ...process.env, LAMBDA_ARCHITECTURE: packaged.architecture },
      });
      const hashes = readArchives(output).map(({ name, sha256 }) => ({ name, sha256 }));
      expect(hashes).toEqual(packaged.archives.map(({ name, sha256 }) => ({ name, sha256 })));
    }
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}, 180_000);

it("lays out the container image with both engines", () => {
  const modules = join(packaged.image, "opt/nodejs/node_modules");
  for (const file of [
    "@tensorflow/tfjs-node/deps/lib/libtensorflow.so.2",
    "onnxruntime-node/package.json",
    "sharp/package.json",
  ]) {
    expect(globSync(file, { cwd: modules })).toEqual([file]);
  }
  expect(globSync("functions/predict/handler.mjs", { cwd: join(packaged.image, "task") })).toHaveLength(1);
  const bytes = folderBytes(packaged.image);
  console.log(`container image: ${(bytes / 1e6).toFixed(0)} MB of files`);
  expect(bytes).toBeLessThan(10e9);
});

function findBundle(name: string): string {
  return join(packaged.tasks[name] ?? "", `functions/${name}/handler.mjs`);
}

/** The project's own files as they are now, with the installed packages linked in. */
function copyProject(target: string): void {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter((name) => name !== "" && globSync(name).length > 0)) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(file, join(target, file));
  }
  execFileSync("cp", ["-al", resolve("node_modules"), join(target, "node_modules")]);
}
