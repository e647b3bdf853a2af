import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import h5wasm, { type Dataset } from "h5wasm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeFile, type FileSlice, openFile, sliceOf } from "../../keras/file-slice.ts";
import { Hdf5File } from "../../keras/hdf5-file.ts";
import { KerasModelError } from "../../keras-model-error.ts";

/** More than one piece of 16 MB, and rows that do not divide it. */
const largeRows = 5001;
const largeColumns = 1000;

async function createFile(): Promise<Uint8Array> {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File("made.h5", "w");
  const group = file.create_group("layers");
  group.create_dataset({ name: "single", data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] });
  group.create_dataset({ name: "double", data: Float64Array.of(0.5, -0.25), shape: [2] });
  group.create_dataset({ name: "scalar", data: Float32Array.of(7), shape: [] });
  group.create_dataset({ name: "count", data: Int32Array.of(7), shape: [1] });
  const large = Float32Array.from({ length: largeRows * largeColumns }, (_, index) => index);
  group.create_dataset({ name: "large", data: large, shape: [largeRows, largeColumns] });
  const huge = { data: Float32Array.of(1), shape: [1, 1], maxshape: [null, null], chunks: [1, 1] };
  (group.create_dataset({ name: "huge", ...huge }) as Dataset).resize([2 ** 21, 2 ** 21]);
  file.create_attribute("model_config", "{}");
  file.close();
  return FS.readFile("made.h5") as Uint8Array;
}

let folder: string;
let made: Uint8Array;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hdf5-"));
  made = await createFile();
});
afterAll(() => rm(folder, { recursive: true }));

/** The bytes as part of a larger file, at an odd position, as they lie in an archive. */
function write(name: string, bytes: Uint8Array): FileSlice {
  const file = path.join(folder, name);
  writeFileSync(file, Buffer.concat([Buffer.from("before"), bytes, Buffer.from("after")]));
  return sliceOf(openFile(file), "before".length, bytes.length);
}

describe("Hdf5File", () => {
  let file: Hdf5File;
  let slice: FileSlice;
  beforeAll(async () => {
    slice = write("made", made);
    file = await Hdf5File.open(slice);
  });
  afterAll(() => {
    file.close();
    closeFile(slice);
  });

  test("refuses a weight that declares more than there is memory, before it makes room for it", () => {
    expect(made.length).toBeLessThan(100 * 2 ** 20);
    expect(() => file.weight("layers/huge").read()).toThrow(
      /^The weight layers\/huge declares 16777216 MB, but \d+ MB of memory are free$/,
    );
  });

  test("lists what it holds and reads attributes", () => {
    expect(file.paths().toSorted()).toEqual([
      "layers",
      ...["count", "double", "huge", "large", "scalar", "single"].map((name) => `layers/${name}`),
    ]);
    expect(file.attribute("", "model_config")).toBe("{}");
    expect(file.attribute("", "missing")).toBeUndefined();
    expect(file.attribute("no/group", "missing")).toBeUndefined();
  });

  test("reads float32 and float64 as float32", () => {
    const single = file.weight("layers/single");
    expect(single.shape).toEqual([2, 3]);
    expect(single.read()).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    expect(file.weight("layers/double").read()).toEqual(Float32Array.of(0.5, -0.25));
    expect(file.weight("layers/scalar").read()).toEqual(Float32Array.of(7));
  });

  test("reads a large data set piece by piece", () => {
    const values = file.weight("layers/large").read();
    expect(values.length).toBe(largeRows * largeColumns);
    expect(values.every((value, index) => value === index)).toBe(true);
  });

  test("refuses what is missing or holds no floats", () => {
    expect(() => file.weight("layers/none")).toThrow("The weight layers/none is missing");
    expect(() => file.weight("layers/count").read()).toThrow("does not hold float16, float32 or float64");
  });
});

test.each<[string, () => Uint8Array]>([
  ["a file that is cut off", () => made.slice(0, -100)],
  ["bytes that are not an HDF5 file", () => Buffer.from("nothing of the kind")],
])("%s is refused", async (name, createBytes) => {
  const slice = write(name, createBytes());
  await expect(Hdf5File.open(slice)).rejects.toThrow(KerasModelError);
  await expect(Hdf5File.open(slice)).rejects.toThrow("not a readable HDF5 file");
  closeFile(slice);
});
