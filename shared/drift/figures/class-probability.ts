import { translateClass } from "../../schemas/class-name.ts";
import type { Figure } from "./figure.ts";

/** The probability of one class. */
export const classProbability = (label: string): Figure => ({
  name: `prob_${label}`,
  unit: "ratio",
  rank: 1,
  bins: { kind: "equal", width: 1 / 512 },
  read: (record) => record.probabilities[label],
  texts: {
    en: {
      title: `Probability of ${label}`,
      higher: `${label} is given a higher probability`,
      lower: `${label} is given a lower probability`,
      advice:
        "Ask whether the clinic now sends different patients. If not, look at the picture measures and at the version that " +
        "serves: npm run models.",
    },
    pt: {
      title: `Probabilidade de ${translateClass(label, "pt") ?? label}`,
      higher: `${translateClass(label, "pt") ?? label} recebe probabilidade maior`,
      lower: `${translateClass(label, "pt") ?? label} recebe probabilidade menor`,
      advice:
        "Pergunte se a clínica passou a enviar outros pacientes. Se não, veja as medidas das imagens e a versão em uso: " +
        "npm run models.",
    },
  },
});
