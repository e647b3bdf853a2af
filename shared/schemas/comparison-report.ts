import * as z from "zod";
import { estimateSchema, unansweredPhotographSchema } from "./evaluation-report.ts";
import { realisedFiguresSchema } from "./realised-figures.ts";

const testResultSchema = z.object({
  /** Units, or photographs, that were counted. */
  trials: z.int(),
  /** Valid at any time, however often it is looked at. */
  pValue: z.number(),
  /** Of what `pValue` was found in: 1 when the challenger has it more often, -1 when less often, 0 when neither. */
  direction: z.number(),
});

/** An outcome of an A/B test: whether it depends on the version, and its share in each arm. */
const armTestSchema = testResultSchema.extend({ champion: estimateSchema, challenger: estimateSchema });

const timesSchema = z.object({ p50: z.number().nullable(), p95: z.number().nullable() });

/** One of the two versions, by its answers to callers and in the shadow. */
export const comparedVersionSchema = z.object({
  version: z.string(),
  /** Answers that callers got, and answers in the shadow, which no caller sees. */
  answers: z.int(),
  shadow_answers: z.int(),
  /** Failures in the shadow, and requests that another version had to answer. */
  failures: z.int(),
  /** Percent. */
  mean_confidence: z.number().nullable(),
  /** Share of gradable photographs that were answered below the version's threshold of confidence. */
  unsure: estimateSchema,
  /** Share of photographs that it called ungradable. */
  ungradable: estimateSchema,
  /** Times of answers that callers got. */
  inference_time_ms: timesSchema,
  /** Times in the shadow, where requests go first: not comparable with the times above. */
  shadow_time_ms: timesSchema,
  /** Share of each class. */
  class_ratio: z.record(z.string(), z.number()),
  realised: realisedFiguresSchema,
});
export type ComparedVersion = z.infer<typeof comparedVersionSchema>;

export const guardrailSchema = z.object({
  name: z.enum(["sample_ratio", "failures", "latency", "unsure_answers"]),
  /** What is measured, its value and its limit, in words. */
  text: z.string(),
  isBroken: z.boolean(),
});
export type Guardrail = z.infer<typeof guardrailSchema>;

/** A photograph about which two versions differ. */
export const differingAnswerSchema = z.object({
  /** Prediction id, or path of the photograph. */
  id: z.string(),
  first: z.string(),
  second: z.string(),
  /** Null without a label. */
  label: z.string().nullable(),
});
export type DifferingAnswer = z.infer<typeof differingAnswerSchema>;

const pairedDifferenceSchema = z.object({
  pairs: z.int(),
  firstAlone: z.int(),
  secondAlone: z.int(),
  difference: estimateSchema,
  pValue: z.number().nullable(),
});

/** Two versions on one folder of photographs. */
export const photographComparisonSchema = z.object({
  photographs: z.int(),
  /** Photographs that a version did not answer, and why. */
  unanswered: z.array(unansweredPhotographSchema),
  /** Figures of each version by the labels. */
  realised: z.tuple([realisedFiguresSchema, realisedFiguresSchema]),
  agreement: estimateSchema,
  accuracy: pairedDifferenceSchema,
  classes: z.array(z.object({ label: z.string(), sensitivity: pairedDifferenceSchema })),
  /** Expected calibration error of each version. */
  calibration_error: z.tuple([z.number().nullable(), z.number().nullable()]),
  differing: z.array(differingAnswerSchema),
});
export type PhotographComparison = z.infer<typeof photographComparisonSchema>;

/** A period in which one version had the pointer. */
export const servedPeriodSchema = z.object({
  version: z.string(),
  /** ISO 8601. */
  since: z.string(),
  until: z.string().nullable(),
  /** Who moved the pointer, and why if it was forced. */
  by: z.string(),
});
export type ServedPeriod = z.infer<typeof servedPeriodSchema>;

export const comparisonReportSchema = z.object({
  model: z.string(),
  /** The two versions, the one that serves first. */
  compared: z.tuple([z.string(), z.string()]),
  /** ISO 8601. */
  compared_at: z.string(),
  period: z.object({ from: z.string(), to: z.string(), complete: z.boolean() }).nullable(),
  versions: z.tuple([comparedVersionSchema, comparedVersionSchema]).nullable(),
  /** Over photographs that both answered, one of them in the shadow. */
  agreement: estimateSchema.nullable(),
  differing: z.array(differingAnswerSchema),
  /** Over photographs that both answered and that have a label. */
  paired: pairedDifferenceSchema
    .extend({
      sequential: testResultSchema,
      /** Figures of each version by the labels of these photographs. */
      realised: z.tuple([realisedFiguresSchema, realisedFiguresSchema]),
    })
    .nullable(),
  /** Null when no A/B test of the second version ran. */
  ab_test: z
    .object({
      share: z.number(),
      units: z.int(),
      /** Units assigned to the challenger. */
      challenger_units: z.int(),
      sample_ratio: testResultSchema,
      /** Unsure answers, and those that call a photograph ungradable. */
      unsure: armTestSchema,
      /** By labels. `sample_ratio` tests whether both arms were labelled equally often. */
      wrong: armTestSchema.extend({ sample_ratio: testResultSchema }),
      guardrails: z.array(guardrailSchema),
      /** Why it was ended; null while it goes on. */
      ended: z.string().nullable(),
    })
    .nullable(),
  photographs: photographComparisonSchema.nullable(),
  history: z.array(servedPeriodSchema),
  verdict: z.string(),
  /** The verdict in one word, on the second version or on the test. */
  finding: z.enum(["better", "worse", "test_ended", "unreliable", "unknown"]),
});
export type ComparisonReport = z.infer<typeof comparisonReportSchema>;
