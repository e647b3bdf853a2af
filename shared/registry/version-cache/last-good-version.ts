import { randomUUID } from "node:crypto";
import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import {
  type ModelFiles,
  modelEvidenceSchema,
  modelFormats,
  modelIdentitySchema,
} from "../../schemas/model.ts";
import { parseDeclaredContract } from "../contract/parse-declared-fields.ts";

const fileName = "last-good.json";

const lastGoodSchema = z.object({
  servingId: z.string(),
  identity: modelIdentitySchema,
  directory: z.string(),
  format: z.enum(modelFormats),
  path: z.string(),
  declared: z.unknown(),
  declaredBy: z.record(z.string(), z.string()),
  evidence: modelEvidenceSchema.exactOptional(),
});

/** A version that was loaded and has answered. */
export interface LastGoodVersion {
  files: ModelFiles;
  servingId: string;
}

/** Writes which version of a model was the last good one, in one step: several processes may share the folder. */
export async function writeLastGood(folder: string, { files, servingId }: LastGoodVersion): Promise<void> {
  const target = join(folder, fileName);
  const unfinished = `${target}.${randomUUID()}`;
  await writeFile(unfinished, JSON.stringify({ ...files, servingId }, null, 2));
  await rename(unfinished, target);
}

/** The last good version of a model; undefined when none was written, or its weights are gone. */
export async function readLastGood(folder: string): Promise<LastGoodVersion | undefined> {
  try {
    const text = await readFile(join(folder, fileName), "utf8");
    const { declared, servingId, ...files } = lastGoodSchema.parse(JSON.parse(text));
    await stat(join(files.directory, files.path));
    return { files: { ...files, declared: parseDeclaredContract(declared, fileName) }, servingId };
  } catch {
    return undefined;
  }
}
