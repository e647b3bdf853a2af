import type { DriftRule } from "./drift-rule.ts";
import { usualShare } from "./shares.ts";

/** The model is unsure about a part of the pictures: too large a share of predictions with low confidence. */
export const highLowConfidenceRatio: DriftRule = {
  name: "high_low_confidence_ratio",
  unit: "ratio",
  direction: "above",
  rank: 1,
  needs: null,
  readThreshold: (thresholds) => thresholds.maximumLowConfidenceRatio,
  compute: ({ recent }) => recent.recent_low_confidence_ratio,
  computeUsual: ({ recent }) => usualShare(recent.recent_low_confidence_ratio),
  texts: {
    en: {
      title: "Share of unsure answers",
      measures: "predictions below the confidence limit",
      happened: "the model is unsure about many photographs",
      advice:
        "Find out what the unsure photographs have in common: filter the prediction records by confidence and compare " +
        "their image size, format, session and time. Have a specialist look at those answers.",
    },
    pt: {
      title: "Proporção de respostas inseguras",
      measures: "predições abaixo do limite de confiança",
      happened: "o modelo está inseguro em muitas fotografias",
      advice:
        "Descubra o que as fotografias inseguras têm em comum: filtre os registros por confiança e compare tamanho, " +
        "formato, sessão e horário. Peça a um especialista que veja essas respostas.",
    },
  },
};
