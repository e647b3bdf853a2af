/** Rows of each sample that are compared; more cost time by their square. */
const maximumRows = 200;
const permutations = 499;

/**
 * Whether two samples of vectors come from the same distribution: maximum mean discrepancy with a Gaussian kernel, its
 * width the median distance (Gretton et al. 2012), judged by permuting blocks of neighbours, so that rows which depend
 * on their neighbours are not counted as independent.
 *
 * @param blockLength how many rows in a row belong together
 * @param random numbers 0 up to 1
 * @returns the squared discrepancy, and the share of permutations that reach it
 */
export function compareByKernel(
  reference: readonly (readonly number[])[],
  current: readonly (readonly number[])[],
  { blockLength, random }: { blockLength: number; random: () => number },
): { discrepancy: number; pValue: number } {
  const first = takeStretch(reference);
  const second = takeStretch(current);
  const rows = standardise([...first, ...second]);
  const kernel = computeKernel(rows);
  const labels = rows.map((_, index): number =>
    index < first.length ? 1 / first.length : -1 / second.length,
  );
  const discrepancy = quadratic(kernel, labels);
  let reached = 0;
  for (let round = 0; round < permutations; round++) {
    const permuted = permuteBlocks(labels, blockLength, random);
    if (quadratic(kernel, permuted) >= discrepancy) reached++;
  }
  return { discrepancy, pValue: (reached + 1) / (permutations + 1) };
}

/** The newest rows, neighbours kept together. */
const takeStretch = (rows: readonly (readonly number[])[]) => rows.slice(-maximumRows);

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
  const distances = rows.map((row) =>
    Float64Array.from(rows, (other) =>
      row.reduce((sum, value, at) => sum + (value - (other[at] as number)) ** 2, 0),
    ),
  );
  const all = distances.flatMap((line, index) => [...line.subarray(index + 1)]).sort((a, b) => a - b);
  const median = all[Math.floor(all.length / 2)] || 1;
  return distances.map((line) => line.map((distance) => Math.exp(-distance / median)));
}

function quadratic(kernel: readonly Float64Array[], weights: readonly number[]): number {
  let total = 0;
  for (const [index, line] of kernel.entries()) {
    let sum = 0;
    for (let at = 0; at < line.length; at++) sum += (line[at] as number) * (weights[at] as number);
    total += sum * (weights[index] as number);
  }
  return total;
}

/** Cuts the row of labels into blocks and puts these in another order. */
function permuteBlocks(labels: readonly number[], blockLength: number, random: () => number): number[] {
  const length = Math.max(1, Math.round(blockLength));
  const blocks: number[][] = [];
  for (let start = 0; start < labels.length; start += length)
    blocks.push(labels.slice(start, start + length));
  for (let last = blocks.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [blocks[last], blocks[other]] = [blocks[other] as number[], blocks[last] as number[]];
  }
  return blocks.flat();
}
