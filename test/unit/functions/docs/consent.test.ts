import { afterEach, expect, it, vi } from "vitest";

// Checked with a browser's types in its own folder; here by name alone, because these tests have none.
const file: string = "../../../../functions/docs/browser/consent.ts";
const { consentHeaders } = await import(file);

afterEach(() => vi.unstubAllGlobals());

it.each([
  ["without a box, as on a tab that was opened before photographs were kept", null, "no"],
  ["with the box as it was", { checked: false }, "no"],
  ["with the box ticked", { checked: true }, "yes"],
])("a page %s says whether the photograph may be kept", (_, box, said) => {
  vi.stubGlobal("document", { querySelector: () => box });
  expect(consentHeaders()).toEqual({ "x-keep-photograph": said });
});
