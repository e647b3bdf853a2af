import { describe, expect, it } from "vitest";
import { computeDriftReport, judgeWindow, lastPredictions } from "../../../shared/drift/drift-report.ts";
import { windowOfRecords } from "../../../shared/drift/window/window-of-records.ts";
import { describeVerdict } from "../../../shared/report/advice.ts";
import { renderDriftReportHtml } from "../../../shared/report/drift-report-html.ts";
import type { PredictionRecord } from "../../../shared/schemas/inference-record.ts";
import { createPredictionRecords, defaultDriftSettings } from "../../support/prediction-records.ts";

const reportOf = (records: PredictionRecord[]) =>
  computeDriftReport(records, defaultDriftSettings, new Date("2026-11-25T12:00:00Z"));

const pageOf = (records: PredictionRecord[]) => renderDriftReportHtml(reportOf(records));

/** The words of the page in reading order, without the style. */
function wordsOf(page: string): string {
  return page
    .replace(/<head>.*<\/head>/s, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

const model = (version: string): PredictionRecord["model"] => ({
  name: "eye-disease-model",
  version,
  source: "mlflow_registry",
  engine: "onnx",
});

describe("the first line", () => {
  it.each<[string, PredictionRecord[], string]>([
    [
      "ok",
      createPredictionRecords(100),
      "No drift. Nothing to do: the 100 predictions are within every limit.",
    ],
    [
      "drift of the answers",
      createPredictionRecords(100, () => ({ confidence: 50 })),
      "Drift: the model has become unsure; the model is unsure about many photographs. Do not trust new answers",
    ],
    [
      "drift of the time alone",
      createPredictionRecords(100, () => ({ inference_time_ms: 6000 })),
      "Drift: the model has become slow. Nothing shows that the answers changed; only the time did. Start",
    ],
    [
      "too few",
      createPredictionRecords(23),
      "Too few predictions to judge: 23 of at least 50. Nothing to do now: the next report judges once there are 27 more.",
    ],
    ["none", [], "Nothing to judge: no prediction was recorded. Check that the service is called"],
  ])("says the verdict and what to do: %s", (_, records, firstLine) => {
    expect(wordsOf(pageOf(records)).startsWith(firstLine), wordsOf(pageOf(records)).slice(0, 200)).toBe(true);
  });
});

describe("the first line on predictions that are old", () => {
  /** The newest is of 2026-11-25 09:39. */
  const firstLine = (
    confidence: number,
    toMs: number | null = null,
    language: "en" | "pt" = "en",
    refusedMs: number[] = [],
  ) => {
    const records = createPredictionRecords(100, () => ({ confidence }));
    const settings = { ...defaultDriftSettings, language };
    const report = judgeWindow(
      windowOfRecords(records, 70, refusedMs),
      settings,
      new Date("2026-12-20T12:00:00Z"),
      {
        reading: { selection: { ...lastPredictions(100), to_ms: toMs }, brokenLines: 0, isComplete: true },
      },
    );
    return wordsOf(renderDriftReportHtml(report));
  };

  it("says how old the newest is, and not that there is nothing to do", () => {
    const old = "The newest prediction is 25 days old: check that the service is called (GET /health).";
    expect(firstLine(90).startsWith(`No drift. ${old} Drift report of`)).toBe(true);
    expect(firstLine(50)).toMatch(/^Drift: .* 25 days old: .* Do not trust new answers/);
    expect(firstLine(90, null, "pt")).toMatch(/^Sem drift. A predição mais nova tem 25 dias: confira/);
  });

  it("does not where photographs are refused to this day, but says how many", () => {
    const refusedOn = (day: string) => Array.from({ length: 80 }, () => Date.parse(`${day}T13:00:00Z`));
    const refused = refusedOn("2026-12-19");
    expect(firstLine(90, null, "en", refused)).toMatch(
      /^Drift: many pictures cannot be graded. 80 photographs have been refused as ungradable since the window&#39;s first prediction. Do not trust/,
    );
    expect(firstLine(90, null, "en", refused)).toMatch(/Refused as ungradable 80 /);
    expect(firstLine(90, null, "pt", refused)).toMatch(/80 fotografias foram recusadas/);
    expect(firstLine(90, null, "en", refusedOn("2026-12-18"))).toMatch(
      /The newest prediction is 25 days old/,
    );
  });

  it("does not where an old time was chosen", () => {
    expect(firstLine(90, Date.parse("2026-12-20T12:00:00Z"))).toMatch(/^No drift. Nothing to do:/);
  });
});

describe("a window that was chosen", () => {
  const none = { ...lastPredictions(100) };
  const firstLine = (count: number, selection: Partial<typeof none>, language: "en" | "pt" = "en") => {
    const report = computeDriftReport(
      createPredictionRecords(count),
      { ...defaultDriftSettings, language },
      new Date(0),
    );
    report.window.selection = { ...none, ...selection };
    const { verdict, next } = describeVerdict(report);
    return `${verdict} ${next}`;
  };

  it.each([
    [
      { model_version: "9" },
      "no prediction fits what was chosen (the last 100, version 9). Choose otherwise, or look at what was recorded: npm run log.",
    ],
    [
      { count: null, from_ms: 0, to_ms: 86_400_000 },
      "no prediction fits what was chosen (from 1970-01-01 00:00 UTC to 1970-01-02 00:00 UTC). Check that the service",
    ],
  ])("and holds nothing says what was chosen: %j", (selection, words) => {
    expect(firstLine(0, selection)).toContain(words);
    expect(firstLine(0, selection, "pt")).toContain("nenhuma predição corresponde à escolha (");
  });

  it.each([{ model_version: "3" }, { count: 5 }, { count: null, from_ms: 0, to_ms: 86_400_000 }])(
    "and holds too few promises no later verdict: %j",
    (selection) => {
      expect(firstLine(5, selection)).toContain(
        "5 of at least 50. Nothing to do: more predictions or a longer",
      );
    },
  );

  it("and still grows promises one", () => {
    expect(firstLine(5, { count: null, from_ms: 0 })).toContain("once there are 45 more");
  });
});

describe("a report in Portuguese", () => {
  it("has its reason, numbers, times and classes in Portuguese", () => {
    const records = createPredictionRecords(60, () => ({
      confidence: 87.35,
      predicted_class: "diabetic_retinopathy",
    }));
    const settings = { ...defaultDriftSettings, language: "pt" } as const;
    const reading = { selection: lastPredictions(100), brokenLines: 0, isComplete: true };
    const report = judgeWindow(windowOfRecords(records, 70), settings, new Date("2026-12-24T12:00:00Z"), {
      reading,
      referenceNote: { code: "none_of_version", version: "m/3" },
    });
    const words = wordsOf(renderDriftReportHtml(report));
    expect(words).toContain("decidem: a versão m/3 não traz janela de referência.");
    expect(words).toContain("feito em 24/12/2026 12:00 UTC");
    expect(words).toContain("retinopatia diabética 100%");
    expect(words).toContain("87,35%");
    expect(words).not.toMatch(/\d\.\d+%|\d{4}-\d{2}-\d{2}|diabetic/);
  });
});

describe("a limit that the reference passes, too", () => {
  const unsure = createPredictionRecords(100, () => ({ confidence: 65 }));
  const page = (language: "en" | "pt") =>
    wordsOf(
      renderDriftReportHtml(
        computeDriftReport(unsure, { ...defaultDriftSettings, language }, new Date(0), {
          ...{ source: "the version's window", rows: unsure, limitsAlone: true },
        }),
      ),
    );

  it("is shown as expected, whichever version the reference is of, with what it has", () => {
    expect(page("en")).toMatch(
      /^No drift\. Nothing to do: the 100 predictions are as expected from the reference\./,
    );
    expect(page("en")).toContain("100% above 30% expected: the reference has 100%");
    expect(page("en")).toContain(
      "100 predictions say what to expect of this version&#39;s limits and accuracy:",
    );
  });

  it("says so in Portuguese", () => {
    expect(page("pt")).toMatch(
      /^Sem drift\. Nada a fazer: as 100 predições são o que se espera pela referência\./,
    );
    expect(page("pt")).toContain("esperado: a referência tem 100%");
  });
});

describe("clinicians' labels", () => {
  const realised = {
    labelled: 9,
    accuracy: { value: 8 / 9, low: 0.565, high: 0.9801 },
    classes: [
      {
        label: "glaucoma",
        labelled: 4,
        sensitivity: { value: 0.75, low: 0.3006, high: 0.9544 },
        specificity: { value: 1, low: 0.5655, high: 1 },
      },
      {
        label: "normal",
        labelled: 0,
        sensitivity: { value: null, low: null, high: null },
        specificity: { value: 0.5, low: 0.2, high: 0.8 },
      },
    ],
  };

  it.each([
    [
      "en",
      "By 9 labels of clinicians 88.9% (56.5% to 98%)",
      "glaucoma 4 75% (30.1% to 95.4%) 100% (56.5% to 100%) normal 0 no labels",
    ],
    [
      "pt",
      "Por 9 rótulos de especialistas 88,9% (56,5% a 98%)",
      "glaucoma 4 75% (30,1% a 95,4%) 100% (56,5% a 100%) normal 0 sem rótulos",
    ],
  ] as const)("stand in the report, of each class with intervals: %s", (language, accuracy, classes) => {
    const settings = { ...defaultDriftSettings, language };
    const report = computeDriftReport(createPredictionRecords(100), settings, new Date(0));
    const words = wordsOf(renderDriftReportHtml({ ...report, realised }));
    expect(words).toContain(accuracy);
    expect(words).toContain(classes);
  });

  it("are no table where there are none", () => {
    expect(wordsOf(pageOf(createPredictionRecords(100)))).not.toContain("clinicians");
  });
});

describe("the page", () => {
  const windows: [string, PredictionRecord[]][] = [
    ["none", []],
    ["one", createPredictionRecords(1)],
    ["two", createPredictionRecords(2)],
    ["23", createPredictionRecords(23)],
    ["100", createPredictionRecords(100)],
    ["100 in no time at all", createPredictionRecords(100, () => ({ inference_time_ms: 0, confidence: 0 }))],
    ["100 slow", createPredictionRecords(100, () => ({ inference_time_ms: 123_456 }))],
  ];

  it.each(windows)("shows no broken figure: %s", (_, records) => {
    expect(pageOf(records)).not.toMatch(/NaN|undefined|Infinity|null|\[object/);
  });

  it.each(windows)("needs nothing from elsewhere and runs nothing: %s", (_, records) => {
    const page = pageOf(records);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|https?:|\son\w+=/);
    expect(page).toContain("default-src 'none'");
  });

  it("draws every prediction, as a diamond where it is unsure", () => {
    const page = pageOf(createPredictionRecords(100, (index) => ({ confidence: index < 12 ? 50 : 90 })));
    expect(page.match(/<circle /g)).toHaveLength(88 + 100);
    expect(page.match(/<path class="marked"/g)).toHaveLength(12);
  });

  it("keeps every point and line inside its chart", () => {
    const page = pageOf(createPredictionRecords(60, (index) => ({ confidence: index % 2 === 0 ? 0 : 100 })));
    const heights = [...page.matchAll(/ (?:cy|y1|y2)="([^"]*)"/g)].map((match) => Number(match[1]));
    expect(heights.length).toBeGreaterThan(100);
    for (const height of heights) expect(height).toBeGreaterThanOrEqual(0);
    for (const height of heights) expect(height).toBeLessThanOrEqual(250);
  });

  it("lists the indicators with value, threshold and verdict in words", () => {
    const words = wordsOf(pageOf(createPredictionRecords(100, () => ({ confidence: 65 }))));
    expect(words).toContain(
      "Average confidence mean confidence of the window low_average_confidence 65% below 60% ok: not below 60%",
    );
    expect(words).toContain("high_low_confidence_ratio 100% above 30% drift: above 30%");
    expect(words).toContain("high_inference_time 8 ms above 5 s ok: not above 5 s");
    expect(words).toContain("imbalanced_class_distribution 25% above 80% ok: not above 80%");
  });

  it("judges nothing when there are too few predictions", () => {
    const page = pageOf(createPredictionRecords(10, () => ({ predicted_class: "normal" })));
    expect(wordsOf(page).match(/not judged/g)).toHaveLength(4);
    expect(page).not.toContain("bar marked");
    expect(page).not.toContain("What to do next");
  });

  it("shows where a further model version began and puts going back first", () => {
    const page = pageOf(
      createPredictionRecords(100, (index) => ({ confidence: 50, model: model(index < 40 ? "3" : "4") })),
    );
    expect(wordsOf(page)).toMatch(/What to do next 2 model versions answered in this window/);
    expect(page.match(/from here eye-disease-model\/4/g)).toHaveLength(2);
    expect(page).not.toContain("from here eye-disease-model/3");
  });

  it("escapes whatever a record brings", () => {
    const page = pageOf(
      createPredictionRecords(60, () => ({
        predicted_class: `"><script>alert(1)</script>`,
        model: { ...model("1"), name: "<img src=x onerror=alert(1)>" },
      })),
    );
    expect(page).not.toMatch(/<script|<img/);
    expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;/1");
  });
});

describe("the accuracy of a window of several versions", () => {
  const noteOf = (other: string, language: "en" | "pt" = "en") => {
    const records = createPredictionRecords(100, (index) => ({
      model: { name: "eyes", version: index < 40 ? other : "6", source: "mlflow_registry", engine: "onnx" },
    }));
    const estimate = { value: 0.9, low: 0.8, high: 0.95 };
    const report = judgeWindow(
      windowOfRecords(records, 70),
      { ...defaultDriftSettings, language },
      new Date(0),
      {
        reading: { selection: lastPredictions(100), brokenLines: 0, isComplete: true },
        reference: { source: "eyes/6", version: "eyes/6", rows: createPredictionRecords(200) },
        realised: { labelled: 30, accuracy: estimate, classes: [] },
      },
    );
    return wordsOf(renderDriftReportHtml(report));
  };

  it("is estimated for one version and counted for all, and says so", () => {
    expect(noteOf("5")).toContain(
      "The estimates are for the answers of eyes/6; the labels are of all versions",
    );
    expect(noteOf("5", "pt")).toContain(
      "As estimativas são das respostas de eyes/6; os rótulos são de todas as versões",
    );
    expect(noteOf("6")).not.toContain("of all versions");
  });
});
