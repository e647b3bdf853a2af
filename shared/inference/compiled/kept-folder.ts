import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { ModelError } from "../../errors/model-error.ts";

export const summaryFile = "summary.json";
const summarySchema = z.object({ added_activation: z.enum(["softmax", "sigmoid"]).nullable() });
/** What is known of a compiled graph beside the graph itself. */
export type KeptSummary = z.infer<typeof summarySchema>;

export interface KeptFolder {
  folder: string;
  summary: KeptSummary;
}

/** What is kept under a key beside a version's files, or undefined. What is damaged is removed. */
export async function findKept(directory: string, key: string): Promise<KeptFolder | undefined> {
  const folder = folderOf(directory, key);
  const text = await readFile(join(folder, summaryFile), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return { folder, summary: summarySchema.parse(JSON.parse(text)) };
  } catch {
    await rm(folder, { recursive: true, force: true });
    return undefined;
  }
}

/**
 * Fills a new folder and keeps it under a key. The folder appears complete or not at all; when another process was
 * faster, its folder stands.
 * @throws ModelError when the disk is full
 */
export async function keep(
  directory: string,
  key: string,
  fill: (folder: string) => Promise<KeptSummary>,
): Promise<KeptFolder> {
  const folder = folderOf(directory, key);
  const partial = `${folder}.partial-${randomUUID()}`;
  try {
    await mkdir(partial, { recursive: true });
    const summary = await fill(partial);
    await rename(partial, folder).catch(ignoreTaken);
    return { folder, summary };
  } catch (error) {
    if (codeOf(error) !== "ENOSPC") throw error;
    throw new ModelError(
      `No space is left in ${directory} to keep the compiled graph; raise ephemeralStorageSize of predict in serverless.yml`,
      { cause: error },
    );
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function folderOf(directory: string, key: string): string {
  return join(directory, "compiled", key);
}

function ignoreTaken(error: unknown): void {
  const code = codeOf(error);
  if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
