import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dashboardTexts } from "../../../../functions/docs/browser/dashboard/texts.ts";
import {
  formatBytes,
  formatClass,
  formatMilliseconds,
  formatPercent,
} from "../../../../functions/docs/browser/format.ts";
import { describeRefusal, texts } from "../../../../functions/docs/browser/texts.ts";
import classNames from "../../../../shared/schemas/class-names.json" with { type: "json" };
import { defaultLabels } from "../../../../shared/schemas/model.ts";
import { explanationNotes } from "../../../../shared/schemas/prediction.ts";

const markup = readFileSync("functions/docs/pages/try-it.html", "utf8");
const keys = [...markup.matchAll(/data-text="(\w+)"/g)].map(([, key]) => key as keyof typeof texts.en);

describe("the page's texts", () => {
  test("exist in both languages for every place on the page", () => {
    expect(keys.length).toBeGreaterThan(10);
    for (const key of keys) {
      expect(texts.en[key], key).toMatch(/\S/);
      expect(texts.pt[key], key).toMatch(/\S/);
    }
  });

  test("are in English on the page before its script runs", () => {
    const shown = markup.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
    for (const key of keys) expect(shown).toContain(texts.en[key]);
  });

  test("say of the activation map what the answer says of it", () => {
    expect(texts.en.mapNote).toBe(explanationNotes.en);
    expect(texts.pt.mapNote).toBe(explanationNotes.pt);
  });

  test("promise nothing beside a photograph that the browser cannot show: the service may refuse it", () => {
    expect(texts.en.noPreview).not.toMatch(/service/);
    expect(texts.pt.noPreview).not.toMatch(/serviço/);
  });

  test("give no cause for a verdict that is missing: predictions were too few, or the reference could not be read", () => {
    expect(dashboardTexts.en.insufficientData).toBe("not judged");
    expect(dashboardTexts.pt.insufficientData).toBe("não julgado");
  });

  test("have one name for the packaged model", () => {
    expect(texts.en.localFileNote).toContain(texts.en.local_file);
    expect(texts.pt.localFileNote).toContain(texts.pt.local_file);
  });

  test("say that this is not a medical device", () => {
    expect(texts.en.noticeTitle).toBe("Not a medical device.");
    expect(texts.pt.noticeTitle).toBe("Não é um dispositivo médico.");
  });

  test.each([
    "invalid_image",
    "payload_too_large",
    "model_not_loaded",
    "missing_file",
    "unsupported_media_type",
  ])("have words of their own for %s", (code) => {
    expect(describeRefusal(code, "en")).not.toBe(texts.en.unknown);
    expect(describeRefusal(code, "pt")).not.toBe(texts.pt.unknown);
  });

  test("have general words for a name they do not know", () => {
    expect(describeRefusal("something_new", "en")).toBe(texts.en.unknown);
    expect(describeRefusal("toString", "pt")).toBe(texts.pt.unknown);
  });
});

describe("formats", () => {
  test("a class: translated where it is known, else the model's own label", () => {
    expect(formatClass("diabetic_retinopathy", "pt")).toBe("Retinopatia diabética");
    expect(formatClass("diabetic_retinopathy", "en")).toBe("Diabetic retinopathy");
    expect(formatClass("macular_hole", "pt")).toBe("Macular hole");
    expect(Object.keys(classNames.pt)).toEqual(defaultLabels);
  });

  test("a limit, of whole MiB or as it was chosen", () => {
    expect(formatBytes(50 * 1024 * 1024, "en")).toBe("50 MB");
    expect(formatBytes(4_500_000, "pt")).toBe("4,5 MB");
  });

  test("numbers as the language writes them", () => {
    expect(formatPercent(96.26, "en")).toBe("96.3%");
    expect(formatPercent(96.26, "pt")).toBe("96,3%");
    expect(formatMilliseconds(7.14, "pt")).toBe("7,1 ms");
    expect(formatMilliseconds(1234.5, "en")).toBe("1,235 ms");
  });
});
