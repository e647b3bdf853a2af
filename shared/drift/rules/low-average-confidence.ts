import type { DriftRule } from "./drift-rule.ts";

/** The model is unsure on the whole: mean confidence below the limit. */
export const lowAverageConfidence: DriftRule = {
  name: "low_average_confidence",
  unit: "percent",
  direction: "below",
  rank: 2,
  needs: null,
  readThreshold: (thresholds) => thresholds.minimumAverageConfidencePercent,
  compute: ({ recent }) => recent.recent_avg_confidence,
  computeUsual: ({ recent }) => ({
    value: recent.recent_avg_confidence,
    deviation: recent.recent_std_confidence,
  }),
  texts: {
    en: {
      title: "Average confidence",
      measures: "mean confidence of the window",
      happened: "the model has become unsure",
      advice:
        "Compare recent photographs with those the model was trained on: a new camera, another clinic, dark or " +
        "blurred pictures. If the pictures are fine and a version was promoted lately, go back: npm run rollback.",
    },
    pt: {
      title: "Confiança média",
      measures: "média da confiança na janela",
      happened: "o modelo ficou inseguro",
      advice:
        "Compare fotografias recentes com as do treino do modelo: câmera nova, outra clínica, imagens escuras ou " +
        "desfocadas. Se as imagens estão boas e uma versão foi promovida há pouco, volte: npm run rollback.",
    },
  },
};
