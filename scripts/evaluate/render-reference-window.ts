import { createHash } from "node:crypto";
import type { EvaluatedPhotograph } from "../../shared/schemas/evaluation-report.ts";

const decimals = 4;

/**
 * Renders evaluated photographs as a reference window for drift, without their files. Patients stand in the order of a
 * hash: photographs come sorted by class, which would look like correlation. Its first line keeps it from being compared
 * with: validation sets have as many of each class, a clinic has not.
 */
export function renderReferenceWindow(
  labels: readonly string[],
  photographs: readonly EvaluatedPhotograph[],
): string {
  const byPatient = [...Map.groupBy(photographs, ({ patient }) => patient)];
  const rows = byPatient
    .map(([patient, own]) => ({ place: hashText(patient), own }))
    .sort((first, second) => first.place.localeCompare(second.place))
    .flatMap(({ own }) => own)
    .map(({ probabilities, label }) => ({
      probabilities: Object.fromEntries(
        labels.map((name, at) => [name, Number(probabilities[at]?.toFixed(decimals))]),
      ),
      label,
    }));
  const header = { kind: "reference_window", compare: false };
  return [header, ...rows].map((line) => `${JSON.stringify(line)}\n`).join("");
}

const hashText = (text: string): string => createHash("sha256").update(text).digest("hex");
