import { expect, it } from "vitest";
import { renderSessionNote } from "../../../shared/tracking/session-note.ts";
import { createErrorEvent, createPredictionEvent } from "../../support/tracking-events.ts";
import { createTestSession } from "./test-session.ts";

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
