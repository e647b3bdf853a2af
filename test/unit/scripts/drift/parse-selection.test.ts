import { describe, expect, it } from "vitest";
import { parseSelection } from "../../../../scripts/drift/parse-selection.ts";

const nowMs = Date.parse("2026-11-28T12:00:00Z");
const parse = (typed: Parameters<typeof parseSelection>[0]) => parseSelection(typed, { count: 100, nowMs });
const at = (time: string) => Date.parse(time);

describe("parseSelection", () => {
  it.each<[Parameters<typeof parseSelection>[0], object]>([
    [{}, { count: 100, from_ms: null, to_ms: null }],
    [{ count: 7 }, { count: 7 }],
    [{ last: "24h" }, { count: null, from_ms: at("2026-11-27T12:00Z"), to_ms: null }],
    [
      { last: "90m", to: "2026-11-02" },
      { from_ms: at("2026-11-01T22:30Z"), to_ms: at("2026-11-02T00:00Z") },
    ],
    [{ from: "2026-11-01" }, { count: null, from_ms: at("2026-11-01T00:00Z"), to_ms: null }],
    [{ from: "2026-11-01T08:00" }, { from_ms: at("2026-11-01T08:00Z") }],
    [{ from: "2026-11-01T08:00+02:00" }, { from_ms: at("2026-11-01T06:00Z") }],
    [{ to: "2026-11-01" }, { count: 100, to_ms: at("2026-11-01T00:00Z") }],
    [
      { "model-version": "3", session: "s", deployment: "north" },
      { count: 100, model_version: "3", session: "s", deployment: "north" },
    ],
  ])("%j is %j", (typed, expected) => {
    expect(parse(typed)).toMatchObject(expected);
  });

  it.each([
    [{ from: "yesterday" }, /time such as 2026-11-28 .* for --from but received yesterday/],
    [{ from: "2026-13-01" }, /--from but received 2026-13-01/],
    [{ from: "2026-11-31" }, /--from but received 2026-11-31/],
    [{ from: "2026-11-31T08:00" }, /--from but received 2026-11-31T08:00/],
    [{ from: "2026-11-01x" }, /--from but received 2026-11-01x/],
    [{ last: "2 weeks" }, /span such as 90m, 24h or 30d for --last but received 2 weeks/],
    [{ last: "0h" }, /--last but received 0h/],
    [{ count: 5, last: "1h" }, /--count or a span of time but received both/],
    [{ from: "2026-11-01", last: "1h" }, /--from or --last but received both/],
    [{ from: "2026-11-05", to: "2026-11-01" }, /--from before --to but received 2026-11-05/],
  ])("refuses %j", (typed, message) => {
    expect(() => parse(typed)).toThrow(message);
  });
});
