import { readFileSync } from "node:fs";
import axe, { type AxeResults } from "axe-core";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { computeDashboard } from "../../functions/metrics/compute-dashboard.ts";
import { comparePhotographs } from "../../shared/comparison/compare-photographs.ts";
import { judgePhotographs } from "../../shared/comparison/judge-photographs.ts";
import { computeDriftReport } from "../../shared/drift/drift-report.ts";
import { summariseRecords } from "../../shared/drift/summary/hour-summary.ts";
import { computeEvaluationReport } from "../../shared/evaluation/evaluation-report.ts";
import { startOfHour } from "../../shared/inference-log/log-keys.ts";
import { renderComparisonHtml } from "../../shared/report/comparison-html.ts";
import { renderDriftReportHtml } from "../../shared/report/drift-report-html.ts";
import { renderEvaluationHtml } from "../../shared/report/evaluation-html.ts";
import { renderGateHtml } from "../../shared/report/gate-html.ts";
import type { ErrorRecord } from "../../shared/schemas/inference-record.ts";
import type { Language } from "../../shared/schemas/language.ts";
import { useBrowser } from "../support/browser.ts";
import { plainJpeg } from "../support/image-files.ts";
import {
  createImageMeasures,
  createPredictionRecord,
  createPredictionRecords,
  defaultDriftSettings,
} from "../support/prediction-records.ts";
import { useSharedService } from "../support/service.ts";

/** Every page that people look at, in the state in which it shows the most, against the rules of axe. */

const sample = "models/eye-disease/sample/normal-left-eye-cc0.jpg";
const hourMs = 3_600_000;
const answerTimeoutMs = 20_000;

const address = useSharedService();
const browser = useBrowser();

/** Each pair of colours, language and width is met once. */
const readers = [
  { colorScheme: "light", language: "en", width: 1280 },
  { colorScheme: "dark", language: "pt", width: 1280 },
  { colorScheme: "light", language: "pt", width: 375 },
  { colorScheme: "dark", language: "en", width: 375 },
] as const;

describe.each(readers)("for a reader of $language in $colorScheme, $width px wide", (reader) => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await browser().newContext({
      colorScheme: reader.colorScheme,
      locale: reader.language === "pt" ? "pt-BR" : "en-US",
      reducedMotion: "reduce",
      viewport: { width: reader.width, height: 800 },
    });
    page = await context.newPage();
  });
  afterAll(async () => context?.close());

  test("the page to try the service breaks no rule: an answer, its map, a photograph that cannot be graded, a refusal", async () => {
    await page.goto(address);
    const black = await plainJpeg(600, 600, "#000000");
    await page.setInputFiles("#file", [
      { name: "eye.jpg", mimeType: "image/jpeg", buffer: readFileSync(sample) },
      { name: "black.jpg", mimeType: "image/jpeg", buffer: black },
      { name: "text.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no photograph") },
    ]);
    await page.waitForSelector(".card:nth-child(3) .refusal", { timeout: answerTimeoutMs });
    await page.waitForSelector(".card:nth-child(2) .outcome", { timeout: answerTimeoutMs });
    await page.click(".card:nth-child(1) .show-map");
    await page.click(".card:nth-child(2) summary");
    expect(await violationsOf(page)).toEqual([]);
  });

  test("the dashboard breaks no rule", async () => {
    await page.route("**/dashboard/data", (route) => route.fulfill({ json: busyWeek() }));
    await page.goto(`${address}/dashboard`);
    await page.waitForSelector("section svg.chart");
    expect(await violationsOf(page)).toEqual([]);
  });

  test("a drift report breaks no rule", async () => {
    await withReport(context, driftedReport(reader.language), async (report) =>
      expect(await violationsOf(report)).toEqual([]),
    );
  });
});

/** Written in one language. */
describe.each(readers.filter(({ language }) => language === "en"))(
  "in $colorScheme, $width px wide",
  ({ colorScheme, width }) => {
    test.each(["/docs", "/redoc", "/model-card"])("%s breaks no rule", async (path) => {
      const context = await browser().newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      await page.goto(address + path);
      if (path === "/docs") {
        await page.click("#openapi button");
        await page.waitForSelector("#openapi output pre");
      }
      expect(await violationsOf(page)).toEqual([]);
      await context.close();
    });

    test.each([
      ["an evaluation", evaluated],
      ["a comparison", compared],
      ["a check before promotion", checked],
    ])("the report of %s breaks no rule", async (_of, render) => {
      const context = await browser().newContext({ colorScheme, viewport: { width, height: 800 } });
      await withReport(context, render(), async (report) => expect(await violationsOf(report)).toEqual([]));
      await context.close();
    });
  },
);

/** Opens a report on a page of its own: the policy of a page that was open before would keep its style from applying. */
async function withReport(
  context: BrowserContext,
  markup: string,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await context.newPage();
  await page.setContent(markup);
  expect(await page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth")).toBe("832px");
  await use(page);
  await page.close();
}

/** What axe holds against the page, with its best practices: the rule, what it says, and where. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
  expect(passes.map(({ id }) => id)).toContain("color-contrast");
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target} ${failureSummary}`),
  );
}

/** A page that has everything to draw: classes, three versions, each verdict, errors and unsure answers. */
function busyWeek() {
  const toMs = Date.parse("2026-11-25T12:00:00Z");
  const predictions = Array.from({ length: 200 }, (_, index) =>
    createPredictionRecord(index, {
      timestamp_ms: toMs - (index / 2) * hourMs,
      confidence: 35 + ((index * 7) % 64),
      inference_time_ms: 5 + (index % 40),
      model: {
        name: "eye-disease-model",
        version: String(3 - Math.floor(index / 70)),
        source: "mlflow_registry",
        engine: "onnx",
      },
    }),
  );
  const error = {
    ...createPredictionRecord(0),
    kind: "error",
    error: "unsupported_media_type",
    detail: "Expected a photograph but received text.",
    status: 415,
    error_time_ms: 1,
    timestamp_ms: toMs - hourMs,
  } as unknown as ErrorRecord;
  return computeDashboard({
    fromMs: toMs - 7 * 24 * hourMs,
    toMs,
    hours: [...Map.groupBy(predictions, ({ timestamp_ms }) => startOfHour(timestamp_ms))].map(
      ([startMs, ofHour]) => ({ hourMs: startMs, summary: summariseRecords(ofHour) }),
    ),
    errors: [error],
    complete: false,
    verdicts: (["ok", "drift", "insufficient_data"] as const).map((verdict, index) => ({
      day: `2026-11-2${index}`,
      at: `2026-11-2${index}T10:00:00.000Z`,
      verdict,
      reports: index + 1,
    })),
  });
}

/** A report with severe drift, figures of pictures and a table of unsure answers. */
function driftedReport(language: Language): string {
  const records = createPredictionRecords(100, (index) => ({
    confidence: index < 50 ? 90 : 40,
    inference_time_ms: index < 50 ? 8 : 6_000,
    predicted_class: index < 50 ? "normal" : "glaucoma",
    image_measures: createImageMeasures(index),
  }));
  const settings = { ...defaultDriftSettings, language };
  return renderDriftReportHtml(computeDriftReport(records, settings, new Date("2026-11-25T12:00:00Z")));
}

const labels = ["glaucoma", "normal"];
const model = {
  name: "eye-disease-model",
  version: "7",
  source: "mlflow_registry",
  engine: "onnx",
} as const;

/** Forty photographs of a clinic, of which the version finds `found` cases of glaucoma out of twenty. */
const answersOf = (found: number) =>
  labels.flatMap((label, at) =>
    Array.from({ length: 20 }, (_, index) => ({
      file: `clinic A/${label}/${index}.jpg`,
      source: "clinic A",
      patient: `${label} ${index}`,
      label,
      probabilities: at === 0 && index < found ? [0.9, 0.1] : [0.1, 0.9],
    })),
  );

function evaluated(): string {
  return renderEvaluationHtml(
    computeEvaluationReport({
      model,
      labels,
      photographs: answersOf(15),
      unanswered: [{ file: `${"a-long-name-".repeat(8)}.jpg`, reason: "Expected a whole photograph" }],
      evaluatedAt: new Date("2026-11-28T08:00:00Z"),
      confidentFrom: 0.9,
      bootstrap: { replicates: 100, seed: 1 },
    }),
  );
}

function compared(): string {
  const photographs = comparePhotographs([answersOf(15), answersOf(20)], [labels, labels], [0.1, 0.1]);
  const versions: [string, string] = ["6", "7"];
  return renderComparisonHtml({
    model: model.name,
    compared: versions,
    compared_at: "2026-11-28T08:00:00.000Z",
    period: null,
    versions: null,
    agreement: null,
    differing: [],
    paired: null,
    ab_test: null,
    photographs,
    history: [],
    ...judgePhotographs(photographs, versions),
  });
}

const checked = () =>
  renderGateHtml({
    model: model.name,
    version: "7",
    serving: "6",
    pointer: "Production",
    checked_at: "2026-11-28T08:00:00.000Z",
    checked_by: "npm run promote",
    evaluation_set: null,
    verdict: "incomplete",
    checks: [
      { name: "accuracy", text: "0.91, at least 0.9", status: "passed" },
      { name: "sensitivity_glaucoma", text: "0.6, at least 0.7", status: "failed" },
      { name: "calibration", text: "no evaluation set", status: "unchecked" },
    ],
    history: [],
    forced: null,
  });
