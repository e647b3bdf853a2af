import { describe, expect, it } from "vitest";
import { readDriftWindow } from "../../../../functions/drift/read-drift-window.ts";
import { lastPredictions } from "../../../../shared/drift/drift-report.ts";
import { compactObjects } from "../../../../shared/inference-log/compact.ts";
import { startOfHour } from "../../../../shared/inference-log/log-keys.ts";
import { readLogObject } from "../../../../shared/inference-log/log-object.ts";
import { createLabelStore } from "../../../../shared/labels/label-store.ts";
import { createMemoryLog } from "../../../support/memory-log.ts";
import { predictionOf } from "../../labels/prediction-of.ts";

const madeMs = Date.parse("2026-11-28T14:10:00Z");
const nowMs = madeMs + 3_600_000;
const settings = { lowConfidencePercent: 70, nowMs };

/** Eight answers, a second apart: six glaucoma, two normal, of which clinicians have labelled the first `labels.length`. */
async function prepare(labels: readonly string[], classes?: string[]) {
  const { location, write } = createMemoryLog();
  const records = Array.from({ length: 8 }, (_, index) =>
    predictionOf(madeMs + index * 1_000, {
      predicted_class: index < 6 ? "glaucoma" : "normal",
      ...(classes && { predicted_classes: classes }),
    }),
  );
  const key = write(records);
  const store = createLabelStore(location);
  for (const [index, label] of labels.entries()) {
    const prediction = records[index];
    if (prediction === undefined) throw new Error("There are eight answers");
    await store.add({ prediction, label, labelledBy: "ana", source: "api", nowMs });
  }
  return { location, key };
}

describe("the labels of a window's answers", () => {
  it("give accuracy, and sensitivity and specificity of each class with intervals", async () => {
    const { location } = await prepare([
      "glaucoma",
      "glaucoma",
      "glaucoma",
      "normal",
      "normal",
      "glaucoma",
      "normal",
    ]);
    const { realised } = await readDriftWindow(location, lastPredictions(100), settings);
    expect(realised).toMatchObject({ labelled: 7, accuracy: { value: 5 / 7 } });
    const glaucoma = realised?.classes.find(({ label }) => label === "glaucoma");
    // Four of four that have it are found; of three that do not, one is spared.
    expect(glaucoma).toMatchObject({ labelled: 4, sensitivity: { value: 1 }, specificity: { value: 1 / 3 } });
    // statsmodels.stats.proportion.proportion_confint(1, 3, method="wilson")
    expect(glaucoma?.specificity.low).toBeCloseTo(0.0614919, 6);
    expect(glaucoma?.specificity.high).toBeCloseTo(0.7923404, 6);
  });

  it("are those of the window alone", async () => {
    const { location } = await prepare(Array.from({ length: 8 }, () => "glaucoma"));
    const { realised } = await readDriftWindow(location, lastPredictions(2), settings);
    expect(realised).toMatchObject({ labelled: 2, accuracy: { value: 0 } });
    const other = { ...lastPredictions(100), model_version: "4" };
    expect((await readDriftWindow(location, other, settings)).realised).toBeNull();
  });

  it("count every class that an answer names, where several can be right", async () => {
    const { location } = await prepare(["normal", "glaucoma"], ["glaucoma", "normal"]);
    const { realised } = await readDriftWindow(location, lastPredictions(100), settings);
    expect(realised).toMatchObject({ labelled: 2, accuracy: { value: 1 } });
  });

  it("are none where nobody has labelled", async () => {
    const { location } = await prepare([]);
    expect((await readDriftWindow(location, lastPredictions(100), settings)).realised).toBeNull();
  });

  it("count in a window that is judged by summaries, too", async () => {
    const { location, key } = await prepare(["glaucoma", "normal"]);
    const lines = (await readLogObject(location, key)) ?? [];
    await compactObjects(location, startOfHour(madeMs), [{ key, lines }]);
    const span = { ...lastPredictions(1), count: null, from_ms: startOfHour(madeMs), to_ms: nowMs };
    const few = { ...settings, maximumRecords: 4 };
    const { window, realised } = await readDriftWindow(location, span, few);
    expect(window.isBinned).toBe(true);
    expect(realised).toMatchObject({ labelled: 2, accuracy: { value: 0.5 } });
    const ofDeployment = { ...span, deployment: "test" };
    expect((await readDriftWindow(location, ofDeployment, few)).realised).toBeNull();
  });
});
