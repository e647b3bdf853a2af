// npm run forget -- ID: deletes the photograph that was kept with a prediction.
import * as z from "zod";
import { mapInParallel } from "../shared/resilience/in-parallel.ts";
import { UsageError } from "./cli/parse-command-line.mjs";
import { type CommandRun, printJson } from "./cli/run-command.ts";
import { showStep } from "./progress.mjs";
import { openPhotographs } from "./registry/open-photographs.ts";

const atOnce = 16;

export const run: CommandRun<"forget"> = async ({ values, operands }) => {
  const ids = operands.map((text) => {
    const id = z.uuid().safeParse(text);
    if (!id.success)
      throw new UsageError(`Expected the prediction_id of an answer, a UUID, but received ${text}`);
    return id.data.toLowerCase();
  });
  const { photographs, bucket, storage } = openPhotographs(["PHOTOGRAPH_BUCKET"]);
  const forgotten = await showStep(
    "Deleting, and looking again until no photograph can come any more: up to 70 s for an answer of the last minute",
    () =>
      mapInParallel(ids, atOnce, async (id) => ({
        prediction_id: id,
        was_kept: await photographs.forget(id),
      })),
  );
  if (values.json) return printJson({ bucket, forgotten });
  console.log(`In s3://${bucket}${storage.s3Endpoint === undefined ? "" : ` at ${storage.s3Endpoint}`}:`);
  for (const { prediction_id: id, was_kept: wasKept } of forgotten)
    console.log(
      `${id}: ${wasKept ? "its photograph was deleted" : "there was no photograph, nothing was deleted"}`,
    );
};
