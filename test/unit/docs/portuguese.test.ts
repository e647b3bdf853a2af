import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { computeDriftReport } from "../../../shared/drift/drift-report.ts";
import { listReportFigures } from "../../../shared/drift/window/window-figures.ts";
import { computeMlflowEntry } from "../../../shared/tracking/entries/mlflow-entry.ts";
import { createPredictionRecords, defaultDriftSettings } from "../../support/prediction-records.ts";
import { createTestSession } from "../../support/test-session.ts";
import {
  createErrorEvent,
  createHealthEvent,
  createModelLoadEvent,
  createPredictionEvent,
} from "../../support/tracking-events.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const matches = (text: string, pattern: RegExp) => [...new Set(text.match(pattern) ?? [])];

const english = read("README.md");
const portuguese = read("README.pt-BR.md");
const guide = read("docs/guia.pt-BR.md");

test("the Portuguese README has every command, setting and section of the English one", () => {
  for (const pattern of [/npm (?:run [a-z:]+|start|stop|test)/g, /\b[A-Z]+_[A-Z_]+\b/g]) {
    const missing = matches(english, pattern).filter((word) => !portuguese.includes(word));
    expect(missing).toEqual([]);
  }
  const sections = (text: string) => matches(text, /^## .*$/gm).length;
  expect(sections(portuguese)).toBe(sections(english));
});

test("the guide answers every section of the guide it replaces", () => {
  const sections = [
    ...["Visão geral", "Arquitetura", "Como executar", "Docker Compose", "Localmente", "Acessos"],
    ...[
      "Tracking automático de predições",
      "Métricas de performance",
      "Health check",
      "Monitoramento de drift",
    ],
    ...["Variáveis de ambiente", "Produção", "Usando a interface do MLflow", "Registrar um modelo"],
    ...["Usar o modelo do registro", "Predição", "Sessão", "Performance", "O MLflow não conecta"],
    ...["Erro de permissão", "As métricas não aparecem", "próximos passos", "Links"],
  ];
  const headings = matches(guide, /^#+ .*$/gm).join("\n");
  expect(sections.filter((section) => !headings.includes(section))).toEqual([]);
});

test("the guide names every metric and param that the guide it replaces lists, and every other that is written to MLflow", () => {
  const former = [
    ...["prediction_inference_time_ms", "prediction_confidence", "prediction_count", "prob_[classe]"],
    ...["session_total_predictions", "session_avg_inference_time_ms", "session_avg_confidence"],
    ...["class_dist_[classe]", "recent_avg_confidence", "recent_low_confidence_ratio", "drift_detected"],
  ];
  const names = [
    ...former,
    ...writtenBySessions(),
    ...writtenByReports(),
    "drift_indicators",
    "drift_timestamp",
  ];
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});

test("the guide gives each variable of its table the default of serverless.yml", () => {
  const { environment } = parse(read("serverless.yml"), { logLevel: "silent" }).provider;
  const rows = [...guide.matchAll(/^\| `([A-Z_]+)` \| `([^`]+)` \|/gm)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, name = "", value = ""] of rows) expect(environment[name]).toContain(`'${value}'`);
});

/** The classes of the packaged model, and decisions, stand for any. */
const generalise = (name: string) =>
  name
    .replace(/(?<=^(?:prob|class_dist|recent_class_ratio)_).+$/, "[classe]")
    .replace(/(?<=^decision_count_).+$/, "[decisão]");

function writtenBySessions(): string[] {
  const session = createTestSession();
  const records = [
    session.recordPrediction(createPredictionEvent({ decision: "confident" })),
    session.recordError(createErrorEvent()),
    session.recordHealthCheck(createHealthEvent({ healthy: false })),
    session.recordModelLoad(createModelLoadEvent()),
  ];
  const entries = records.map((record) => computeMlflowEntry(record));
  const labels = entries.flatMap(({ metrics, session: figures, params }) => [
    ...metrics,
    ...figures,
    ...params,
  ]);
  return labels.map(({ key }) => generalise(key));
}

function writtenByReports(): string[] {
  const report = computeDriftReport(createPredictionRecords(100), defaultDriftSettings, new Date());
  return listReportFigures(report).map(({ name }) => generalise(name));
}

test("the Portuguese part of the model card has what decides about its use", () => {
  const [, part = ""] = read("models/eye-disease/MODEL_CARD.md").split("# Cartão do modelo (em português)");
  const facts = [
    ...["0,84 (0,69 a 0,97)", "0,75 (0,67 a 0,83)", "0,66 (0,47 a 0,83)", "11 % das fotografias", "38 %"],
    ...["Metas não alcançadas", "crianças", "várias doenças", "não onde está a doença"],
  ];
  expect(facts.filter((fact) => !part.includes(fact))).toEqual([]);
});
