import { expect, test } from "vitest";
import { wishFrom } from "../../../shared/registry/resolve-version.ts";

test.each([
  [{ version: "3", alias: "champion", stage: "Production" }, { version: "3" }],
  [{ version: "latest", alias: "champion", stage: "Production" }, { alias: "champion" }],
  [{ version: "latest", alias: undefined, stage: "Staging" }, { stage: "Staging" }],
])("a pinned number wins over an alias, an alias over the stage: %o", (settings, wish) => {
  expect(wishFrom(settings)).toEqual(wish);
});
