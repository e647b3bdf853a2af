import type { ComparisonReport } from "../schemas/comparison-report.ts";
import type { Estimate } from "../schemas/evaluation-report.ts";
import type { RealisedFigures } from "../schemas/realised-figures.ts";

type MetricValues = Record<string, number>;

/** An estimate as three metrics; no metric when it is unknown. */
function metricsOf(name: string, { value, low, high }: Estimate): MetricValues {
  if (value === null || low === null || high === null) return {};
  return { [name]: value, [`${name}_low`]: low, [`${name}_high`]: high };
}

/**
 * Realised figures as metrics: `realised_accuracy`, `realised_sensitivity_<class>`, `realised_specificity_<class>`,
 * each with `_low` and `_high`, and `realised_labelled`.
 *
 * @param nameOf turns a class into a part of a metric's name
 */
export function listRealisedMetrics(
  figures: RealisedFigures,
  nameOf: (label: string) => string,
): MetricValues {
  return Object.assign(
    { realised_labelled: figures.labelled },
    metricsOf("realised_accuracy", figures.accuracy),
    ...figures.classes.flatMap(({ label, sensitivity, specificity }) => [
      metricsOf(`realised_sensitivity_${nameOf(label)}`, sensitivity),
      metricsOf(`realised_specificity_${nameOf(label)}`, specificity),
    ]),
  );
}

/** A comparison's figures as metrics of a run; those of the two versions begin with `first_` and `second_`. */
export function listComparisonMetrics(
  report: ComparisonReport,
  nameOf: (label: string) => string,
): MetricValues {
  const { agreement, paired, ab_test: test, photographs } = report;
  const ofVersions = (report.versions ?? []).flatMap((version, index) => {
    const metrics = {
      answers: version.answers,
      shadow_answers: version.shadow_answers,
      failures: version.failures,
      ...metricsOf("unsure", version.unsure),
      ...(version.inference_time_ms.p50 !== null && { inference_time_ms_p50: version.inference_time_ms.p50 }),
      ...(version.shadow_time_ms.p50 !== null && { shadow_time_ms_p50: version.shadow_time_ms.p50 }),
      ...listRealisedMetrics(version.realised, nameOf),
    };
    return Object.entries(metrics).map(([name, value]) => [`${["first", "second"][index]}_${name}`, value]);
  });
  return {
    ...Object.fromEntries(ofVersions),
    ...(agreement && metricsOf("agreement", agreement)),
    ...(paired && {
      paired_p_value: paired.sequential.pValue,
      ...metricsOf("paired_difference", paired.difference),
    }),
    ...(test && {
      ab_units: test.units,
      ab_sample_ratio_p_value: test.sample_ratio.pValue,
      ab_unsure_p_value: test.unsure.pValue,
      ab_wrong_p_value: test.wrong.pValue,
    }),
    ...(photographs && {
      photographs: photographs.photographs,
      ...metricsOf("photographs_agreement", photographs.agreement),
      ...metricsOf("photographs_difference", photographs.accuracy.difference),
    }),
  };
}
