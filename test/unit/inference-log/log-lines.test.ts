import { describe, expect, it } from "vitest";
import { parseLogLines, renderLogLine } from "../../../shared/inference-log/log-lines.ts";
import { createTestSession } from "../../support/test-session.ts";
import { createErrorEvent, createPredictionEvent } from "../../support/tracking-events.ts";

describe("log lines", () => {
  it("give back the records they were made of", () => {
    const session = createTestSession();
    const records = [
      session.recordPrediction(createPredictionEvent({ confidence: 99.99, inference_time_ms: 0.1 + 0.2 })),
      session.recordError(createErrorEvent({ detail: 'a "name"\nwith\r a line feed, \u2028 and ção' })),
    ];

    const lines = parseLogLines(Buffer.from(records.map(renderLogLine).join("")));

    expect(lines.map((line) => line.record)).toEqual(records);
  });

  it("are parsed only where they contain what is wanted", () => {
    const session = createTestSession();
    const records = [1, 2].map(() => session.recordPrediction(createPredictionEvent()));
    const bytes = Buffer.from(records.map(renderLogLine).join(""));
    expect(parseLogLines(bytes, [String(records[1]?.record_id)]).map((line) => line.record)).toEqual([
      records[1],
    ]);
  });

  it("keep what is broken as text", () => {
    const good = renderLogLine(createTestSession().recordPrediction(createPredictionEvent()));
    const lines = parseLogLines(Buffer.from(`{"kind":"prediction"}\n${good}not json\n${good.slice(0, 50)}`));

    expect(lines.map((line) => line.record?.kind)).toEqual([undefined, "prediction", undefined, undefined]);
    expect(lines[2]?.text).toBe("not json");
  });
});
