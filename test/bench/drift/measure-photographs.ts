import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import sharp, { type Sharp } from "sharp";
import { createAsk } from "../../../scripts/evaluate/create-answer.ts";
import { withPredictor } from "../../../scripts/evaluate/open-predictor.ts";
import type { ComparedRecord } from "../../../shared/drift/figures/figure.ts";
import type { Predictor } from "../../../shared/schemas/model.ts";
import type { PredictionEvent } from "../../../shared/tracking/session.ts";
import { createRandom } from "../../support/random.ts";

/** What the service records of one photograph, or of the photograph with something done to it. */
export interface MeasuredPhotograph extends ComparedRecord {
  file: string;
  /** Where it comes from: one of the public set's sources, or one of the clinics in ../shared/fundus-outside. */
  clinic: string;
  /** Photographs of one patient. */
  group: string;
  /** Name and size (0, 1, 2) of what was done to it; absent for the photograph as it is. */
  variant?: string;
}

/** The public set is largely copies of its own photographs, turned and stretched; those are not photographs. */
const copies = "kerasaug";
const changedPhotographs = 160;
export const measuresFile = path.resolve(".local/drift-photographs.jsonl");

/** What is done to photographs, in three sizes. */
const variants: Record<string, (photograph: Buffer, size: 0 | 1 | 2) => Sharp> = {
  blur: (photograph, size) => sharp(photograph).blur([1.5, 3, 8][size] as number),
  brightness: (photograph, size) => sharp(photograph).linear([0.9, 0.75, 0.5][size] as number, 0),
  colour: (photograph, size) => {
    const cast = [0.95, 0.85, 0.6][size] as number;
    return sharp(photograph).recomb([
      [cast, 0, 0],
      [0, 1, 0],
      [0, 0, 2 - cast],
    ]);
  },
  frame: (photograph, size) => {
    const border = [20, 60, 160][size] as number;
    return sharp(photograph).extend({
      ...{ top: border, bottom: border, left: border, right: border },
      background: "black",
    });
  },
};

/** Folders of photographs, which are not part of the project. */
export const photographFolder = "../shared";

/**
 * Sends the photographs of ../shared/fundus and ../shared/fundus-outside, as they are and some of them changed, through
 * POST /predict in this process, and keeps what its records would say in a file: the next time it is read. What is in
 * the file already is not done again.
 */
export async function measurePhotographs(folder = photographFolder): Promise<MeasuredPhotograph[]> {
  const known = await readKnown();
  const done = new Set(known.map(({ file, variant = "" }) => `${file} ${variant}`));
  const chosen = shufflePatients([...(await listPublic(folder)), ...(await listOutside(folder))]);
  await mkdir(path.dirname(measuresFile), { recursive: true });
  await withPredictor({}, async (predictor) => {
    const ask = createAsk(predictor);
    for (const [at, { file, clinic, group }] of chosen.entries()) {
      const bytes = await readFile(path.join(folder, file));
      for (const variant of ["", ...(at < changedPhotographs ? listVariants() : [])]) {
        if (done.has(`${file} ${variant}`)) continue;
        const event = await ask(await change(bytes, variant));
        const line = { file, clinic, group, ...(variant && { variant }), ...pick(event, predictor) };
        known.push(line);
        await appendFile(measuresFile, `${JSON.stringify(line)}\n`);
      }
    }
  });
  return known;
}

const listVariants = () =>
  Object.keys(variants).flatMap((name) => [0, 1, 2].map((size) => `${name} ${size}`));

async function change(bytes: Buffer, variant: string): Promise<Buffer> {
  const picture = sharp(bytes).resize(512, 512, { fit: "inside" });
  const resized = await picture.jpeg({ quality: 95 }).toBuffer();
  if (variant === "") return resized;
  const [name = "", size = "0"] = variant.split(" ");
  const changed = variants[name]?.(resized, Number(size) as 0 | 1 | 2);
  return (changed as Sharp).jpeg({ quality: 95 }).toBuffer();
}

function pick(event: PredictionEvent, { identity }: Predictor): ComparedRecord {
  const { probabilities, predicted_class, confidence, inference_time_ms } = event;
  const { image_measures, decision, feature_projection } = event;
  return {
    ...{ probabilities, predicted_class, confidence, inference_time_ms },
    ...{ image_measures, decision, feature_projection },
    model_version: `${identity.name}/${identity.version}`,
  };
}

async function readKnown(): Promise<MeasuredPhotograph[]> {
  const text = await readFile(measuresFile, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as MeasuredPhotograph);
}

interface Photograph {
  file: string;
  clinic: string;
  group: string;
}

async function listPublic(folder: string): Promise<Photograph[]> {
  const rows = await readTable(path.join(folder, "fundus/groups.tsv"));
  return rows
    .filter(([, source]) => source !== copies)
    .map(([file, source = "", group]) => ({
      file: `fundus/${file}`,
      clinic: source,
      group: `public ${group}`,
    }));
}

async function listOutside(folder: string): Promise<Photograph[]> {
  const rows = await readTable(path.join(folder, "fundus-outside/sources.tsv"));
  return rows.map(([source = "", file, , group = ""]) => ({
    file: `fundus-outside/${file}`,
    clinic: source,
    group,
  }));
}

async function readTable(file: string): Promise<string[][]> {
  const [, ...lines] = (await readFile(file, "utf8")).trim().split("\n");
  return lines.map((line) => line.split("\t"));
}

/** Whole patients in an order that is the same each time. */
function shufflePatients(photographs: readonly Photograph[]): Photograph[] {
  const random = createRandom(3);
  return [...Map.groupBy(photographs, ({ group }) => group).values()]
    .map((patient) => ({ patient, order: random() }))
    .sort((a, b) => a.order - b.order)
    .flatMap(({ patient }) => patient);
}
