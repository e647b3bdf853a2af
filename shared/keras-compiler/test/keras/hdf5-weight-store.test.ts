import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import h5wasm from "h5wasm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closeFile, type FileSlice, openFile } from "../../keras/file-slice.ts";
import { Hdf5File } from "../../keras/hdf5-file.ts";
import { Hdf5WeightStore } from "../../keras/hdf5-weight-store.ts";

let folder: string;
let slice: FileSlice;
let file: Hdf5File;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hdf5-store-"));
});
afterEach(async () => {
  file.close();
  closeFile(slice);
  await rm(folder, { recursive: true });
});

/** A whole-model file whose weights hold one number each, counted from 0 in the order they are named. */
async function openStore(groups: Record<string, string[]>): Promise<Hdf5WeightStore> {
  const { FS } = await h5wasm.ready;
  const made = new h5wasm.File("store.h5", "w");
  const weights = made.create_group("model_weights");
  weights.create_attribute("layer_names", Object.keys(groups));
  let count = 0;
  for (const [name, variables] of Object.entries(groups)) {
    const group = weights.create_group(name);
    group.create_attribute("weight_names", variables);
    for (const variable of variables) {
      const parents = variable.split("/").slice(0, -1);
      parents.forEach((_, index) => {
        const parent = parents.slice(0, index + 1).join("/");
        if (!group.keys().includes(parent)) made.create_group(`model_weights/${name}/${parent}`);
      });
      made.create_dataset({
        name: `model_weights/${name}/${variable}`,
        data: Float32Array.of(count++),
        shape: [1],
      });
    }
  }
  made.close();
  writeFileSync(path.join(folder, "store.h5"), FS.readFile("store.h5") as Uint8Array);
  slice = openFile(path.join(folder, "store.h5"));
  file = await Hdf5File.open(slice);
  return new Hdf5WeightStore(file);
}

const numbersOf = (store: Hdf5WeightStore, names: string[], parts?: string[]) =>
  store.weightsOf({ names, group: "" }, parts).map((weight) => weight.read()[0]);

test("weights are found by their layer, whose name stands before theirs, or nothing does (Keras 3.0)", async () => {
  const store = await openStore({ first: ["first/kernel", "first/bias"], second: ["kernel", "bias"] });
  expect(numbersOf(store, ["second"])).toEqual([2, 3]);
  expect(store.unclaimed()).toHaveLength(2);
  expect(numbersOf(store, ["first"])).toEqual([0, 1]);
  expect(store.unclaimed()).toEqual([]);
});

test("weights of a nested model are distinguished by the layers' names", async () => {
  const store = await openStore({ nested: ["b/kernel", "a/kernel", "mha/query/kernel", "mha/key/kernel"] });
  expect(numbersOf(store, ["nested", "a"])).toEqual([1]);
  expect(numbersOf(store, ["nested", "mha"], ["query_dense", "key_dense"])).toEqual([2, 3]);
  expect(store.unclaimed()).toHaveLength(1);
});

test("two nested layers of one name are refused", async () => {
  const store = await openStore({ nested: ["inner/same/kernel", "other/same/kernel"] });
  expect(() => numbersOf(store, ["nested", "same"])).toThrow("Several nested layers are named same");
});
