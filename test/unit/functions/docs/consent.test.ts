import { afterEach, expect, it, vi } from "vitest";
import { consentHeaders } from "../../../../functions/docs/browser/consent.ts";

afterEach(() => vi.unstubAllGlobals());

it.each([
  ["without a box, as on a tab that was opened before photographs were kept", null, "no"],
  ["with the box as it was", { checked: false }, "no"],
  ["with the box ticked", { checked: true }, "yes"],
])("a page %s says whether the photograph may be kept", (_, box, said) => {
  vi.stubGlobal("document", { querySelector: () => box });
  expect(consentHeaders()).toEqual({ "x-keep-photograph": said });
});
