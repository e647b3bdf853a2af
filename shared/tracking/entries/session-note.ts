import type { HealthRecord, ModelLoadRecord, PredictionRecord } from "../../schemas/inference-record.ts";
import { sessionStartMs } from "../session.ts";

type DescribedRecord = PredictionRecord | HealthRecord | ModelLoadRecord;

/** Tag that MLflow's pages show as a run's description, in Markdown. */
export const noteTag = "mlflow.note.content";

/**
 * Markdown on what a session is and has done up to a record; it distinguishes sessions that began in the same second.
 */
export function renderSessionNote(record: DescribedRecord): string {
  const { session_totals: totals, environment, api_version: apiVersion } = record;
  const rows = [
    ["began", toIso(sessionStartMs(record))],
    ["last record", toIso(record.timestamp_ms)],
    ...describeModel(record),
    ["predictions", describePredictions(record)],
    ["failed answers", String(totals.errors)],
    ["health checks", `${totals.health_checks}, ${totals.health_check_errors} of them failed`],
  ];
  const title = `**${record.function_name}**, ${environment}, service ${apiVersion}, session \`${record.session_id}\``;
  return `${title}\n\n| | |\n|---|---|\n${rows.map(([name, value]) => `| ${name} | ${value} |`).join("\n")}\n`;
}

function describeModel(record: DescribedRecord): [string, string][] {
  if (record.kind === "health_check") return [];
  if (record.kind === "model_load" && !record.success) return [];
  const { name, version, engine = "unknown", source } = record.model;
  const from = source === "local_file" ? ", packaged with the service" : "";
  return [["model", escapeMarkdown(`${name} version ${version} on ${engine}${from}`)]];
}

function describePredictions({ session_totals: totals }: DescribedRecord): string {
  if (totals.predictions === 0) return "0";
  const classes = Object.entries(totals.class_counts).map(([label, count]) => `${label} ${count}`);
  const confidence = (totals.confidence / totals.predictions).toFixed(1);
  return escapeMarkdown(`${totals.predictions} (${classes.join(", ")}), mean confidence ${confidence} %`);
}

const toIso = (timestampMs: number) => new Date(timestampMs).toISOString();

/** Names come from whoever registered the model. */
const escapeMarkdown = (text: string) => text.replace(/\s/g, " ").replace(/[\\`*<>[\]|~]/g, "\\$&");
