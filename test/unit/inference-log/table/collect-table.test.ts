import { expect, it } from "vitest";
import { compactObjects } from "../../../../shared/inference-log/compact.ts";
import { startOfHour } from "../../../../shared/inference-log/log-keys.ts";
import { collectTable } from "../../../../shared/inference-log/table/collect-table.ts";
import { createQueriedLog, hourMs, predictionsFrom } from "../../../support/queried-log.ts";
import { createTestSession, testStartMs } from "../../../support/test-session.ts";
import { createErrorEvent } from "../../../support/tracking-events.ts";

it("sees what is compacted and what is not as one table, each record once", async () => {
  const { location, write, query } = createQueriedLog();
  const earlier = predictionsFrom(testStartMs - 2 * hourMs, ["normal", "glaucoma", "normal"]);
  const error = createTestSession(testStartMs - 2 * hourMs).recordError(createErrorEvent());
  const objects = [write(earlier.slice(0, 2)), write([...earlier.slice(2), error])];
  await compactObjects(location, startOfHour(testStartMs - 2 * hourMs), objects);
  // A compaction that was cut off before it deleted.
  write(earlier.slice(0, 2));
  write(predictionsFrom(testStartMs, ["normal"]));

  const counted = await query(
    `SELECT date, hour, predicted_class, count(*) AS n, avg(confidence) AS confidence
     FROM inference_log WHERE kind = 'prediction' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );

  expect(counted).toEqual({
    columns: ["date", "hour", "predicted_class", "n", "confidence"],
    rows: [
      ["2026-11-25", "12", "glaucoma", 1, 51],
      ["2026-11-25", "12", "normal", 2, 51],
      ["2026-11-25", "14", "normal", 1, 50],
    ],
  });
  const errors = await query("SELECT status, error FROM inference_log WHERE kind = 'error'");
  expect(errors.rows).toEqual([[400, "invalid_image"]]);
});

it("sees what is compacted between listing and reading it", async () => {
  const { location, write, query } = createQueriedLog();
  const object = write(predictionsFrom(testStartMs, ["normal"]));
  const { getObject } = location.store;
  location.store.getObject = async (...request) => {
    location.store.getObject = getObject;
    await compactObjects(location, startOfHour(testStartMs), [object]);
    return getObject(...request);
  };

  expect((await query("SELECT predicted_class FROM inference_log")).rows).toEqual([["normal"]]);
});

it("says how much is read, and nothing of times that hold nothing", async () => {
  const { location, folder, write } = createQueriedLog();
  write(predictionsFrom(testStartMs - 24 * hourMs, ["normal"]));
  write(predictionsFrom(testStartMs, ["normal"]));
  const said: string[] = [];
  const period = { sinceMs: testStartMs - 60 * hourMs, fromMs: testStartMs + hourMs };
  await collectTable(location, folder, period, (text) => said.push(text));
  expect(said).toEqual(["1 object", "2 objects"]);
});
