import { kernelsInBase64 } from "./built-kernels.ts";

/** The part of WebAssembly that is used here: TypeScript declares it for browsers only. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

/** What the C sources beside this file export; addresses and sizes are in bytes. */
interface Exports {
  memory: { buffer: ArrayBuffer };
  /** Gives back all memory. */
  reset(): void;
  allocate(bytes: number): number;
  resample(
    ...parameters: [
      pixels: number,
      width: number,
      height: number,
      columnGroups: number,
      columnCount: number,
      columnStarts: number,
      columnWeights: number,
      rowGroups: number,
      rowCount: number,
      rowStarts: number,
      rowWeights: number,
      halvesUp: number,
      betweenPasses: number,
      output: number,
    ]
  ): void;
  find_retina_disc(pixels: number, width: number, height: number, box: number): void;
  segment_retina_disc(pixels: number, width: number, height: number, box: number, mask: number): void;
  reduce_rows(pixels: number, width: number, factor: number, output: number): void;
  count_differences(
    ...parameters: [
      pixels: number,
      width: number,
      height: number,
      darkUpTo: number,
      across: number,
      down: number,
    ]
  ): void;
  sum_texture(grey: number, mask: number, width: number, height: number, found: number): void;
}

type Values = Uint8Array | Int32Array | Float32Array;

export interface Kernels extends Omit<Exports, "memory" | "reset"> {
  /** Copies values into the kernels' memory, with room for `spareBytes` behind them; returns their address. */
  put(values: Values, spareBytes?: number): number;
  /** Copies values to an address that was allocated for them. */
  write(values: Values, address: number): void;
  /** A copy of what lies in the kernels' memory. */
  get(address: number, bytes: number): Uint8Array<ArrayBuffer>;
}

/**
 * WebAssembly never gives memory back to the system, so an instance that a photograph made larger than this is dropped.
 */
const keptBytes = 64 * 1024 * 1024;

const module = new WebAssembly.Module(Buffer.from(kernelsInBase64, "base64"));
let running: Exports | undefined;

/**
 * Runs `compute` with the kernels' memory empty: addresses of an earlier call are not valid. An instance in which a
 * call failed is not used again.
 */
export function useKernels<T>(compute: (kernels: Kernels) => T): T {
  const exports = running ?? (new WebAssembly.Instance(module).exports as Exports);
  running = undefined;
  exports.reset();
  const result = compute(openMemory(exports));
  if (exports.memory.buffer.byteLength <= keptBytes) running = exports;
  return result;
}

function openMemory(exports: Exports): Kernels {
  const { memory, allocate } = exports;
  const write = (values: Values, address: number) => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    new Uint8Array(memory.buffer, address, bytes.length).set(bytes);
  };
  return {
    ...exports,
    write,
    put(values, spareBytes = 0) {
      const address = allocate(values.byteLength + spareBytes);
      write(values, address);
      return address;
    },
    get: (address, bytes) => new Uint8Array(memory.buffer, address, bytes).slice(),
  };
}
