import { type FileSlice, readInto } from "./file-slice.ts";

/** The part of Emscripten's file system that is used (emscripten.org/docs/api_reference/Filesystem-API.html). */
interface FileSystem {
  writeFile(path: string, content: Uint8Array): void;
  lookupPath(path: string, options: object): { node: object };
}

/** A file in Emscripten's in-memory file system, as far as reading needs it. */
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
 * Mounts part of a real file as a file of the library, which then reads from the real one; the usual way would first
 * copy all of it into memory. Emscripten's createLazyFile replaces the same two members.
 */
export function mountSlice(fileSystem: FileSystem, path: string, slice: FileSlice): void {
  fileSystem.writeFile(path, new Uint8Array());
  const node = fileSystem.lookupPath(path, {}).node as FileNode;
  const read: ReadStream = (_stream, target, offset, length, position) =>
    readInto(slice, new Uint8Array(target.buffer, target.byteOffset + offset, length), position);
  node.usedBytes = slice.byteLength;
  node.stream_ops = { ...node.stream_ops, read };
}
