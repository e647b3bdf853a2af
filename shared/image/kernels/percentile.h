// The percentile that test/support/pixel-reference/percentile.ts computes, as numpy.percentile does by default.
#pragma once
#include "memory.h"

enum { bins_per_unit = 8, bins = 256 * bins_per_unit };

/** Deals values 0..255 into bins; four tables, because neighbours often fall into one bin, and each would wait for the other. */
static int *count_bins(const float *values, int count) {
  int *tables = take_zeros(4u * 4 * bins);
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    v128_t scaled = wasm_f32x4_mul(wasm_v128_load(values + i), wasm_f32x4_splat(bins_per_unit));
    v128_t bin = wasm_i32x4_trunc_sat_f32x4(scaled);
    tables[wasm_i32x4_extract_lane(bin, 0)]++;
    tables[bins + wasm_i32x4_extract_lane(bin, 1)]++;
    tables[2 * bins + wasm_i32x4_extract_lane(bin, 2)]++;
    tables[3 * bins + wasm_i32x4_extract_lane(bin, 3)]++;
  }
  for (; i < count; i++) tables[(int)(values[i] * bins_per_unit)]++;
  for (int bin = 0; bin < bins; bin++) tables[bin] += tables[bins + bin] + tables[2 * bins + bin] + tables[3 * bins + bin];
  return tables;
}

typedef struct {
  int bin;
  /** Values in the bins before it. */
  int before;
} Bin;

/** The bin with the value that stands at `rank`, from 0, once all are sorted; `from` does not lie behind it. */
static Bin find_bin(const int *counts, Bin from, int rank) {
  while (from.before + counts[from.bin] <= rank) from.before += counts[from.bin++];
  return from;
}

/** Copies the values from `low` up to, but without, `end`; returns how many. */
static int collect(const float *values, int count, float low, float end, float *found) {
  v128_t lowest = wasm_f32x4_splat(low), above = wasm_f32x4_splat(end);
  int length = 0, i = 0;
  for (; i + 4 <= count; i += 4) {
    v128_t four = wasm_v128_load(values + i);
    uint32_t inside = wasm_i32x4_bitmask(wasm_v128_and(wasm_f32x4_ge(four, lowest), wasm_f32x4_lt(four, above)));
    for (; inside; inside &= inside - 1) found[length++] = values[i + __builtin_ctz(inside)];
  }
  for (; i < count; i++) {
    if (values[i] >= low && values[i] < end) found[length++] = values[i];
  }
  return length;
}

/** Brings the value that would stand at `rank` there, nothing larger before it and nothing smaller behind (Hoare 1961). */
static void select_rank(float *values, int count, int rank) {
  int left = 0, right = count - 1;
  while (left < right) {
    float pivot = values[(left + right) / 2];
    int i = left, j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      float value = values[i];
      values[i++] = values[j];
      values[j--] = value;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else return;
  }
}

/** With linear interpolation between the two nearest ranks (Hyndman and Fan 1996, definition 7); at least one value. */
static double compute_percentile(const float *values, int count, int percent) {
  uint8_t *before = free_memory;
  double rank = (double)(count - 1) * percent / 100;
  int lower = (int)rank;
  int upper = lower + (rank > lower);
  const int *counts = count_bins(values, count);
  Bin first = find_bin(counts, (Bin){0, 0}, lower);
  Bin last = find_bin(counts, first, upper);
  float *found = take(4u * (last.before + counts[last.bin] - first.before));
  int length = collect(values, count, first.bin / (float)bins_per_unit, (last.bin + 1) / (float)bins_per_unit, found);
  int position = lower - first.before;
  select_rank(found, length, position);
  double below = found[position], above = below;
  if (upper > lower) {
    above = found[position + 1];
    for (int i = position + 2; i < length; i++) above = found[i] < above ? found[i] : above;
  }
  free_memory = before;
  return below + (above - below) * (rank - lower);
}
