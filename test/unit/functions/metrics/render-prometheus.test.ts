import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { exampleMetrics } from "../../../../functions/docs/examples.ts";
import { renderPrometheus } from "../../../../functions/metrics/render-prometheus.ts";
import { metricsSchema } from "../../../../shared/schemas/metrics.ts";

const render = (changes: Record<string, unknown>) =>
  renderPrometheus(metricsSchema.parse({ ...exampleMetrics, ...changes }));
const sample = /^fundus_[a-z0-9_]+(\{(class|verdict)="(?:[^"\\\n]|\\.)*"\})? -?\d+(\.\d+)?(e-?\d+)?$/;

it("writes every figure that is known, and nothing that Prometheus cannot read", () => {
  const text = render({ session_avg_confidence: null });
  expect(text.endsWith("\n")).toBe(true);
  for (const line of text
    .trimEnd()
    .split("\n")
    .filter((line) => !line.startsWith("#")))
    expect(line).toMatch(sample);
  expect(text).toContain(`\nfundus_total_predictions ${exampleMetrics.total_predictions}\n`);
  expect(text).toContain('\nfundus_drift_verdict{verdict="');
  expect(text).not.toContain("fundus_session_avg_confidence");
});

it("calls a counter what never goes down, so that rate() and increase() survive a restart", () => {
  const text = render({});
  for (const name of ["requests", "predictions", "errors"])
    expect(text).toContain(`\n# TYPE fundus_total_${name} counter\n`);
  expect(text).toContain("# TYPE fundus_error_rate gauge\n");
});

it("gives a class as a label, whatever its name holds, and one TYPE to all classes", () => {
  const text = render({ 'class_dist_a "b"\\': 0.25, class_dist_normal: 0.75 });
  expect(text).toContain('\nfundus_class_dist{class="a \\"b\\"\\\\"} 0.25\n');
  expect(text.match(/# TYPE fundus_class_dist gauge/g)).toHaveLength(1);
});

it("offers all that the Grafana dashboard asks for", () => {
  const file = path.resolve(import.meta.dirname, "../../../../deploy/grafana/fundus-lambda.json");
  const asked = new Set([...readFileSync(file, "utf8").matchAll(/fundus_[a-z0-9_]+/g)].map(([name]) => name));
  const text = render({ class_dist_normal: 1, recent_class_ratio_normal: 1 });
  expect(asked.size).toBeGreaterThan(8);
  for (const name of asked) expect(text).toContain(`# TYPE ${name} `);
});
