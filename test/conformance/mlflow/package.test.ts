import { execFile } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { projectRoot } from "../../../scripts/stack/paths.ts";
import { installPacked } from "../../support/install-packed.ts";
import { useSharedStack } from "../../support/stack.ts";

const { mlflowUrl } = useSharedStack();
const source = path.join(projectRoot, "shared/mlflow");
const compiler = path.join(projectRoot, "node_modules/typescript/bin/tsc");
const checkOnly = "--strict --noEmit --skipLibCheck --module nodenext --target es2023 --types node".split(
  " ",
);
let folder: string;

beforeAll(async () => {
  folder = await installPacked("shared/mlflow");
  symlinkSync(path.join(projectRoot, "node_modules/@types"), path.join(folder, "node_modules/@types"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("runs as plain JavaScript in another project, without the rest of this one", async () => {
  const program = `
    import { createExperiment, createMlflowClient, parseMlflowSettings, searchRuns } from "mlflow-rest-client-generated";
    const client = createMlflowClient(parseMlflowSettings(process.env));
    const id = await createExperiment(client, { name: "package-" + process.pid });
    const runs = [];
    for await (const run of searchRuns(client, { experiment_ids: [id] })) runs.push(run);
    console.log(JSON.stringify({ id, runs }));
  `;
  writeFileSync(path.join(folder, "main.js"), program);
  const { stdout } = await run("main.js", [], { MLFLOW_TRACKING_URI: mlflowUrl });
  expect(JSON.parse(stdout)).toEqual({ id: expect.stringMatching(/^\d+$/), runs: [] });
});

it("has an example that runs", async () => {
  copyFileSync(path.join(source, "example/log-run.mjs"), path.join(folder, "log-run.mjs"));
  const { stdout } = await run("log-run.mjs", [], { MLFLOW_TRACKING_URI: mlflowUrl });
  expect(stdout).toBe("0 0.4\n1 0.2\n2 0.1\n");
});

it("brings its types along, which tell right from wrong", async () => {
  const right = `
    import { createMlflowClient, type Run, unwrap } from "mlflow-rest-client-generated";
    const client = createMlflowClient({ trackingUri: "http://localhost:5000" });
    const { run } = await unwrap(client.GET("/api/2.0/mlflow/runs/get", { params: { query: { run_id: "1" } } }));
    export const id: Run["info"]["run_id"] = run.info.run_id;
  `;
  const wrong = `${right}
    // @ts-expect-error: no such path
    await client.GET("/api/2.0/mlflow/runs/gets");
    // @ts-expect-error: a run is asked for by its id
    await client.GET("/api/2.0/mlflow/runs/get", { params: { query: {} } });
    // @ts-expect-error: a metric has a time
    const body = { run_id: "1", metrics: [{ key: "a", value: 1 }] } satisfies import("mlflow-rest-client-generated").Schemas["LogBatch"];
  `;
  writeFileSync(path.join(folder, "main.ts"), wrong);
  await run(compiler, [...checkOnly, "main.ts"]);
});

it("has every example of its README right", async () => {
  const readme = readFileSync(path.join(source, "README.md"), "utf8");
  const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code ?? "");
  expect(examples.length).toBeGreaterThan(4);
  const [first = "", ...others] = examples;
  const imports = others.flatMap((code) => code.match(/^import .*$/gm) ?? []).join("\n");
  const bodies = others.map((code) => `{\n${code.replace(/^import .*$/gm, "")}\n}`).join("\n");
  writeFileSync(path.join(folder, "readme.ts"), `${first}\n${imports}\n${bodies}\nexport {};\n`);
  await run(compiler, [...checkOnly, "readme.ts"]);
});

it.each(["predict", "health", "drift"])("adds less than 20 KB to the bundle of %s", async (name) => {
  const { metafile } = await build({
    entryPoints: [path.join(projectRoot, `functions/${name}/handler.ts`)],
    absWorkingDir: projectRoot,
    external: ["sharp", "onnxruntime-node", "@tensorflow/*", "h5wasm"],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
  });
  const [output] = Object.values(metafile.outputs);
  const bytes = Object.entries(output?.inputs ?? {})
    .filter(([file]) => file.startsWith("shared/mlflow/") || file.includes("/openapi-fetch/"))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  expect(bytes).toBeGreaterThan(5_000);
  expect(bytes).toBeLessThan(20_000);
});

function run(script: string, parameters: string[], environment: Record<string, string> = {}) {
  const options = { cwd: folder, env: { ...process.env, ...environment }, timeout: 60_000 };
  return promisify(execFile)(process.execPath, [script, ...parameters], options).catch((error) => {
    throw new Error(`${error.message}\n${error.stdout}`);
  });
}
