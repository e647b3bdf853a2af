import { renderTable } from "../table.ts";
import { estimateDay, type Sink } from "./estimate.ts";

const days: [number, Sink][] = [
  [1_000, "s3"],
  [100_000, "s3"],
  [100_000, "firehose"],
  [3_000_000, "s3"],
  [3_000_000, "firehose"],
];

/** `npm run bench scale`: the tables of docs/scale.md, computed from inputs.ts in no time. */
export function renderScale(): string {
  const estimates = days.map(([predictions, sink]) => estimateDay(predictions, sink));
  const columns = [
    "a day of",
    ...estimates.map((day) => `${renderCount(day.predictionsPerDay)}, ${day.sink}`),
  ];
  const load = renderTable(columns, [
    ["predictions per second, mean", ...estimates.map((day) => day.perSecond.mean)],
    ["at the busiest moment", ...estimates.map((day) => day.perSecond.peak)],
    ["environments then", ...estimates.map((day) => day.environments)],
    ["objects with records", ...estimates.map((day) => day.objects.written)],
    ["compacted files and summaries", ...estimates.map((day) => day.objects.compacted)],
    ["predictions per call of MLflow", ...estimates.map((day) => day.mlflow.together)],
    ["calls of MLflow", ...estimates.map((day) => day.mlflow.calls)],
    ["rows in its database", ...estimates.map((day) => day.mlflow.rows)],
    ["processor seconds of MLflow and PostgreSQL", ...estimates.map((day) => day.mlflow.processorSeconds)],
    ["database after a year, GB", ...estimates.map((day) => day.mlflow.databaseGbPerYear)],
  ]);
  const names = Object.keys(
    estimates[0]?.dollars.items ?? {},
  ) as (keyof (typeof estimates)[0]["dollars"]["items"])[];
  const costs = renderTable(columns.with(0, "dollars per million"), [
    ...names.map((name) => [name, ...estimates.map((day) => day.dollars.items[name])]),
    ["**sum with the HTTP API**", ...estimates.map((day) => day.dollars.withHttpApi)],
    ["**sum with a function URL**", ...estimates.map((day) => day.dollars.withUrl)],
  ]);
  return `${load}\n\n${costs}`;
}

const renderCount = (count: number) =>
  count >= 1e6 ? `${count / 1e6} million` : count.toLocaleString("en-US");
