/**
 * Times how a model is loaded and run in this process, on one picture; one line of JSON.
 *
 *     node forward.ts ENGINE FORMAT FOLDER FILE THREADS SECONDS
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compileModel } from "../../../shared/inference/compiled/compile-model.ts";
import { graphPathIn } from "../../../shared/inference/compiled/compiled-model.ts";
import { chooseEngine } from "../../../shared/inference/engines/choose-engine.ts";
import { LayerGraph } from "../../../shared/keras-compiler/graph/layer-graph.ts";
import { writeGraph } from "../../../shared/keras-compiler/write-graph.ts";
import type { EngineName, ModelFormat } from "../../../shared/schemas/model.ts";
import { readPeakRssMb, readTreeRssMb } from "../memory.ts";
import type { ForwardTimes } from "./forward-times.ts";

const minimumRuns = 20;
const [engineName, formatName, directory, file, threads, seconds] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

const format = formatName as ModelFormat;
const engine = chooseEngine(format, engineName as EngineName, { threads: Number(threads) });
await runSmallestGraph();
const engineMb = readTreeRssMb(process.pid);

const startedMs = performance.now();
const graph = await findGraph();
const session = await engine.load(graph);
const loadMs = performance.now() - startedMs;

const shape = session.input.shape.map((size) => size ?? 1);
const pixels = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, index) => index % 251);
const firstMs = await timeRun();
const timesMs: number[] = [];
const endMs = performance.now() + Number(seconds) * 1000;
while (timesMs.length < minimumRuns || performance.now() < endMs) timesMs.push(await timeRun());

const times: ForwardTimes = {
  loadMs,
  firstMs,
  timesMs,
  engineMb,
  rssMb: readTreeRssMb(process.pid),
  peakMb: readPeakRssMb(process.pid),
  output: [...(await session.run(pixels, shape)).output],
};
console.log(JSON.stringify({ ...times, graph }));
await session.dispose();

/** An engine loads most of itself with its first graph: that is not the model's memory. */
async function runSmallestGraph(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "smallest-graph-"));
  const graph = new LayerGraph();
  const image = graph.addInput("image", [null, 1, 1, 3]);
  graph.addOutput("answer", graph.add({ type: "softmax" }, [image], "softmax"));
  const smallestPath = graphPathIn(folder, engine.name);
  writeGraph(smallestPath, graph);
  const smallest = await engine.load(smallestPath);
  await smallest.run(new Float32Array(3), [1, 1, 1, 3]);
  await smallest.dispose();
  rmSync(folder, { recursive: true });
}

async function findGraph(): Promise<string> {
  if (format !== "keras") return path.join(directory, file);
  const identity = { name: "bench", version: "1", source: "local_file" as const };
  const files = { identity, directory, format, path: file, declared: {}, declaredBy: {} };
  return (await compileModel(files, engine.name)).path;
}

async function timeRun(): Promise<number> {
  const runMs = performance.now();
  await session.run(pixels, shape);
  return performance.now() - runMs;
}
