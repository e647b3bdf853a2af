import type { Figure } from "./figure.ts";

export const confidence: Figure = {
  name: "confidence",
  unit: "percent",
  rank: 2,
  bins: { kind: "equal", width: 0.25 },
  read: (record) => record.confidence,
  texts: {
    en: {
      title: "Confidence",
      higher: "the model is surer than it was on the reference",
      lower: "the model is less sure than it was on the reference",
      advice:
        "If a picture measure changed too, begin there. If a version was promoted in this window, compare it: npm run " +
        "models. Otherwise have a specialist look at some of the least sure answers.",
    },
    pt: {
      title: "Confiança",
      higher: "o modelo está mais seguro do que na referência",
      lower: "o modelo está menos seguro do que na referência",
      advice:
        "Se uma medida da imagem também mudou, comece por ela. Se uma versão foi promovida nesta janela, compare: npm " +
        "run models. Senão, peça a um especialista que veja as respostas menos seguras.",
    },
  },
};
