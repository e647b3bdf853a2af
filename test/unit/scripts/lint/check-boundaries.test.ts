import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkBoundaries } from "../../../../scripts/lint/check-boundaries.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A project of these files alone, with the packages of this one. */
function plant(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "boundaries-"));
  folders.push(root);
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
  copyFileSync("package.json", join(root, "package.json"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const part = "export type Part = 1;\nexport const part = 1;\n";
const use = (specifier: string) => `import { part } from "${specifier}";\nexport const used = part;\n`;

describe("the directions of the code", () => {
  it("let a project through that keeps them", async () => {
    const root = plant({
      "shared/errors/a.ts": part,
      "shared/image/a.ts": `${use("../errors/a.ts")}import sharp from "sharp";\nexport default sharp;\n`,
      "shared/settings/a.ts": "export const level = process.env.LOG_LEVEL;\n",
      "functions/predict/a.ts": use("../../shared/image/a.ts"),
      "scripts/a.ts": `${use("../shared/image/a.ts")}export const home = process.env.HOME;\n`,
      "test/a.ts": use("../functions/predict/a.ts"),
    });
    expect(await checkBoundaries(root)).toEqual({ moduleCount: 6, violations: [] });
  });

  it.each([
    ["shared-is-used-never-uses", "shared/image/a.ts", "../../scripts/a.ts", "scripts/a.ts"],
    ["functions-are-siblings", "functions/health/a.ts", "../predict/b.ts", "functions/predict/b.ts"],
    ["functions-use-shared-alone", "functions/health/a.ts", "../../test/a.ts", "test/a.ts"],
    ["scripts-use-no-tests", "scripts/a.ts", "../test/a.ts", "test/a.ts"],
    ["ground-stands-on-nothing", "shared/settings/a.ts", "../aws/b.ts", "shared/aws/b.ts"],
    ["leaves-are-apart", "shared/image/a.ts", "../mlflow/b.ts", "shared/mlflow/b.ts"],
    ["libraries-know-no-service", "shared/mlflow/a.ts", "../errors/b.ts", "shared/errors/b.ts"],
    ["libraries-know-no-service", "shared/keras-compiler/a.ts", "../mlflow/b.ts", "shared/mlflow/b.ts"],
    ["services-are-apart", "shared/inference/a.ts", "../registry/b.ts", "shared/registry/b.ts"],
    ["services-are-apart", "shared/inference/a.ts", "../inference-log/b.ts", "shared/inference-log/b.ts"],
    ["inference-log-knows-no-mlflow", "shared/inference-log/a.ts", "../mlflow/b.ts", "shared/mlflow/b.ts"],
    [
      "tracking-stands-on-the-inference-log",
      "shared/tracking/a.ts",
      "../registry/b.ts",
      "shared/registry/b.ts",
    ],
    ["report-runs-stand-on-tracking", "shared/report-runs/a.ts", "../registry/b.ts", "shared/registry/b.ts"],
    ["access-stands-on-aws", "shared/access/a.ts", "../http/b.ts", "shared/http/b.ts"],
    [
      "drift-reference-joins-registry-and-drift",
      "shared/drift-reference/a.ts",
      "../inference-log/b.ts",
      "shared/inference-log/b.ts",
    ],
    ["runtime-knows-no-domain", "shared/runtime/a.ts", "../tracking/b.ts", "shared/tracking/b.ts"],
    ["http-knows-no-domain", "shared/http/a.ts", "../image/b.ts", "shared/image/b.ts"],
    [
      "serving-joins-registry-and-inference",
      "shared/serving/a.ts",
      "../tracking/b.ts",
      "shared/tracking/b.ts",
    ],
    [
      "model-versions-are-tried-as-served",
      "shared/model-versions/a.ts",
      "../promotion/b.ts",
      "shared/promotion/b.ts",
    ],
    [
      "labelled-photographs-know-no-model",
      "shared/labelled-photographs/a.ts",
      "../serving/b.ts",
      "shared/serving/b.ts",
    ],
    ["promotion-asks-versions-alone", "shared/promotion/a.ts", "../http/b.ts", "shared/http/b.ts"],
    ["backup-knows-what-is-kept", "shared/backup/a.ts", "../registry/b.ts", "shared/registry/b.ts"],
    ["retraining-is-handed-the-training", "shared/retraining/a.ts", "../image/b.ts", "shared/image/b.ts"],
    ["no-circle", "shared/image/a.ts", "./b.ts", "shared/image/b.ts"],
  ])("%s stops %s", async (rule, file, specifier, target) => {
    const root = plant({ [file]: use(specifier), [target]: rule === "no-circle" ? use("./a.ts") : part });
    const { violations } = await checkBoundaries(root);
    expect(violations).toContainEqual(expect.stringMatching(`^${rule}: `));
  });

  it.each([
    ["aws-sdk-behind-aws", "functions/drift/a.ts", "@aws-sdk/client-s3"],
    ["decoders-behind-image", "shared/inference/a.ts", "sharp"],
    ["engines-behind-inference", "shared/serving/a.ts", "onnxruntime-node"],
    ["h5wasm-behind-keras-compiler", "shared/inference/a.ts", "h5wasm"],
    ["openapi-fetch-behind-mlflow", "shared/tracking/a.ts", "openapi-fetch"],
    ["http-packages-behind-http", "functions/health/a.ts", "@middy/core"],
    ["logger-behind-runtime", "shared/http/a.ts", "@aws-lambda-powertools/logger"],
    ["pure-stays-pure", "shared/drift/a.ts", "node:fs"],
    ["pure-stays-pure", "shared/report/a.ts", "yaml"],
    ["production-needs-no-dev-package", "functions/docs/a.ts", "esbuild"],
    ["everything-resolves", "shared/image/a.ts", "no-such-package"],
  ])("%s stops %s from importing %s", async (rule, file, specifier) => {
    const { violations } = await checkBoundaries(plant({ [file]: use(specifier) }));
    expect(violations).toContainEqual(expect.stringMatching(`^${rule}: ${file} -> `));
  });

  it("count types like code", async () => {
    const root = plant({
      "shared/image/a.ts": 'export type { Part } from "../mlflow/b.ts";\n',
      "shared/mlflow/b.ts": part,
      "shared/tracking/c.ts": 'export type { Context } from "aws-lambda";\n',
    });
    const { violations } = await checkBoundaries(root);
    expect(violations).toEqual([
      expect.stringMatching(/^events-end-at-the-edge: shared\/tracking\/c\.ts -> .*aws-lambda/),
      "leaves-are-apart: shared/image/a.ts -> shared/mlflow/b.ts",
    ]);
  });

  it("let the environment be read by settings alone", async () => {
    const root = plant({
      "shared/mlflow/a.ts": "// process.env is not ours\nexport const uri = process.env.URI;\n",
      "shared/inference/b.ts": 'process.env.TF_THREADS ??= "1";\nexport {};\n',
    });
    expect((await checkBoundaries(root)).violations).toEqual([
      "environment-behind-settings: shared/mlflow/a.ts",
    ]);
  });
});
