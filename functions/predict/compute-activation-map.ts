import type { ActivationMap } from "../../shared/image/draw-activation-map.ts";
import type { ClassMap } from "../../shared/schemas/model.ts";

/**
 * Computes where a photograph spoke for a class: by how much the class exceeds the mean of all classes at each place, since
 * softmax ignores what they all have in common (class activation mapping, Zhou et al. 2016). Places that spoke against the
 * class are 0, the strongest is 1.
 *
 * @param position index of the class among the labels
 */
export function computeActivationMap(
  { data, height, width }: ClassMap,
  position: number,
  isMultiLabel: boolean,
): ActivationMap {
  const units = data.length / (height * width);
  const gains = new Float32Array(height * width).map((_, place) => {
    const answers = data.subarray(place * units, (place + 1) * units);
    const [only = 0] = answers;
    if (units === 1) return position === 1 ? only : -only; // one unit is the second class's logit
    const mean = answers.reduce((sum, answer) => sum + answer, 0) / units;
    return (answers[position] ?? 0) - (isMultiLabel ? 0 : mean);
  });
  const strongest = Math.max(...gains);
  return { data: gains.map((gain) => (strongest > 0 ? Math.max(0, gain / strongest) : 0)), height, width };
}
