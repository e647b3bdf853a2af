import { createHash } from "node:crypto";
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
  /** How many features came with it. */
  featureCount: number | undefined;
}

/** Raise it when the trial pictures change, or how a graph's facts are found. */
const keptForm = 1;

const fileSchema = z.object({
  answers: z
    .array(z.object({ name: z.string(), output: z.array(z.number()), featureCount: z.int().optional() }))
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
    const text = await readFile(pathOf(folder, input, normalization), "utf8");
    const { answers, facts } = fileSchema.parse(JSON.parse(text));
    return {
      answers: answers.map(({ name, output, featureCount }) => ({
        name,
        output: new Float32Array(output),
        featureCount,
      })),
      facts,
    };
  } catch {
    return undefined;
  }
}

/** Keeps a trial beside its graph, where that folder can be written to and JSON can hold the answers. */
export async function keepTrial(
  folder: string,
  input: ImageInput,
  normalization: Normalization,
  { answers, facts }: Trial,
): Promise<void> {
  if (!answers.every(({ output }) => output.every(Number.isFinite))) return;
  const path = pathOf(folder, input, normalization);
  const partial = `${path}.${process.pid}.partial`;
  const rounded = answers.map(({ output, ...answer }) => ({
    ...answer,
    output: Array.from(output, (value) => Number(value.toPrecision(6))),
  }));
  try {
    await writeFile(partial, JSON.stringify({ answers: rounded, facts }));
    await rename(partial, path);
  } catch {
    await rm(partial, { force: true }).catch(() => {});
  }
}

/** Named by everything that the pixels of the trial pictures depend on. */
function pathOf(folder: string, { layout, height, width }: ImageInput, normalization: Normalization): string {
  const { value_range, channel_order, mean, std } = normalization;
  const pixels = [keptForm, layout, height, width, value_range, channel_order, mean, std];
  const key = createHash("sha256").update(JSON.stringify(pixels)).digest("hex").slice(0, 16);
  return join(folder, `trial-${key}.json`);
}
