import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { examineFeatures, examinePhotograph } from "../../../functions/predict/examine-photograph.ts";
import { withPredictor } from "../../../scripts/evaluate/open-predictor.ts";
import { decodeImage } from "../../../shared/image/decoding/decode-image.ts";
import { identifyImage } from "../../../shared/image/decoding/identify-image.ts";
import { preparePixels, sufficientSide } from "../../../shared/image/preprocessing/prepare-pixels.ts";
import { sharp } from "../../../shared/image/sharp.ts";
import type { Predictor } from "../../../shared/schemas/model.ts";
import { estimateProportion } from "../../../shared/statistics/proportion-interval.ts";
import { type Change, changes, treatments } from "./changes.ts";
import { drawnKinds, drawPictures } from "./drawn-pictures.ts";
import { listPhotographs, type Photograph } from "./photographs.ts";

const drawnOfAKind = 60;
/** Of each source, spread evenly over it: all of a small one. */
const photographsOfASource = 300;
const changedPhotographs = 80;
const samplePhotograph = "models/eye-disease/sample/normal-left-eye-cc0.jpg";
const largeSide = 2592;
const timedRuns = 40;
const limits = { maxUploadBytes: 1e8, maxImagePixels: 1e8 };
const sharedFolder = path.resolve("../shared");

/** How many pictures of each kind pass the input checks with the packaged model, as Markdown tables with 95 % intervals. */
export async function benchChecks(): Promise<string> {
  return withPredictor({}, async (predictor) => {
    const passes = (bytes: Buffer) => passesChecks(predictor, bytes);
    const drawn: string[] = [];
    for (const kind of drawnKinds) {
      const name = `${kind.name}${kind.isPaintedDisc ? " (painted disc)" : ""}`;
      drawn.push(await renderRow(name, await drawPictures(kind, drawnOfAKind), passes));
    }
    const tables = [`${await timeChecks(predictor)}\n\n${head("drawn")}\n${drawn.join("\n")}`];
    if (!existsSync(sharedFolder)) return `${tables[0]}\n\nNo photographs are here (${sharedFolder}).`;
    const bySource = Map.groupBy(await listPhotographs(sharedFolder), ({ source }) => source);
    const sources: string[] = [];
    for (const [source, photographs] of bySource)
      sources.push(await renderRow(source, await readAll(spread(photographs, photographsOfASource)), passes));
    tables.push(`${head("photographs")}\n${sources.join("\n")}`);
    const some = await readAll(spread([...bySource.values()].flat(), changedPhotographs));
    for (const [title, list] of [
      ["photographs made worse", changes],
      ["photographs treated", treatments],
    ] as const) {
      const rows: string[] = [];
      for (const change of list) rows.push(await renderRow(change.name, await applyTo(some, change), passes));
      tables.push(`${head(title)}\n${rows.join("\n")}`);
    }
    return tables.join("\n\n");
  });
}

/** What the checks of the picture cost, decoding left out, for a photograph as a camera makes it. */
async function timeChecks({ contract }: Predictor): Promise<string> {
  const bytes = await sharp(await readFile(samplePhotograph))
    .resize(largeSide, largeSide)
    .jpeg({ quality: 92 })
    .toBuffer();
  const image = await decodeImage(await identifyImage(bytes, limits), sufficientSide(contract));
  const times = Array.from({ length: timedRuns }, () => {
    const startedAt = performance.now();
    examinePhotograph(image, contract, { policy: "flag" });
    return performance.now() - startedAt;
  });
  const median = times.sort((a, b) => a - b)[timedRuns / 2] as number;
  return `The checks of a picture took ${median.toFixed(1)} ms (median of ${timedRuns}) for a photograph of ${largeSide} x ${largeSide} pixels.`;
}

async function passesChecks(predictor: Predictor, bytes: Buffer): Promise<boolean> {
  const { contract } = predictor;
  const image = await decodeImage(await identifyImage(bytes, limits), sufficientSide(contract));
  const seen = examinePhotograph(image, contract, { policy: "flag" });
  const answer = await predictor.predict(preparePixels(image, contract));
  return examineFeatures(seen, answer, contract, { policy: "flag" }).length === 0;
}

const head = (title: string) => `| ${title} | pictures | pass | 95 % interval |\n|---|--:|--:|---|`;

async function renderRow(name: string, pictures: Buffer[], passes: (bytes: Buffer) => Promise<boolean>) {
  let passed = 0;
  for (const picture of pictures) if (await passes(picture)) passed += 1;
  const { value, low, high } = estimateProportion(passed, pictures.length);
  return `| ${name} | ${pictures.length} | ${percent(value)} % | ${percent(low)} to ${percent(high)} |`;
}

const percent = (share: number | null) => (100 * (share ?? Number.NaN)).toFixed(1);

function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, i) => items[Math.floor(i * step)] as T);
}

const readAll = (photographs: readonly Photograph[]) =>
  Promise.all(photographs.map(({ file }) => readFile(file)));

const applyTo = (photographs: readonly Buffer[], { apply }: Change) => Promise.all(photographs.map(apply));
