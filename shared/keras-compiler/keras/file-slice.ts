import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { KerasModelError } from "../keras-model-error.ts";

/** Part of an open file. A model is read from the file piece by piece and is never in memory as a whole. */
export interface FileSlice {
  readonly descriptor: number;
  readonly offset: number;
  readonly byteLength: number;
}

/** @throws with the system's code when the file cannot be opened */
export function openFile(path: string): FileSlice {
  const descriptor = openSync(path, "r");
  return { descriptor, offset: 0, byteLength: fstatSync(descriptor).size };
}

export function closeFile({ descriptor }: FileSlice): void {
  closeSync(descriptor);
}

/**
 * The part of a slice from `begin` on.
 *
 * @throws KerasModelError when it reaches beyond the slice's end
 */
export function sliceOf(slice: FileSlice, begin: number, byteLength: number): FileSlice {
  if (begin < 0 || byteLength < 0 || begin + byteLength > slice.byteLength) {
    throw new KerasModelError("The file is cut off or damaged: it ends before its content does");
  }
  return { descriptor: slice.descriptor, offset: slice.offset + begin, byteLength };
}

/** Fills `target` from `position` on, and returns how many bytes there were. */
export function readInto(slice: FileSlice, target: Uint8Array, position: number): number {
  const length = Math.min(target.byteLength, Math.max(0, slice.byteLength - position));
  let count = 0;
  while (count < length) {
    const read = readSync(slice.descriptor, target, count, length - count, slice.offset + position + count);
    if (read === 0) break;
    count += read;
  }
  return count;
}

/**
 * All of a slice.
 *
 * @throws KerasModelError when the file ends within it
 */
export function readWhole(slice: FileSlice): Buffer {
  const bytes = Buffer.alloc(slice.byteLength);
  if (readInto(slice, bytes, 0) < bytes.length)
    throw new KerasModelError("The file became shorter while it was read");
  return bytes;
}
