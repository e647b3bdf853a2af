import { expect, test } from "vitest";
import { describeUnrecorded } from "../../../../scripts/registry/describe-history.ts";

const period = (version: string, by: string) => ({ version, since: "", until: null, by });

test.each([
  ["nothing where the last move is what the registry says", [period("3", "ana")], "3", []],
  ["nothing where nothing was ever moved", [], undefined, []],
  [
    "which version was moved from Python and has not answered yet",
    [period("3", "ana")],
    "4",
    [expect.stringMatching(/^In the registry version 4 is Production now, .* once the service has answered/)],
  ],
  [
    "that no version has the stage any more",
    [period("3", "ana")],
    undefined,
    [expect.stringContaining("no version is Production now")],
  ],
  [
    "since when a version is listed that sessions told of",
    [period("4", "seen in service")],
    "4",
    [expect.stringContaining('"from" is when the service first answered')],
  ],
])("the history says %s", (_, periods, current, notes) => {
  expect(describeUnrecorded(periods, "Production", current)).toEqual(notes);
});
