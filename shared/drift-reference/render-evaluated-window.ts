import { createHash } from "node:crypto";
import type { EvaluatedPhotograph } from "../schemas/evaluation-report.ts";

const decimals = 4;

/**
 * Renders evaluated photographs as a reference window for drift, without their file names. Patients are ordered by a hash,
 * because an order by class would look like correlation. The first line limits the window to the rules and the accuracy: the
 * class mix of a validation set is not that of a clinic.
 */
export function renderEvaluatedWindow(
  labels: readonly string[],
  photographs: readonly EvaluatedPhotograph[],
): string {
  const byPatient = [...Map.groupBy(photographs, ({ patient }) => patient)];
  const rows = byPatient
    .map(([patient, own]) => ({ place: hashText(patient), own }))
    .sort((first, second) => first.place.localeCompare(second.place))
    .flatMap(({ own }) => own)
    .map(({ probabilities, label, decision }) => ({
      probabilities: Object.fromEntries(
        labels.map((name, at) => [name, Number(probabilities[at]?.toFixed(decimals))]),
      ),
      label,
      decision,
    }));
  const header = { kind: "reference_window", compare: false };
  return [header, ...rows].map((line) => `${JSON.stringify(line)}\n`).join("");
}

const hashText = (text: string): string => createHash("sha256").update(text).digest("hex");
