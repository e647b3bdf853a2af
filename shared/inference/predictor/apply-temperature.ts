/**
 * Probabilities at a softmax temperature: p^(1/T), normalised, which equals softmax(logits / T)
 * (Guo et al. 2017, section 4.2). T = 1 only normalises.
 */
export function applyTemperature(probabilities: Float32Array, temperature: number): Float32Array {
  const powers = Array.from(probabilities, (probability) => probability ** (1 / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return Float32Array.from(powers, (power) => power / sum);
}
