import { expect, it } from "vitest";
import { dashboardTexts } from "../../../../functions/docs/browser/dashboard/texts.ts";
import { texts } from "../../../../functions/docs/browser/texts.ts";
import { renderCredentialField } from "../../../../functions/docs/pages/credential.ts";

it.each(["key", "jwt", "iam"] as const)(
  "what a page says of AUTH=%s is there in each of its languages",
  (mode) => {
    const [, key = ""] = /data-text="(\w+)">/.exec(renderCredentialField(mode).text) ?? [];
    for (const words of [texts, dashboardTexts] as { en: object; pt: object }[]) {
      expect(words.en).toHaveProperty(key);
      expect(words.pt).toHaveProperty(key);
      expect(words.pt[key as never]).not.toBe(words.en[key as never]);
    }
  },
);
