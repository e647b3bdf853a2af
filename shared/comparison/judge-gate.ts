import type { EvaluatedPhotograph } from "../schemas/evaluation-report.ts";
import { type GateCheck, type GateReport, noEvaluationSet } from "../schemas/gate-report.ts";
import type { GateSettings } from "../settings/gate.ts";
import { comparePhotographs } from "./compare-photographs.ts";

/** Measurements of a version that is to serve. */
export interface GateFacts {
  /** Why it cannot be loaded; undefined when it can. */
  problem: string | undefined;
  /** Peak memory of a process that loads it and answers. */
  memoryMb: number | undefined;
  /** Median of a forward pass on one thread. */
  inferenceTimeMs: number | undefined;
  /** Figures on the evaluation set; undefined without one. */
  evaluation: GateEvaluation | undefined;
  /** Why there are no such figures although there is a set. */
  unevaluated?: string | undefined;
}

export interface GateEvaluation {
  candidate: AnsweredSet;
  /** Answers of the serving version; undefined when none serves, or it cannot be loaded. */
  champion: AnsweredSet | undefined;
  calibrationError: number | null;
  /** How many photographs kept their class when their frame, or their quality, was changed a little. */
  frame: Stability;
  corruption: Stability;
}

/** The evaluation set as one version answers it. */
export interface AnsweredSet {
  /** Classes, in the order of the probabilities. */
  labels: readonly string[];
  /** Those that it answered. */
  photographs: readonly EvaluatedPhotograph[];
}

export interface Stability {
  kept: number;
  changed: number;
}

/** Judges each check; one without a measurement is `unchecked`. */
export function judgeGate(facts: GateFacts, settings: GateSettings): Pick<GateReport, "checks" | "verdict"> {
  const checks =
    facts.problem !== undefined
      ? [check("loadable", false, facts.problem)]
      : [
          check("loadable", true, "It loads and answers"),
          judgeLimit("memory", facts.memoryMb, settings.maximumMemoryMb, "MB"),
          judgeLimit("latency", facts.inferenceTimeMs, settings.maximumInferenceMs, "ms"),
          ...judgeEvaluation(facts, settings),
        ];
  const has = (status: GateCheck["status"]) => checks.some((candidate) => candidate.status === status);
  return { checks, verdict: has("failed") ? "failed" : has("unchecked") ? "incomplete" : "passed" };
}

const check = (name: string, isPassed: boolean, text: string): GateCheck => ({
  name,
  status: isPassed ? "passed" : "failed",
  text,
});

const unchecked = (name: string, text: string): GateCheck => ({ name, status: "unchecked", text });

function judgeLimit(name: string, value: number | undefined, limit: number, unit: string): GateCheck {
  if (value === undefined) return unchecked(name, "It could not be measured");
  const digits = unit === "ms" ? 1 : 0;
  return check(
    name,
    value <= limit,
    `${value.toFixed(digits)} ${unit}; at most ${limit} ${unit} are allowed`,
  );
}

function judgeEvaluation(
  { evaluation, unevaluated = noEvaluationSet }: GateFacts,
  settings: GateSettings,
): GateCheck[] {
  if (evaluation === undefined) {
    return ["sensitivity", "calibration", "frame", "corruption"].map((name) => unchecked(name, unevaluated));
  }
  return [
    ...judgeSensitivity(evaluation, settings.margin),
    judgeCalibration(evaluation.calibrationError, settings.maximumCalibrationError),
    judgeStability("frame", evaluation.frame, settings.minimumStability),
    judgeStability("corruption", evaluation.corruption, settings.minimumStability),
  ];
}

/**
 * A version is not inferior when, for every class, the lower end of the 95 % interval of the difference in sensitivity
 * lies above minus the margin (non-inferiority test, guideline ICH E9, section 3.3.2). Too few photographs cannot show
 * that. A class without photographs is unchecked.
 */
function judgeSensitivity({ candidate, champion }: GateEvaluation, margin: number): GateCheck[] {
  if (champion === undefined)
    return [unchecked("sensitivity", "No version is serving that it could be compared with")];
  const { classes } = comparePhotographs(
    [champion.photographs, candidate.photographs],
    [champion.labels, candidate.labels],
    [null, null],
  );
  if (classes.length === 0) return [unchecked("sensitivity", "No photograph was answered by both versions")];
  const shown = new Set(classes.map(({ label }) => label));
  const missing = candidate.labels.filter((label) => !shown.has(label));
  const judged = classes.map(({ label, sensitivity: { difference, pairs } }) => {
    const { value, low, high } = difference;
    const interval = [value, low, high].map((number) => (number ?? 0).toFixed(2));
    const isShown = low !== null && low > -margin;
    const isOpen = !isShown && (high ?? 0) >= 0;
    return check(
      `sensitivity_${label}`,
      isShown,
      `Difference from the version that serves ${interval[0]} (${interval[1]} to ${interval[2]}), over ${pairs} photographs; the interval must lie above -${margin}${isOpen ? ": too few photographs to show that it is not inferior" : ""}`,
    );
  });
  return [
    ...judged,
    ...missing.map((label) =>
      unchecked(`sensitivity_${label}`, "No photograph of it was answered by both versions"),
    ),
  ];
}

function judgeCalibration(error: number | null, limit: number): GateCheck {
  if (error === null) return unchecked("calibration", "No photograph was answered");
  return check(
    "calibration",
    error <= limit,
    `Expected calibration error ${error.toFixed(3)}; at most ${limit} is allowed`,
  );
}

function judgeStability(name: string, { kept, changed }: Stability, minimum: number): GateCheck {
  if (changed === 0) return unchecked(name, "No photograph was answered");
  const share = kept / changed;
  return check(
    name,
    share >= minimum,
    `${(share * 100).toFixed(1)} % of ${changed} changed photographs kept their class; at least ${minimum * 100} % must`,
  );
}
