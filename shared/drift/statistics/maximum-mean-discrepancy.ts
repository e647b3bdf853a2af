/** Most rows of each sample that are compared; the time grows with their square. */
const maximumRows = 300;
/** So many permutations per comparison that a p-value can be half of what Benjamini-Hochberg demands of a single one at 5 %. */
const permutationsEach = 40;

/**
 * Whether two samples of vectors come from the same distribution: maximum mean discrepancy with a Gaussian kernel as
 * wide as the median distance (Gretton et al. 2012). It is judged by permuting blocks of neighbours, so that rows that
 * depend on their neighbours do not count as independent.
 *
 * @param blockLength how many rows in a row belong together
 * @param comparisons how many p-values are corrected together
 * @param random a generator of numbers in 0..1, below 1
 * @returns the squared discrepancy, how far it is above the mean of the permutations, and the share of these that reach
 *   it
 */
export function compareByKernel(
  reference: readonly (readonly number[])[],
  current: readonly (readonly number[])[],
  { blockLength, comparisons, random }: { blockLength: number; comparisons: number; random: () => number },
): { discrepancy: number; excess: number; pValue: number } {
  const first = takeBlocks(reference, blockLength);
  const second = takeBlocks(current, blockLength);
  const rows = standardise([...first, ...second]);
  const kernel = computeKernel(rows);
  const isCurrent = rows.map((_, index) => index >= first.length);
  const compute = createDiscrepancy(kernel);
  const discrepancy = compute(isCurrent);
  const permutations = permutationsEach * comparisons;
  let reached = 0;
  let sum = 0;
  for (let round = 0; round < permutations; round++) {
    const other = compute(permuteBlocks(isCurrent, blockLength, random));
    sum += other;
    if (other >= discrepancy) reached++;
  }
  return {
    discrepancy,
    excess: discrepancy - sum / permutations,
    pValue: (reached + 1) / (permutations + 1),
  };
}

/** Blocks of neighbours at equal distances over all rows. */
function takeBlocks<T>(rows: readonly T[], blockLength: number): readonly T[] {
  if (rows.length <= maximumRows) return rows;
  const length = Math.min(maximumRows, Math.max(1, Math.round(blockLength)));
  const blocks = Math.floor(maximumRows / length);
  const distance = (rows.length - length) / Math.max(1, blocks - 1);
  return Array.from({ length: blocks }, (_, block) => Math.round(block * distance)).flatMap((start) =>
    rows.slice(start, start + length),
  );
}

function standardise(rows: readonly (readonly number[])[]): number[][] {
  const width = rows[0]?.length ?? 0;
  const scaled = rows.map((row) => [...row]);
  for (let column = 0; column < width; column++) {
    const values = rows.map((row) => row[column] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    for (const row of scaled)
      row[column] = deviation === 0 ? 0 : ((row[column] as number) - mean) / deviation;
  }
  return scaled;
}

function computeKernel(rows: readonly (readonly number[])[]): Float64Array[] {
  const count = rows.length;
  const kernel = rows.map(() => new Float64Array(count));
  const all = new Float64Array((count * (count - 1)) / 2);
  let pair = 0;
  for (let first = 0; first < count; first++) {
    for (let second = first + 1; second < count; second++) {
      const distance = squaredDistance(rows[first] as readonly number[], rows[second] as readonly number[]);
      all[pair++] = distance;
      (kernel[first] as Float64Array)[second] = distance;
      (kernel[second] as Float64Array)[first] = distance;
    }
  }
  const median = all.sort()[Math.floor(all.length / 2)] || 1;
  for (const line of kernel)
    for (let at = 0; at < count; at++) line[at] = Math.exp(-(line[at] as number) / median);
  return kernel;
}

function squaredDistance(first: readonly number[], second: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < first.length; at++) sum += ((first[at] as number) - (second[at] as number)) ** 2;
  return sum;
}

/**
 * Computes the squared discrepancy of a division of the rows into two parts. Only the pairs within the current part are
 * added up each time.
 */
function createDiscrepancy(kernel: readonly Float64Array[]) {
  const rowSums = kernel.map((line) => line.reduce((sum, value) => sum + value, 0));
  const total = rowSums.reduce((sum, value) => sum + value, 0);
  return (isCurrent: readonly boolean[]): number => {
    const chosen: number[] = [];
    for (let index = 0; index < isCurrent.length; index++) if (isCurrent[index]) chosen.push(index);
    let within = 0;
    let all = 0;
    for (const index of chosen) {
      const line = kernel[index] as Float64Array;
      for (const other of chosen) within += line[other] as number;
      all += rowSums[index] as number;
    }
    const count = chosen.length;
    const others = kernel.length - count;
    const between = all - within;
    const outside = total - within - 2 * between;
    return within / count ** 2 + outside / others ** 2 - (2 * between) / (count * others);
  };
}

/** Cuts the row of labels into blocks and shuffles these. */
function permuteBlocks<T>(labels: readonly T[], blockLength: number, random: () => number): T[] {
  const length = Math.max(1, Math.round(blockLength));
  const blocks: T[][] = [];
  for (let start = 0; start < labels.length; start += length)
    blocks.push(labels.slice(start, start + length));
  for (let last = blocks.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [blocks[last], blocks[other]] = [blocks[other] as T[], blocks[last] as T[]];
  }
  return blocks.flat();
}
