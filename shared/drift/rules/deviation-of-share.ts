/** Standard deviation of one prediction's part in a share, which is 0 or 1 (Bernoulli). */
export const deviationOfShare = (share: number | null): number | null =>
  share === null ? null : Math.sqrt(share * (1 - share));
