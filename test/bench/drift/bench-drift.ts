import { existsSync } from "node:fs";
import { estimateProportion } from "../../../shared/statistics/proportion-interval.ts";
import { renderTable } from "../table.ts";
import { clinics, type Detection, measureDetection, measureFalseAlarms } from "./measure-drift.ts";
import { measureMonth } from "./measure-month.ts";
import { measurePhotographs, photographFolder } from "./measure-photographs.ts";
import { listPhotographDrifts } from "./photograph-drifts.ts";
import {
  detectPhotographDrift,
  measurePhotographAlarms,
  readPackagedReference,
} from "./photograph-windows.ts";

const falseAlarmWindows = 1_000;
const detectionWindows = 10;
const percent = (share: number, decimals = 0) => `${(share * 100).toFixed(decimals)} %`;

/** False alarms without drift, detection and delay of injected drift, and a month of predictions, as Markdown. */
export async function benchDrift(): Promise<string> {
  return [benchSimulated(), await benchPhotographs(), benchMonth()].join("\n\n");
}

function benchSimulated(): string {
  const rows = clinics.map((clinic) => [
    clinic.name,
    renderAlarmShare(measureFalseAlarms(clinic, falseAlarmWindows)),
  ]);
  const [, usual] = clinics;
  return [
    "### Simulated records",
    renderAlarms(rows),
    renderDetections(usual === undefined ? [] : measureDetection(usual, detectionWindows)),
  ].join("\n\n");
}

/** Photographs are not part of the project; without them this part is left out, which is said. */
async function benchPhotographs(): Promise<string> {
  const title = "### Photographs";
  if (!existsSync(`${photographFolder}/fundus`))
    return `${title}\n\nNot measured: there are no photographs in ${photographFolder}/fundus.`;
  const all = await measurePhotographs();
  const usual = all.filter(({ variant }) => variant === undefined);
  const packaged = readPackagedReference();
  const rows = (["photographs", "patients"] as const).flatMap((order) =>
    ([undefined, packaged] as const).map((reference) => {
      const { alarms } = measurePhotographAlarms(usual, order, falseAlarmWindows, reference);
      const name = `${order} one after another, ${reference ? "the packaged reference" : "a reference of the same clinics"}`;
      return [name, renderAlarmShare(alarms)];
    }),
  );
  const detections = listPhotographDrifts(all).map((drift) =>
    detectPhotographDrift(usual, drift, detectionWindows),
  );
  return [title, `${usual.length} photographs.`, renderAlarms(rows), renderDetections(detections)].join(
    "\n\n",
  );
}

function benchMonth(): string {
  const { predictions, bytesPerHour, seconds, peakMegabytes, summariseSeconds } = measureMonth();
  const figures = [
    ["predictions", String(predictions)],
    ["bytes of an hour's summary", bytesPerHour.toFixed(0)],
    ["seconds to read, add up and judge 720 hours, without S3", seconds.toFixed(1)],
    ["largest memory, MB", peakMegabytes.toFixed(0)],
    ["seconds to summarise 20,000 records", summariseSeconds.toFixed(2)],
  ];
  return ["### Thirty days", renderTable(["", ""], figures)].join("\n\n");
}

function renderAlarmShare(alarms: number): string {
  const { value, low, high } = estimateProportion(alarms, falseAlarmWindows);
  const [share, from, to] = [value, low, high].map((part) => percent(part ?? 0, 1));
  return `${share} (${from} to ${to})`;
}

const renderAlarms = (rows: readonly (readonly string[])[]) =>
  renderTable([`${falseAlarmWindows} windows without drift`, "with an alarm (95 % interval)"], rows);

const renderDetections = (detections: readonly Detection[]) =>
  renderTable(
    ["drift", "size", "found", "right cause first", "delay, predictions"],
    detections.map(({ kind, size, detected, named, delay }) => [
      ...[kind, size, percent(detected), percent(named), String(delay ?? "over 100")],
    ]),
  );
