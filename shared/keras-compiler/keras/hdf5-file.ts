import { randomUUID } from "node:crypto";
import { computeElementCount, type Weight } from "../graph/weight.ts";
import { KerasModelError } from "../keras-model-error.ts";
import { decodeFloat16 } from "./decode-float16.ts";
import type { FileSlice } from "./file-slice.ts";
import { mountSlice } from "./mount-slice.ts";

type Hdf5Library = typeof import("h5wasm").default;
type Hdf5Module = Awaited<Hdf5Library["ready"]>;
type Hdf5Handle = InstanceType<Hdf5Library["File"]>;

/** Values are copied out of the library's memory in pieces of this size, because that memory never shrinks. */
const pieceBytes = 16 * 1024 * 1024;

/** A read-only HDF5 file. Weights are read when they are asked for, until the file is closed. */
export class Hdf5File {
  readonly #library: Hdf5Library;
  readonly #module: Hdf5Module;
  readonly #handle: Hdf5Handle;
  readonly #path: string;

  private constructor(library: Hdf5Library, module: Hdf5Module, path: string) {
    this.#library = library;
    this.#module = module;
    this.#path = path;
    this.#handle = new library.File(path, "r");
  }

  /** @throws KerasModelError when the slice is not an HDF5 file */
  static async open(slice: FileSlice): Promise<Hdf5File> {
    const { default: library } = await import("h5wasm");
    const module = await library.ready;
    // Without this the library prints its errors and goes on, with values that were never read.
    module.activate_throwing_error_handler();
    const path = `/${randomUUID()}.h5`;
    mountSlice(module.FS, path, slice);
    try {
      return new Hdf5File(library, module, path);
    } catch (error) {
      module.FS.unlink(path);
      throw new KerasModelError(
        "The weights are not a readable HDF5 file: save the model again with model.save",
        { cause: error },
      );
    }
  }

  /** Paths of all groups and data sets, without a leading slash. */
  paths(): string[] {
    return this.#handle.paths().map((path) => path.replace(/^\//, ""));
  }

  /** A text attribute of a group, or undefined. */
  attribute(group: string, name: string): unknown {
    const entity = group === "" ? this.#handle : this.#handle.get(group);
    if (!(entity instanceof this.#library.Group)) return undefined;
    return entity.attrs[name]?.value;
  }

  /**
   * A data set as a weight. Reading it throws a KerasModelError when it holds something other than float16, float32 or
   * float64.
   */
  weight(path: string): Weight {
    const { shape, type, size, littleEndian } = this.#describe(path);
    const isFloat = type === this.#module.H5T_class_t.H5T_FLOAT.value && [2, 4, 8].includes(size);
    const read = () => {
      if (isFloat && littleEndian) return this.#read(path, shape ?? [], size);
      throw new KerasModelError(`The weight ${path} does not hold float16, float32 or float64`);
    };
    return { shape: shape ?? [], read };
  }

  #describe(path: string): ReturnType<Hdf5Module["get_dataset_metadata"]> {
    try {
      return this.#module.get_dataset_metadata(this.#handle.file_id, path);
    } catch (error) {
      throw new KerasModelError(`The weight ${path} is missing`, { cause: error });
    }
  }

  close(): void {
    this.#handle.close();
    this.#module.FS.unlink(this.#path);
  }

  #read(path: string, shape: readonly number[], elementBytes: number): Float32Array {
    assertRoom(path, computeElementCount(shape));
    const values = new Float32Array(computeElementCount(shape));
    const [rowCount = 1, ...row] = shape;
    const rowLength = computeElementCount(row);
    const rowsAtOnce = Math.max(1, Math.floor(pieceBytes / (rowLength * elementBytes)));
    for (let first = 0; first < rowCount; first += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, rowCount - first);
      const target = values.subarray(first * rowLength, (first + rows) * rowLength);
      // Without a region the whole data set is read; a single number has no regions.
      const region =
        shape.length === 0 ? undefined : { count: [rows, ...row], offset: [first, ...row.map(() => 0)] };
      this.#readPiece(path, region, elementBytes, target);
    }
    return values;
  }

  #readPiece(path: string, region: Region | undefined, elementBytes: number, target: Float32Array): void {
    const byteLength = target.length * elementBytes;
    const pointer = this.#module._malloc(byteLength);
    if (pointer === 0) throw new KerasModelError(`No memory is left to read the weight ${path}`);
    try {
      const count = region?.count.map(BigInt) ?? null;
      const offset = region?.offset.map(BigInt) ?? null;
      const strides = count?.map(() => 1n) ?? null;
      this.#module.get_dataset_data(this.#handle.file_id, path, count, offset, strides, BigInt(pointer));
      copyFloats(this.#module.HEAPU8.subarray(pointer, pointer + byteLength), elementBytes, target);
    } catch (error) {
      throw new KerasModelError(`The weight ${path} cannot be read`, { cause: error });
    } finally {
      this.#module._free(pointer);
    }
  }
}

/**
 * A data set may declare any size, whatever the file's: values that were never written, or are compressed, take little
 * room in it.
 *
 * @throws KerasModelError when this machine does not have the memory for it
 */
function assertRoom(path: string, elementCount: number): void {
  const neededBytes = elementCount * Float32Array.BYTES_PER_ELEMENT;
  const freeBytes = process.availableMemory();
  if (neededBytes <= freeBytes) return;
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`;
  throw new KerasModelError(
    `The weight ${path} declares ${megabytes(neededBytes)}, but ${megabytes(freeBytes)} of memory are free`,
  );
}

/** Part of a data set, axis by axis. */
interface Region {
  count: readonly number[];
  offset: readonly number[];
}

/** Copies little-endian floats of 2, 4 or 8 bytes to float32. The library's pointers are aligned to 8 bytes. */
function copyFloats(bytes: Uint8Array, elementBytes: number, target: Float32Array): void {
  const { buffer, byteOffset, byteLength } = bytes;
  const count = byteLength / elementBytes;
  if (elementBytes === 4) target.set(new Float32Array(buffer, byteOffset, count));
  else if (elementBytes === 8) target.set(new Float64Array(buffer, byteOffset, count));
  else decodeFloat16(new Uint16Array(buffer, byteOffset, count), target);
}
