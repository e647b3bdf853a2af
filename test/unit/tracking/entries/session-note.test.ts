import { expect, it } from "vitest";
import { renderSessionNote } from "../../../../shared/tracking/entries/session-note.ts";
import { createTestSession } from "../../../support/test-session.ts";
import {
  createErrorEvent,
  createHealthEvent,
  createModelLoadEvent,
  createPredictionEvent,
} from "../../../support/tracking-events.ts";

it("says what a session is, what answered and how often", () => {
  const session = createTestSession();
  session.recordError(createErrorEvent());
  session.recordPrediction(createPredictionEvent({ predicted_class: "a|b *", confidence: 60 }));
  const record = session.recordPrediction(
    createPredictionEvent({ predicted_class: "normal", confidence: 80 }),
  );

  const note = renderSessionNote(record);

  expect(note).toMatch(
    /^\*\*predict\*\*, test, service [\d.]+, session `[\da-f-]{36}`\n\n\| \| \|\n\|---\|---\|\n/,
  );
  expect(note).toMatch(/\| began \| 20\d\d-.*Z \|\n\| last record \| 20\d\d-.*Z \|/);
  expect(note).toContain("| model | eye-disease-model version 3 on onnx |");
  expect(note).toContain("| predictions | 2 (a\\|b \\* 1, normal 1), mean confidence 70.0 % |");
  expect(note).toContain("| failed answers | 1 |");
});

it("says of a session that has answered nothing only what is known", () => {
  const session = createTestSession();
  const { model } = createModelLoadEvent();
  const packaged = { ...model, source: "local_file" } as const;
  const loaded = renderSessionNote(session.recordModelLoad(createModelLoadEvent({ model: packaged })));
  const failed = renderSessionNote(session.recordModelLoad(createModelLoadEvent({ success: false })));
  session.recordHealthCheck(createHealthEvent());
  const checked = renderSessionNote(session.recordHealthCheck(createHealthEvent({ healthy: false })));
  const rowsOf = (note: string) => note.split("\n").slice(6, -1);

  const model3 = "| model | eye-disease-model version 3 on onnx, packaged with the service |";
  const answers = ["| predictions | 0 |", "| failed answers | 0 |"];
  expect(rowsOf(loaded)).toEqual([model3, ...answers, "| health checks | 0, 0 of them failed |"]);
  expect(rowsOf(failed)).toEqual([...answers, "| health checks | 0, 0 of them failed |"]);
  expect(rowsOf(checked)).toEqual([...answers, "| health checks | 2, 1 of them failed |"]);
});
