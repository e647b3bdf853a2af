import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

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

test("the guide names every metric and param that is written to MLflow", () => {
  const names = [
    ...["prediction_inference_time_ms", "prediction_confidence", "prediction_count", "prob_[classe]"],
    ...["session_total_predictions", "session_avg_inference_time_ms", "session_avg_confidence"],
    ...["class_dist_[classe]", "prediction_error_count", "prediction_error_time_ms", "error_count"],
    ...["health_check_response_time_ms", "health_check_count", "health_check_error_count", "model_loaded"],
    ...["model_load_time_seconds", "model_load_success", "model_source", "model_name", "model_stage"],
    ...["model_version", "class_names", "recent_avg_confidence", "recent_low_confidence_ratio"],
    ...["recent_avg_inference_time_ms", "recent_std_confidence", "recent_std_inference_time_ms"],
    ...["recent_prediction_count", "recent_class_ratio_[classe]", "drift_detected"],
    ...["drift_indicator_count", "drift_indicators", "drift_timestamp"],
  ];
  expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});
