import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { readArchives } from "../../scripts/package/archives.ts";
import type { Architecture } from "../../scripts/package/layer-packages.ts";
import { folderBytes } from "../../scripts/package.ts";
import { findResources, readTemplate } from "./template/read-template.ts";

const packaged = inject("packaged");
const { architecture } = packaged;
const other = architecture === "arm64" ? "x86_64" : "arm64";
/** Field e_machine of an ELF header. */
const elfMachines = { x86_64: 62, arm64: 183 };
const functions = [
  "predict",
  "health",
  "metrics",
  "docs",
  "drift",
  "uploads",
  "labels",
  "learning",
  "authorize",
];
const sizeOf = (name: string) =>
  packaged.archives.find((archive) => archive.name === name)?.unzippedBytes ?? 0;

describe("the archives", () => {
  it("hold one function each, and the layer", () => {
    const names = packaged.archives.map(({ name }) => name);
    expect(names).toEqual([
      "authorize",
      "docs",
      "drift",
      "health",
      "labels",
      "learning",
      "metrics",
      "model",
      "predict",
      "uploads",
    ]);
  });

  it("fit into what Lambda takes, with room to spare", () => {
    const bytes = sizeOf("predict") + sizeOf("model");
    const megabytes = functions.map(
      (name) => `${name} ${(statSync(findBundle(name)).size / 1e6).toFixed(2)}`,
    );
    console.log(
      `predict with its layer: ${(bytes / 1e6).toFixed(1)} MB unzipped; bundles, MB: ${megabytes.join(", ")}`,
    );
    expect(bytes).toBeLessThan(100e6);
  });

  it.each(functions.filter((name) => name !== "predict"))(
    "%s needs no native package and no inference code",
    (name) => {
      const bundle = readFileSync(findBundle(name), "utf8");
      expect(bundle).not.toMatch(
        /@img\/sharp|\w+\("(onnxruntime-node|@tensorflow\/tfjs-node|@cornerstonejs\/[^"]+)"\)/,
      );
      expect(bundle).not.toContain("hdf5");
    },
  );

  it.each(functions)("%s bundles one language of zod's forty", (name) => {
    expect(readSources(name).filter((source) => source.includes("/zod/v4/locales/"))).toEqual([
      expect.stringMatching(/\/en\.js$/),
    ]);
  });

  it("keep the native packages of predict outside of its bundle", () => {
    const bundle = globSync(join(dirname(findBundle("predict")), "*.mjs"))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    expect(bundle).toContain("@img/sharp-${");
    expect(bundle).toMatch(/\w+\("onnxruntime-node"\)/);
    expect(bundle).toMatch(/\w+\("@cornerstonejs\/codec-openjpeg\/decodewasmjs"\)/);
  });

  it.each(functions)("%s brings its source map", (name) => {
    expect(readFileSync(findBundle(name), "utf8")).toMatch(/sourceMappingURL=handler\.mjs\.map\s*$/);
    expect(readSources(name)).toContainEqual(
      expect.stringMatching(new RegExp(`functions/${name}/handler\\.ts$`)),
    );
  });

  it("ship the compiled model, its card, notice and the licence of its backbone, no photograph and no training", () => {
    const files = globSync("**/*", { cwd: join(packaged.layer, "models/eye-disease") });
    expect(files).toEqual(
      expect.arrayContaining(["LICENSE", "MODEL_CARD.md", "NOTICE", "model-contract.json", "model.keras"]),
    );
    expect(files).toContainEqual(expect.stringMatching(/^compiled\/onnx-\w+\/model\.onnx$/));
    expect(files).toContainEqual(expect.stringMatching(/^compiled\/onnx-\w+\/trial-\w+\.json$/));
    expect(files.filter((file) => /\.(jpe?g|png|py)$/.test(file))).toEqual([]);
  });

  it.each(["drift", "metrics"])(
    "let %s read what the packaged model says of itself, without its weights",
    (name) => {
      const archive = readFileSync(packaged.archives.find((each) => each.name === name)?.path ?? "");
      // A ZIP archive has the names of its files as they are.
      expect(archive.includes("models/eye-disease/model-contract.json")).toBe(true);
      expect(archive.includes("models/eye-disease/reference-window.jsonl")).toBe(true);
      expect(archive.includes("model.keras")).toBe(false);
    },
  );
});

describe("the licences", () => {
  it.each(functions)("of every package in the bundle of %s are beside it", (name) => {
    // The source map, not esbuild's list of what went in, from which the licences are made.
    const bundled = readSources(name).map(
      (source) => /^(?:\.\.\/)*(.*node_modules\/[^@/]+|.*node_modules\/@[^/]+\/[^/]+)\//.exec(source)?.[1],
    );
    const folders = new Set(bundled.filter((folder) => folder !== undefined));
    expect(folders.size).toBeGreaterThan(2);
    expectListed(readFileSync(`${findBundle(name)}.LICENCES.txt`, "utf8"), [...folders]);
  });

  it.each([
    ["layer", join(packaged.layer, "nodejs")],
    ["container image", join(packaged.image, "opt/nodejs")],
  ])("of every package in the %s are in it", (_, folder) => {
    const modules = join(folder, "node_modules");
    const names = globSync(["[!@]*", "@*/*"], { cwd: modules });
    expect(names.length).toBeGreaterThan(4);
    const licences = readFileSync(join(folder, "LICENCES.txt"), "utf8");
    expectListed(
      licences,
      names.map((name) => join(modules, name)),
    );
    // libvips is made of many libraries.
    expect(licences).toMatch(/^\| libheif +\| LGPLv3/m);
  });

  function expectListed(licences: string, folders: string[]): void {
    for (const folder of folders) {
      const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      expect(licences).toMatch(new RegExp(`^${name} ${version} \\(.+\\)$`, "m"));
    }
  }
});

describe("another folder", () => {
  const folder = mkdtempSync(resolve(".local/elsewhere-"));
  beforeAll(() => copyProject(folder));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`packages for ${other}, which this machine does not have`, () => {
    packageElsewhere(["--architecture", other]);
    expectPackagedFor(other, join(folder, ".serverless"));
  });

  it(`gives the same bytes for ${architecture}, also after another processor's`, () => {
    packageElsewhere(["--architecture", architecture]);
    const output = join(folder, ".serverless");
    expectPackagedFor(architecture, output);
    const hashes = readArchives(output).map(({ name, sha256 }) => ({ name, sha256 }));
    expect(hashes).toEqual(packaged.archives.map(({ name, sha256 }) => ({ name, sha256 })));
  });

  it("refuses TensorFlow for a processor this machine has not", () => {
    expect(() => packageElsewhere(["--architecture", other, "--deployment", "image"])).toThrow(
      `Expected --architecture ${architecture} for --deployment image but received ${other}`,
    );
  });

  function packageElsewhere(parameters: string[]): void {
    execFileSync(
      resolve("node_modules/.bin/node"),
      ["scripts/fundus.mjs", "package", "--stage", "test", ...parameters],
      {
        cwd: folder,
        stdio: "pipe",
      },
    );
  }
}, 180_000);

it("lays out the container image with both engines", () => {
  const modules = join(packaged.image, "opt/nodejs/node_modules");
  for (const file of [
    "@tensorflow/tfjs-node/deps/lib/libtensorflow.so.2",
    "onnxruntime-node/package.json",
    `@img/sharp-linux-${process.arch}/package.json`,
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

/** What a function's bundle and its chunks were made of. */
function readSources(name: string): string[] {
  const maps = globSync(join(dirname(findBundle(name)), "*.map"));
  return [...new Set(maps.flatMap((file): string[] => JSON.parse(readFileSync(file, "utf8")).sources))];
}

function expectPackagedFor(expected: Architecture, output: string): void {
  const machines = readArchives(output).flatMap(({ path }) => listElfMachines(path));
  // sharp, libvips, ONNX Runtime and its binding.
  expect(machines).toEqual(Array(4).fill(elfMachines[expected]));

  const template = readTemplate(join(output, "cloudformation-template-update-stack.json"));
  const lambdas = findResources(template, "AWS::Lambda::Function").map(
    ([, { Architectures }]) => Architectures,
  );
  expect(lambdas).toEqual(functions.map(() => [expected]));
  const layers = findResources(template, "AWS::Lambda::LayerVersion");
  expect(layers.map(([, { CompatibleArchitectures }]) => CompatibleArchitectures)).toEqual([[expected]]);
}

/** Of every ELF file in an archive, whatever its name, the processor it is for. */
function listElfMachines(archive: string): number[] {
  const folder = mkdtempSync(resolve(".local/elf-"));
  try {
    execFileSync("unzip", ["-q", archive, "-d", folder]);
    return globSync("**/*", { cwd: folder })
      .map((path) => join(folder, path))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path))
      .filter((bytes) => bytes.subarray(0, 4).equals(Buffer.from("\x7fELF", "latin1")))
      .map((bytes) => bytes.readUInt16LE(18));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
