import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { EngineName } from "../../contracts/model.ts";
import type { Pair } from "../graph/operations.ts";
import { compilerVersion } from "./compiled-model.ts";

/** Names a compiled graph by everything it depends on: the model's bytes, the engine, the compiler, the image size. */
export async function computeCompileKey(file: string, engine: EngineName, imageSize?: Pair): Promise<string> {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([compilerVersion, engine, imageSize ?? null]));
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  return `${engine}-${hash.digest("hex").slice(0, 32)}`;
}
