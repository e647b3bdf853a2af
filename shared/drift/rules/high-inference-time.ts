import type { DriftRule } from "./drift-rule.ts";

/** The model has become slow: mean time of the forward pass above the limit. */
export const highInferenceTime: DriftRule = {
  name: "high_inference_time",
  unit: "ms",
  direction: "above",
  rank: 0,
  needs: null,
  readThreshold: (thresholds) => thresholds.maximumInferenceTimeMs,
  compute: ({ recent }) => recent.recent_avg_inference_time_ms,
  computeUsual: ({ recent }) => ({
    value: recent.recent_avg_inference_time_ms,
    deviation: recent.recent_std_inference_time_ms,
  }),
  texts: {
    en: {
      title: "Inference time",
      measures: "mean time in the model",
      happened: "the model has become slow",
      advice:
        "Look at memory and duration of the predict function, and whether a larger version was promoted in this " +
        "window. Raise the function's memory or go back: npm run rollback.",
    },
    pt: {
      title: "Tempo de inferência",
      measures: "tempo médio no modelo",
      happened: "o modelo ficou lento",
      advice:
        "Veja memória e duração da função predict, e se uma versão maior foi promovida nesta janela. Aumente a " +
        "memória da função ou volte: npm run rollback.",
    },
  },
};
