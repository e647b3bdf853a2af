/**
 * Numbers 0 up to 1, the same for the same seed, so that what is drawn by them can be made again (the minimal standard
 * generator with the multiplier 48 271; Park, Miller and Stockmeyer 1993).
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
