import { describe, expect, it } from "vitest";
import { parseLabels } from "../../../../scripts/labels/parse-labels.ts";

const parse = (text: string) => parseLabels(new TextEncoder().encode(text), "labels.csv");

describe("a file of labels", () => {
  it.each([
    ["a table", "prediction_id,label,labelled_by\n1,normal,Dr. José\n"],
    [
      "a table of Excel where a comma is the decimal sign",
      "\uFEFFPrediction_ID;Label;labelled_by\r\n1;normal;Dr. José\r\n",
    ],
    ["JSON lines", '\uFEFF{"prediction_id":"1","label":"normal","labelled_by":"Dr. José"}\n\n'],
  ])("may be %s", (_, text) => {
    expect(parse(text)).toEqual([{ prediction_id: "1", label: "normal", labelled_by: "Dr. José" }]);
  });

  it("keeps a line that is no JSON as a row of its own, so that it has a number", () => {
    expect(parse('{"label":"normal"}\n{"lab\n{"label":"glaucoma"}\n')).toEqual([
      { label: "normal" },
      '{"lab',
      { label: "glaucoma" },
    ]);
  });

  it.each([
    ["no header", "1,normal\n", /with prediction_id and label in labels.csv but its first line is 1,normal/],
    ["other columns", "id,diagnosis\n1,normal\n", /but its first line is id,diagnosis/],
    ["nothing", "", /but its first line is empty/],
    ["a JSON array", '[{"prediction_id":"1"}]', /but received a JSON array: jq -c/],
  ])("is refused with %s", (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it("may name its separator before its header", () => {
    const table = "\uFEFFsep=;\r\nprediction_id;label\r\n1;normal\r\n";
    expect(parseLabels(Buffer.from(table), "labels.csv")).toEqual([{ prediction_id: "1", label: "normal" }]);
  });

  it("is refused where its letters are not UTF-8, rather than kept with other letters", () => {
    const bytes = Buffer.from("prediction_id,label,labelled_by\n1,normal,José\n", "latin1");
    expect(() => parseLabels(bytes, "labels.csv")).toThrow(
      /Expected UTF-8 in labels.csv but it has other bytes/,
    );
  });

  it("may have a header alone: nothing is added", () => {
    expect(parse("prediction_id,label\n")).toEqual([]);
  });
});
