import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { createKeptPhotographs } from "../../../shared/aws/kept-photographs.ts";
import { createLabelStore } from "../../../shared/labels/label-store.ts";
import { exportPhotographs } from "../../../shared/retraining/export-photographs.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { predictionOf } from "../labels/prediction-of.ts";

const madeMs = Date.parse("2026-11-28T14:00:00Z");

it("writes the photographs that are kept and labelled, and asks for no other place than theirs", async () => {
  const store = createMemoryStore();
  const labels = createLabelStore({ store, bucket: "log", prefix: "" });
  const photographs = createKeptPhotographs(store, "photographs");
  const predictions = [0, 1, 2].map((index) => predictionOf(madeMs + index));
  for (const prediction of predictions)
    await labels.add({ prediction, label: "glaucoma", labelledBy: "ana", source: "api", nowMs: madeMs });
  const [kept, waiting] = predictions.map(({ prediction_id: id }) => id);
  await photographs.keep("kept", kept ?? "", Buffer.from("pixels"));
  await photographs.keep("waiting", waiting ?? "", Buffer.from("pixels"));
  const folder = mkdtempSync(path.join(tmpdir(), "labelled-"));
  try {
    store.reads.length = 0;
    writeFileSync(path.join(folder, "forgotten.png"), "pixels that an interrupted training has left");
    const period = await labels.readPeriod({ sinceMs: 0, untilMs: madeMs + 10 });
    expect(await exportPhotographs(period, photographs, folder)).toBe(1);
    expect(readdirSync(folder).sort()).toEqual([`${kept}.png`, "labelled.tsv"].sort());
    expect(readFileSync(path.join(folder, "labelled.tsv"), "utf8")).toBe(
      `file\tclass\tsource\tgroup\n${kept}.png\tglaucoma\tclinic\tclinic:${kept}\n`,
    );
    // The job's role may read what is kept alone; S3 refuses everything else.
    expect(store.reads.filter((key) => key.startsWith("waiting/"))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
