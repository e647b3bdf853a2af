import type { DriftRule } from "./drift-rule.ts";
import { shareOfDecision, usualShare } from "./shares.ts";

/** Answers below the probability from which the version declares that it can be trusted. */
export const uncertainAnswers: DriftRule = {
  name: "uncertain_answers",
  unit: "ratio",
  direction: "above",
  rank: 1,
  needs: "decision",
  readThreshold: (thresholds) => thresholds.maximumUncertainRatio,
  compute: ({ decisions }) => shareOfDecision(decisions, "uncertain"),
  computeUsual: ({ decisions }) => usualShare(shareOfDecision(decisions, "uncertain")),
  texts: {
    en: {
      title: "Uncertain answers",
      measures: "answers below the confidence from which the version is to be trusted",
      happened: "many answers are uncertain",
      advice:
        "Have a specialist look at the least sure answers below. If the pictures are as usual and a version was promoted " +
        "lately, compare it with the one before: npm run models.",
    },
    pt: {
      title: "Respostas incertas",
      measures: "respostas abaixo do limite de confiança da própria versão",
      happened: "muitas respostas são incertas",
      advice:
        "Peça a um especialista que veja as respostas menos seguras abaixo. Se as imagens são as de sempre e uma versão foi " +
        "promovida há pouco, compare-a com a anterior: npm run models.",
    },
  },
};
