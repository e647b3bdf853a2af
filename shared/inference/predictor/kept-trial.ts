import { createHash, randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { Normalization } from "../../image/preprocessing/normalize-values.ts";
import { endings, type GraphFacts } from "../graph-ending/find-ending.ts";
import type { ImageInput } from "./image-input.ts";
import { trialPictures } from "./trial-pictures.ts";

/** What a graph answers to the trial pictures, in their order, and what its operations show. */
export interface Trial {
  answers: TrialAnswer[];
  facts: GraphFacts;
}

/** A trial picture's name and what the graph answered. */
export interface TrialAnswer {
  name: string;
  output: Float32Array;
  /** What its last layer was given, where the graph has such taps. Of the pictures in a kept trial only the photograph has them. */
  features?: Float32Array | undefined;
}

/** Raise it when the trial pictures change, or how a graph's facts are found. */
const trialForm = 1;

const numbers = z.array(z.number()).transform((values) => new Float32Array(values));
const fileSchema = z.object({
  answers: z
    .array(z.object({ name: z.string(), output: numbers, features: numbers.optional() }))
    .length(trialPictures.length),
  facts: z.object({ ending: z.enum(endings), hasConvolution: z.boolean() }),
});

/** What an earlier load of the graph has kept of its trial with the same pixels; undefined where it has kept nothing. */
export async function readKeptTrial(
  folder: string,
  input: ImageInput,
  normalization: Normalization,
): Promise<Trial | undefined> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(pathOf(folder, input, normalization), "utf8")));
  } catch {
    return undefined;
  }
}

/**
 * Keeps a trial beside its graph, where that folder can be written to and JSON can hold the answers. They are kept
 * exactly: 0.9999998 and 1 are far apart where their logarithms are compared.
 */
export async function keepTrial(
  folder: string,
  input: ImageInput,
  normalization: Normalization,
  { answers, facts }: Trial,
): Promise<void> {
  if (!answers.every(({ output }) => output.every(Number.isFinite))) return;
  const path = pathOf(folder, input, normalization);
  const partial = `${path}.partial-${randomUUID()}`;
  const content = answers.map(({ name, output, features }, i) => ({
    name,
    output: Array.from(output),
    ...(i === 0 && features && { features: Array.from(features) }),
  }));
  try {
    await writeFile(partial, JSON.stringify({ answers: content, facts }));
    await rename(partial, path);
  } catch {
    await rm(partial, { force: true }).catch(() => {});
  }
}

/** Named by everything that the pixels of the trial pictures depend on. */
function pathOf(folder: string, { layout, height, width }: ImageInput, normalization: Normalization): string {
  const { value_range, channel_order, mean, std } = normalization;
  const pixels = [trialForm, layout, height, width, value_range, channel_order, mean, std];
  const key = createHash("sha256").update(JSON.stringify(pixels)).digest("hex").slice(0, 16);
  return join(folder, `trial-${key}.json`);
}
