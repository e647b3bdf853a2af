import { computeDriftReport } from "../../../shared/drift/drift-report.ts";
import type { ReferenceWindow } from "../../../shared/drift/reference/reference-window.ts";
import { defaultDriftSettings } from "../../support/prediction-records.ts";
import { type Injection, injections } from "./injections.ts";
import { type Clinic, simulateRecords } from "./simulated-clinic.ts";

export const clinics: readonly (Clinic & { name: string })[] = [
  { name: "every photograph another patient", photographsPerPatient: 1, sharedPart: 0 },
  { name: "4 photographs per patient, half shared", photographsPerPatient: 4, sharedPart: 0.5 },
  { name: "4 photographs per patient, nearly the same", photographsPerPatient: 4, sharedPart: 0.9 },
  { name: "8 photographs per patient, nearly the same", photographsPerPatient: 8, sharedPart: 0.9 },
];

const windowSize = defaultDriftSettings.windowSize;
const referenceRows = 1_000;
/** Predictions between two looks at the log. */
const step = 10;

const referenceOf = (clinic: Clinic, seed: number): ReferenceWindow => ({
  source: "simulated",
  rows: simulateRecords(referenceRows, clinic, seed),
});

const judge = (records: ReturnType<typeof simulateRecords>, reference: ReferenceWindow) =>
  computeDriftReport(records, defaultDriftSettings, new Date(0), reference);

/** Windows without drift that are not `ok`, each with a reference of its own. */
export function measureFalseAlarms(clinic: Clinic, windows: number): number {
  let alarms = 0;
  for (let window = 0; window < windows; window++) {
    const reference = referenceOf(clinic, 10_000 + window);
    if (judge(simulateRecords(windowSize, clinic, 900_000 + window), reference).severity !== "ok") alarms++;
  }
  return alarms;
}

export interface Detection {
  kind: string;
  size: string;
  /** Share of windows, filled with the change, in which it is found; and found with the right cause first. */
  detected: number;
  named: number;
  /** Predictions from the change to the first report that is not `ok`, the median; null when that is later than 100. */
  delay: number | null;
}

export function measureDetection(clinic: Clinic, windows: number): Detection[] {
  return injections.flatMap((injection) =>
    injection.sizes.map((size, at) => detect(injection, size, at, clinic, windows)),
  );
}

function detect(injection: Injection, size: string, at: number, clinic: Clinic, windows: number): Detection {
  let detected = 0;
  let named = 0;
  const delays: number[] = [];
  for (let window = 0; window < windows; window++) {
    const reference = referenceOf(clinic, 20_000 + window);
    const records = simulateRecords(2 * windowSize, clinic, 500_000 + window, (index) =>
      index < windowSize ? {} : injection.changesAt(at, index - windowSize),
    );
    const report = judge(records, reference);
    if (report.severity !== "ok") detected++;
    if (injection.expected.includes(report.causes[0]?.name ?? "")) named++;
    delays.push(findDelay(records, reference));
  }
  const median = delays.sort((a, b) => a - b)[Math.floor(windows / 2)] as number;
  return {
    kind: injection.kind,
    size,
    detected: detected / windows,
    named: named / windows,
    delay: Number.isFinite(median) ? median : null,
  };
}

function findDelay(records: ReturnType<typeof simulateRecords>, reference: ReferenceWindow): number {
  for (let seen = step; seen <= windowSize; seen += step) {
    if (judge(records.slice(0, windowSize + seen), reference).severity !== "ok") return seen;
  }
  return Number.POSITIVE_INFINITY;
}
