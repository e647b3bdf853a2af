// Regions of bright pixels, as test/support/pixel-reference/largest-component.ts finds them.
#pragma once
#include "memory.h"

/** Pixels that follow each other in one row: from `start` up to, but without, `end`, positions in the picture. */
typedef struct {
  int start, end;
  /** Index of the run that stands for the whole region, found by following parents. */
  int parent;
  /** Pixels of the region, where the run stands for it. */
  int size;
} Run;

typedef struct {
  Run *all;
  int count;
} Runs;

static int root_of(const Run *runs, int index) {
  while (runs[index].parent != index) index = runs[index].parent;
  return index;
}

static void unite(Run *runs, int a, int b) {
  int first = root_of(runs, a), second = root_of(runs, b);
  if (first == second) return;
  int root = first < second ? first : second;
  int child = root == first ? second : first;
  runs[child].parent = root;
  runs[root].size += runs[child].size;
  runs[child].size = 0;
}

/** Unites the runs from `current` on with those of the row above, from `above` on, that lie over them. */
static void unite_rows(Runs runs, int above, int current, int width) {
  int upper = above;
  for (int lower = current; lower < runs.count; lower++) {
    Run run = runs.all[lower];
    while (upper < current && runs.all[upper].end + width <= run.start) upper++;
    for (int over = upper; over < current && runs.all[over].start + width < run.end; over++) unite(runs.all, over, lower);
  }
}

/** Index of the run that stands for the largest region, of the first one where two are alike; there is at least one run. */
static int find_largest(Runs runs) {
  int best = 0;
  for (int i = 1; i < runs.count; i++) {
    if (runs.all[i].size > runs.all[best].size) best = i;
  }
  return best;
}
