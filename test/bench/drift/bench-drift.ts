import { clinics, type Detection, measureDetection, measureFalseAlarms } from "./measure-drift.ts";

const falseAlarmWindows = 1_000;
const detectionWindows = 10;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** False alarms without drift, and detection and delay of injected drift, as Markdown tables. Simulated records. */
export async function benchDrift(): Promise<string> {
  const rows = clinics.map(
    (clinic) => `| ${clinic.name} | ${percent(measureFalseAlarms(clinic, falseAlarmWindows))} |`,
  );
  const [, usual] = clinics;
  const detections = usual === undefined ? [] : measureDetection(usual, detectionWindows);
  return [
    `| ${falseAlarmWindows} windows without drift | windows with an alarm |`,
    "|---|---|",
    ...rows,
    "",
    "| drift | size | found | right cause first | delay, predictions |",
    "|---|---|---|---|---|",
    ...detections.map(renderDetection),
  ].join("\n");
}

const renderDetection = ({ kind, size, detected, named, delay }: Detection) =>
  `| ${kind} | ${size} | ${percent(detected)} | ${percent(named)} | ${delay ?? "over 100"} |`;
