import type { Figure } from "./figure.ts";

export const inferenceTime: Figure = {
  name: "inference_time_ms",
  unit: "ms",
  rank: 0,
  bins: { kind: "growing", factor: 1.02 },
  read: (record) => record.inference_time_ms,
  harmless: "lower",
  texts: {
    en: {
      title: "Inference time",
      higher: "the model has become slower",
      lower: "the model has become faster",
      advice: "Compare memory, processor and version of the predict function with the time of the reference.",
    },
    pt: {
      title: "Tempo de inferência",
      higher: "o modelo ficou mais lento",
      lower: "o modelo ficou mais rápido",
      advice: "Compare memória, processador e versão da função predict com os da época da referência.",
    },
  },
};
