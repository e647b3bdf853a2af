import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
// Not from the index, which would bring the whole compiler into every cold start.
import { compilerVersion } from "../../keras-compiler/compiler-version.ts";
import type { CompileOptions } from "../../keras-compiler/index.ts";
import type { EngineName, ModelFormat } from "../../schemas/model.ts";

export interface CompileSource {
  file: string;
  format: ModelFormat;
  imageSize: CompileOptions["imageSize"];
}

/**
 * Raise it when what is kept beside or within a graph changes. Form 1 added an activation to the logits, 2 had no taps,
 * 3 lacked the part up to the first normalisation, 4 took a mean over any axes for one over rows and columns.
 */
const keptForm = 5;

/** Names a compiled graph by everything it depends on: the model's content, the engine, the compiler, the image size. */
export async function computeCompileKey(source: CompileSource, engine: EngineName): Promise<string> {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([keptForm, compilerVersion, engine, source.format, source.imageSize ?? null]));
  if (source.format === "keras") await hashDirectory(source.file, hash);
  else await hashContent(source.file, hash);
  return `${engine}-${hash.digest("hex").slice(0, 32)}`;
}

/** Far more than the directory of a `.keras` file, which has three or four entries. */
const tailBytes = 64 * 1024;

/**
 * A zip file's directory is at its end and holds a checksum of every entry, so hashing that is enough and takes no
 * time. It is not parsed here: only the compiler can, and that is not loaded where the graph is kept.
 */
async function hashDirectory(file: string, hash: Hash): Promise<void> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const begin = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - begin), 0, size - begin, begin);
    hash.update(`${size} `).update(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

async function hashContent(file: string, hash: Hash): Promise<void> {
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
}
