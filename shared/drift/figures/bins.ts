/**
 * How an hour summary divides the values of a figure into bins: all of one width, or each wider than the one before by
 * a factor. A value is then known only as its bin's lower edge.
 */
export type Bins =
  | { readonly kind: "equal"; readonly width: number }
  | { readonly kind: "growing"; readonly factor: number };

/** Growing bins begin here; a smaller value counts as this. */
const leastValue = 1e-6;

export const findBin = (value: number, bins: Bins): number =>
  bins.kind === "equal"
    ? Math.floor(value / bins.width)
    : Math.floor(Math.log(Math.max(value, leastValue)) / Math.log(bins.factor));

/** The bin's lower edge. */
export const valueOfBin = (bin: number, bins: Bins): number =>
  bins.kind === "equal" ? bin * bins.width : bins.factor ** bin;

/** The value as a summary knows it. */
export const roundToBin = (value: number, bins: Bins): number => valueOfBin(findBin(value, bins), bins);
