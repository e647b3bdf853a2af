/**
 * A generator of numbers above 0 and below 1. The same seed gives the same numbers, so that what is drawn with them can
 * be reproduced (the minimal standard generator with the multiplier 48 271; Park, Miller and Stockmeyer 1993).
 *
 * @param seed any whole number from 0 on
 */
export function createRandom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
