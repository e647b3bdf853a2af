import { type FileSlice, readInto } from "./file-slice.ts";

/** What is used of Emscripten's file system (emscripten.org/docs/api_reference/Filesystem-API.html). */
interface FileSystem {
  writeFile(path: string, content: Uint8Array): void;
  lookupPath(path: string, options: object): { node: object };
}

/** A file of Emscripten's file system in memory, as far as reading goes. */
interface FileNode {
  usedBytes: number;
  stream_ops: object;
}

type ReadStream = (
  stream: unknown,
  target: Uint8Array,
  offset: number,
  length: number,
  position: number,
) => number;

/**
 * Shows part of a real file as a file to the library, which then reads it where it lies; the usual way would copy all of
 * it into memory first. Emscripten's createLazyFile replaces the same two members.
 */
export function mountSlice(fileSystem: FileSystem, path: string, slice: FileSlice): void {
  fileSystem.writeFile(path, new Uint8Array());
  const node = fileSystem.lookupPath(path, {}).node as FileNode;
  const read: ReadStream = (_stream, target, offset, length, position) =>
    readInto(slice, new Uint8Array(target.buffer, target.byteOffset + offset, length), position);
  node.usedBytes = slice.byteLength;
  node.stream_ops = { ...node.stream_ops, read };
}
