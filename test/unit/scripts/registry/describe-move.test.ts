import { expect, test } from "vitest";
import { describeDifferences, describeEffect } from "../../../../scripts/registry/describe-move.ts";
import type { AuditEntry } from "../../../../shared/registry/pointers/audit.ts";
import { modelSettings } from "../../../../shared/settings/model.ts";

const entry: AuditEntry = {
  at: "2026-11-25T10:00:00.000Z",
  who: "ana",
  action: "promote",
  pointer: "Production",
  from: "2",
  to: "3",
};
const effect = (
  environment: Record<string, string> = {},
  name = "eye-disease-model",
  pointer = "Production",
) => describeEffect({ ...entry, pointer }, name, modelSettings.parse(environment));

test("says that services follow, and when", () => {
  expect(effect()).toBe(
    "Running services look for it at most every 60 s (MODEL_REFRESH_SECONDS): after an answer, or before it if the last look was 120 s ago.",
  );
  expect(effect({ MODEL_STAGE: "production" })).toMatch(/^Running services/);
  expect(effect({ MODEL_ALIAS: "champion" }, "eye-disease-model", "@champion")).toMatch(/^Running services/);
});

test("says that services try a challenger", () => {
  const entryOf = { ...entry, pointer: "@challenger" };
  const settings = modelSettings.parse({});
  expect(describeEffect(entryOf, "eye-disease-model", settings, "challenger")).toMatch(
    /^Running services try it after their answers: they look it up every 60 s/,
  );
  expect(describeEffect(entryOf, "other", settings, "challenger")).toMatch(/do not follow it/);
  expect(describeEffect(entryOf, "eye-disease-model", settings, undefined)).toMatch(/do not follow it/);
});

test.each([
  ["another model", {}, "other", "Production", "they serve eye-disease-model, stage Production ("],
  ["another stage", {}, "eye-disease-model", "Staging", "they serve eye-disease-model, stage Production ("],
  ["an alias", { MODEL_ALIAS: "a" }, "eye-disease-model", "@b", "they serve eye-disease-model, alias a ("],
  ["a number", { MODEL_VERSION: "7" }, "eye-disease-model", "Production", "eye-disease-model, version 7 ("],
  [
    "no registry",
    { ENABLE_MODEL_REGISTRY: "false" },
    "eye-disease-model",
    "Production",
    "the packaged model",
  ],
])("says who does not follow, with %s", (_, environment, name, pointer, words) => {
  expect(effect(environment as Record<string, string>, name, pointer)).toMatch(
    /^Services with these settings do not follow it: /,
  );
  expect(effect(environment as Record<string, string>, name, pointer)).toContain(words);
});

test("says what changes", () => {
  expect(describeDifferences([{ field: "labels", before: "a, b", after: "b, a" }], entry)).toBe(
    "What version 3 changes:\n  labels  a, b  ->  b, a",
  );
  expect(describeDifferences([], entry)).toBe("Labels, picture, engine and size are those of version 2.");
  expect(describeDifferences(undefined, entry)).toContain("cannot be compared");
  expect(describeDifferences(undefined, { ...entry, from: null })).toBe("Nothing was there before.");
});
