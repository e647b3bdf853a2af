/** Standard deviation of what one prediction adds to a share: 0 or 1 (Bernoulli). */
export const deviationOfShare = (share: number | null): number | null =>
  share === null ? null : Math.sqrt(share * (1 - share));
