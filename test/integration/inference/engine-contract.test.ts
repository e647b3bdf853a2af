import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureTensorflow } from "../../../scripts/tensorflow/tensorflow.ts";
import { ModelError } from "../../../shared/errors/model-error.ts";
import { graphPathIn } from "../../../shared/inference/compiled/compiled-model.ts";
import { chooseEngine } from "../../../shared/inference/engines/choose-engine.ts";
import { LayerGraph } from "../../../shared/keras-compiler/graph/layer-graph.ts";
import { createWeight } from "../../../shared/keras-compiler/graph/weight.ts";
import { writeGraph } from "../../../shared/keras-compiler/write-graph.ts";
import { type EngineName, engineNames, type ModelFormat } from "../../../shared/schemas/model.ts";

const tensorflow = await ensureTensorflow((message) => console.info(message), { retry: false });
if (!tensorflow.installed) console.warn(`TensorFlow's part is skipped: ${tensorflow.explanation}`);

const ownFormat: Record<EngineName, ModelFormat> = { onnx: "onnx", tensorflow: "saved_model" };
const height = 2;
const width = 3;

/** Every number of a picture times 2 plus 1, as one row. */
function createGraph(): LayerGraph {
  const graph = new LayerGraph();
  const image = graph.addInput("image", [null, height, width, 3]);
  const affine = { type: "affine", scale: Float32Array.of(2), shift: Float32Array.of(1) } as const;
  const row = graph.add(
    { type: "reshape", shape: [null, 18] },
    [graph.add(affine, [image], "double")],
    "row",
  );
  const kernel = createWeight(
    [18, 18],
    Float32Array.from({ length: 18 * 18 }, (_, index) => Number(index % 19 === 0)),
  );
  graph.addOutput("row", graph.add({ type: "dense", kernel }, [row], "same"));
  return graph;
}

const pictureOf = (value: number) => new Float32Array(18).fill(value);
const answerTo = (value: number) => pictureOf(value * 2 + 1);

/** What every engine must do, whichever library is behind it. */
describe.each(engineNames)("engine %s", (name) => {
  const isInstalled = name !== "tensorflow" || tensorflow.installed;
  const shape = [1, height, width, 3];
  let folder: string;
  let graphPath: string;

  const createEngine = () => chooseEngine(ownFormat[name], name, { threads: 1 });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "engine-"));
    graphPath = graphPathIn(folder, name);
    writeGraph(graphPath, createGraph());
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.skipIf(!isInstalled)("tells its name and the graph's input and output", async () => {
    const engine = createEngine();
    const session = await engine.load(graphPath);
    expect(engine.name).toBe(name);
    expect(session.input).toEqual({ name: "image", shape: [null, height, width, 3] });
    expect(session.output).toEqual({ name: "row", shape: [null, 18] });
    await session.dispose();
  });

  test.skipIf(!isInstalled)("gives each caller an answer of its own", async () => {
    const session = await createEngine().load(graphPath);
    const first = await session.run(pictureOf(1), shape);
    const second = await session.run(pictureOf(5), shape);
    expect(first.output).toEqual(answerTo(1));
    expect(second.output).toEqual(answerTo(5));
    await session.dispose();
  });

  test.skipIf(!isInstalled)("answers several at once, each its own", async () => {
    const session = await createEngine().load(graphPath);
    const values = [0, 1, 2, 3, 4, 5, 6, 7];
    const answers = await Promise.all(values.map((value) => session.run(pictureOf(value), shape)));
    expect(answers.map(({ output }) => output)).toEqual(values.map(answerTo));
    await session.dispose();
  });

  test.skipIf(!isInstalled)("takes several pictures as a batch", async () => {
    const session = await createEngine().load(graphPath);
    const batch = Float32Array.from([...pictureOf(1), ...pictureOf(2)]);
    const { output } = await session.run(batch, [2, height, width, 3]);
    expect(output).toEqual(Float32Array.from([...answerTo(1), ...answerTo(2)]));
    await session.dispose();
  });

  test.skipIf(!isInstalled)("goes on with one session when another of the same file ends", async () => {
    const engine = createEngine();
    const [ending, staying] = [await engine.load(graphPath), await engine.load(graphPath)];
    await ending.dispose();
    expect((await staying.run(pictureOf(3), shape)).output).toEqual(answerTo(3));
    await staying.dispose();
    const again = await engine.load(graphPath);
    expect((await again.run(pictureOf(4), shape)).output).toEqual(answerTo(4));
    await again.dispose();
  });

  test.skipIf(!isInstalled)("refuses a file that is not there", async () => {
    const missing = createEngine().load(path.join(folder, "missing"));
    await expect(missing).rejects.toThrow(ModelError);
  });

  test.skipIf(!isInstalled)("refuses a damaged file by its own name", async () => {
    const damaged = await mkdtemp(path.join(tmpdir(), "damaged-"));
    const file = path.join(damaged, name === "onnx" ? "model.onnx" : "saved_model.pb");
    await writeFile(file, "no graph");
    const engineLabel = name === "onnx" ? "ONNX Runtime" : "TensorFlow";
    const loading = createEngine().load(name === "onnx" ? file : damaged);
    await expect(loading).rejects.toThrow(`${engineLabel} cannot load`);
    await rm(damaged, { recursive: true });
  });
});
