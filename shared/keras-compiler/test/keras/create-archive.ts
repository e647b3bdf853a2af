import h5wasm from "h5wasm";
import { createZip } from "./create-zip.ts";

interface Values {
  shape: number[];
  values: number[];
}

/** A `.keras` file of a configuration and weights by group: `{ "layers/dense": [kernel, bias] }`. */
export async function createArchive(
  configuration: unknown,
  weights: Record<string, Values[]>,
): Promise<Buffer> {
  return createZip([
    { name: "metadata.json", content: JSON.stringify({ keras_version: "3.15.1" }) },
    { name: "config.json", content: JSON.stringify(configuration) },
    { name: "model.weights.h5", content: await createWeights(weights) },
  ]);
}

async function createWeights(weights: Record<string, Values[]>): Promise<Uint8Array> {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File("archive.h5", "w");
  for (const [group, list] of Object.entries(weights)) {
    const parent = [...group.split("/"), "vars"].reduce<InstanceType<typeof h5wasm.Group>>(
      (parent, name) =>
        (parent.keys().includes(name) ? parent.get(name) : parent.create_group(name)) as typeof parent,
      file,
    );
    list.forEach(({ shape, values }, index) => {
      parent.create_dataset({ name: String(index), data: Float32Array.from(values), shape });
    });
  }
  file.close();
  return FS.readFile("archive.h5") as Uint8Array;
}
