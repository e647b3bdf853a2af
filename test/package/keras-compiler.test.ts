import { copyFileSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { projectRoot } from "../../scripts/stack/paths.ts";
import { runProgram } from "../../scripts/stack/processes/run-program.ts";
import { installPacked } from "../support/install-packed.ts";

const source = path.join(projectRoot, "shared/keras-compiler");
const model = path.join(projectRoot, "models/eye-disease/model.keras");
let folder: string;

beforeAll(async () => {
  folder = await installPacked("shared/keras-compiler");
  for (const name of ["onnxruntime-node", "@types"])
    symlinkSync(path.join(projectRoot, "node_modules", name), path.join(folder, "node_modules", name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, ...parameters: string[]) =>
  runProgram(program, parameters, { directory: folder, timeoutMs: 60_000 });

it("compiles on the command line, to both formats", async () => {
  const graph = "image [any, 256, 256, 3] -> probabilities [any, 4]";
  expect(await run("npx", "keras-compiler", model, "model.onnx")).toBe(`model.onnx: ${graph}\n`);
  expect(await run("npx", "keras-compiler", model, "saved-model/")).toBe(`saved-model/: ${graph}\n`);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(["model.onnx", "model.onnx.data"]));
  expect(readdirSync(path.join(folder, "saved-model")).sort()).toEqual(["saved_model.pb", "variables"]);
});

it("refuses on the command line in one sentence", async () => {
  await expect(run("npx", "keras-compiler", "package.json", "x.onnx")).rejects.toThrow(/code 1:\n.*zip.*$/);
  await expect(run("npx", "keras-compiler", model)).rejects.toThrow(/code 2:\nExpected MODEL and TARGET/);
});

it("has an example that classifies", async () => {
  copyFileSync(path.join(source, "example/classify.mjs"), path.join(folder, "classify.mjs"));
  const probabilities = (await run(process.execPath, "classify.mjs", model)).trim().split(" ").map(Number);
  expect(probabilities).toHaveLength(4);
  expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 3);
});

it("brings its types along, and has the program of its README right", async () => {
  const readme = readFileSync(path.join(source, "README.md"), "utf8");
  const [, program = ""] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const wrong =
    '// @ts-expect-error: a size has two sides\nawait compileKeras("a", "b", { imageSize: [224] });\n';
  writeFileSync(path.join(folder, "readme.ts"), `${program}${wrong}`);
  const compiler = path.join(projectRoot, "node_modules/typescript/bin/tsc");
  const options = "--strict --noEmit --skipLibCheck --module nodenext --target es2023 --types node";
  await run(process.execPath, compiler, ...options.split(" "), "readme.ts");
});
