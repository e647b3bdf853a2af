import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ObjectStore } from "../aws/object-store.ts";
import { parseS3Address } from "../aws/s3-address.ts";
import { InputError } from "../errors/input-error.ts";
import { findPhotographs, type LabelledPhotograph } from "../labelled-photographs/find-photographs.ts";
import { inTemporaryFolder } from "../resilience/temporary-folder.ts";
import type { GateSettings } from "../settings/gate.ts";

/** The labelled photographs that versions are asked about before they serve. */
export interface EvaluationSet {
  folder: string;
  photographs: LabelledPhotograph[];
  sha256: string;
}

/**
 * Opens the evaluation set for as long as `work` takes; one in S3 is fetched first.
 *
 * @param labels classes of the version under test
 * @throws InputError when the set has no photographs, one with another class, or one whose file is missing
 */
export async function withEvaluationSet<T>(
  { evaluationSet, evaluationLabels }: Pick<GateSettings, "evaluationSet" | "evaluationLabels">,
  labels: readonly string[],
  store: ObjectStore,
  work: (set: EvaluationSet | undefined) => Promise<T>,
): Promise<T> {
  if (evaluationSet === undefined) return work(undefined);
  const open = async (folder: string) => {
    const table = evaluationLabels === undefined ? undefined : path.join(folder, evaluationLabels);
    const photographs = await findPhotographs(folder, table, labels);
    return work({ folder, photographs, sha256: await hash(folder, photographs) });
  };
  const address = parseS3Address(evaluationSet);
  if (address === undefined) return open(evaluationSet);
  return inTemporaryFolder("evaluation-set", async (folder) => {
    await fetchAll(store, address, folder);
    return open(folder);
  });
}

async function fetchAll(
  store: ObjectStore,
  { bucket, key }: { bucket: string; key: string },
  folder: string,
): Promise<void> {
  const prefix = key === "" || key.endsWith("/") ? key : `${key}/`;
  for await (const object of store.listObjects(bucket, { prefix })) {
    const file = path.join(folder, object.key.slice(prefix.length));
    // A key may contain `..`: nothing is written outside the folder.
    if (!file.startsWith(folder + path.sep) || object.key.endsWith("/")) continue;
    const bytes = (await store.getObject(bucket, object.key))?.bytes ?? new Uint8Array();
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

async function hash(folder: string, photographs: readonly LabelledPhotograph[]): Promise<string> {
  const sum = createHash("sha256");
  for (const { file, label } of photographs) {
    sum.update(`${file}\n${label}\n`).update(await readPhotograph(folder, file));
  }
  return sum.digest("hex");
}

async function readPhotograph(folder: string, file: string): Promise<Buffer> {
  return readFile(path.join(folder, file)).catch((cause: unknown) => {
    throw new InputError(
      `Expected the photograph ${file}, which the table of the evaluation set names, but it is not in the set: add it, or take its row out of the table`,
      { cause },
    );
  });
}
