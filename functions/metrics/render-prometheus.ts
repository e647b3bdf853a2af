import { type Metrics, metricsSchema } from "../../shared/schemas/metrics.ts";

const namespace = "fundus_";
/** Figures that never go down. */
const counters = ["total_requests", "total_predictions", "total_errors"];
/** Fields whose names end in a class. */
const byClass = ["class_dist", "recent_class_ratio"];

/**
 * Renders the figures of `GET /metrics` in Prometheus's text format 0.0.4: one metric per figure, with the class as a label.
 * Figures that are null are left out.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function renderPrometheus(metrics: Metrics): string {
  const families = Map.groupBy(Object.entries(metrics).flatMap(toSample), ({ name }) => name);
  const lines = [...families].flatMap(([name, samples]) => [
    ...describe(name),
    `# TYPE ${namespace}${name} ${counters.includes(name) ? "counter" : "gauge"}`,
    ...samples.map(({ labels, value }) => `${namespace}${name}${labels} ${value}`),
  ]);
  return `${lines.join("\n")}\n`;
}

interface Sample {
  name: string;
  labels: string;
  value: number;
}

function toSample([key, value]: [string, unknown]): Sample[] {
  if (key === "drift_verdict") return [{ name: key, labels: `{verdict="${escapeLabel(value)}"}`, value: 1 }];
  if (typeof value !== "number") return [];
  const family = byClass.find((name) => key.startsWith(`${name}_`));
  if (family === undefined) return [{ name: key, labels: "", value }];
  const label = escapeLabel(key.slice(family.length + 1));
  return [{ name: family, labels: `{class="${label}"}`, value }];
}

function describe(name: string): string[] {
  const description = Object.hasOwn(metricsSchema.shape, name)
    ? metricsSchema.shape[name as keyof typeof metricsSchema.shape].description
    : undefined;
  return description === undefined ? [] : [`# HELP ${namespace}${name} ${description}`];
}

const escapeLabel = (text: unknown) =>
  String(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
