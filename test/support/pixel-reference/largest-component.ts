/** Set pixels that follow each other in one row: `start` included, `end` excluded, as positions in the mask. */
export interface Run {
  start: number;
  end: number;
}

interface LinkedRun extends Run {
  /** Index of the run that stands for the whole component, found by following parents. */
  parent: number;
  /** Pixels of the component, where the run stands for it. */
  size: number;
}

/**
 * Finds the largest region of set pixels that touch by their sides (four neighbours); of two equal ones, the one found
 * first, row by row. Runs of each row are united with the runs that they touch in the row above (He, Chao and Suzuki
 * 2008, run-based labelling).
 *
 * @param mask 1 where set, 0 elsewhere, row by row
 * @returns the region's runs, row by row; none when no pixel is set
 */
export function findLargestComponent(mask: Uint8Array, width: number): Run[] {
  const runs: LinkedRun[] = [];
  let above = 0;
  for (let row = 0; row < mask.length; row += width) {
    const current = runs.length;
    appendRuns(runs, mask, row, row + width);
    uniteRows(runs, above, current, width);
    above = current;
  }
  const [first] = runs;
  if (first === undefined) return [];
  const largest = runs.reduce((best, run) => (run.size > best.size ? run : best), first);
  return runs.filter((_, index) => rootOf(runs, index) === largest);
}

function appendRuns(runs: LinkedRun[], mask: Uint8Array, rowStart: number, rowEnd: number): void {
  let position = rowStart;
  while (position < rowEnd) {
    if (mask[position] === 0) {
      position++;
      continue;
    }
    const start = position;
    while (position < rowEnd && mask[position] === 1) position++;
    runs.push({ start, end: position, parent: runs.length, size: position - start });
  }
}

/**
 * Unites the runs from `current` on with those of the row above, `above` to `current`, that lie over them.
 */
function uniteRows(runs: LinkedRun[], above: number, current: number, width: number): void {
  let upper = above;
  for (let lower = current; lower < runs.length; lower++) {
    const { start, end } = runs[lower] as LinkedRun;
    while (upper < current && (runs[upper] as LinkedRun).end + width <= start) upper++;
    for (let over = upper; over < current && (runs[over] as LinkedRun).start + width < end; over++) {
      unite(runs, over, lower);
    }
  }
}

function unite(runs: LinkedRun[], a: number, b: number): void {
  const first = rootOf(runs, a);
  const second = rootOf(runs, b);
  if (first === second) return;
  const [root, child] = first.parent < second.parent ? [first, second] : [second, first];
  child.parent = root.parent;
  root.size += child.size;
  child.size = 0;
}

function rootOf(runs: LinkedRun[], index: number): LinkedRun {
  let run = runs[index] as LinkedRun;
  while (run.parent !== index) {
    index = run.parent;
    run = runs[index] as LinkedRun;
  }
  return run;
}
