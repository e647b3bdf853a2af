import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkReferenceWindow } from "../../../shared/drift-reference/check-reference-window.ts";
import { ModelError } from "../../../shared/errors/model-error.ts";

const labels = ["cataract", "diabetic_retinopathy", "glaucoma", "normal"];
const packaged = readFileSync("models/eye-disease/reference-window.jsonl", "utf8");

describe("a reference window that is registered with a version", () => {
  it("may be that of the packaged model", () => {
    expect(() => checkReferenceWindow(packaged, "window.jsonl", labels)).not.toThrow();
  });

  it.each([
    ["text of another kind", "# Read me\n", labels, /window.jsonl, line 1: expected a prediction/],
    ["too few predictions", packaged.split("\n", 51).join("\n"), labels, /at least 100 .* but received 50/],
    ["other classes", packaged, ["glaucoma", "normal"], /Expected probabilities of glaucoma, normal/],
    ["one class more", packaged, [...labels, "amd"], /but received those of cataract, diab/],
  ])("is refused with %s", (_, text, known, message) => {
    const check = () => checkReferenceWindow(text, "window.jsonl", known);
    expect(check).toThrow(message);
    expect(check).toThrow(ModelError);
  });
});
