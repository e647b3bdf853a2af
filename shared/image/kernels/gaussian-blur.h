// Blurs a plane as test/support/pixel-reference/gaussian-blur.ts does, bit for bit: down, then across, in single precision.
#pragma once
#include "memory.h"

enum { reach = 5 };

/** Weights of the middle and of each distance from it: a Gaussian of sigma 1.2, in single precision. */
static const float blur_kernel[reach + 1] = {
    0.3324527442455292f, 0.23492714762687683f, 0.08289782702922821f, 0.014606953598558903f, 0.0012852357467636466f, 0.00005646931458613835f,
};

/** Position mirrored into 0..length-1: -1 becomes 1, length becomes length - 2. */
static int mirror(int position, int length) {
  if (position >= 0 && position < length) return position;
  if (length == 1) return 0;
  int period = 2 * (length - 1);
  int within = (position % period + period) % period;
  return within < length ? within : period - within;
}

/** Fills the `reach` rows above and below the `height` rows that begin at `plane`. */
static void mirror_rows(uint8_t *plane, int width, int height) {
  for (int beyond = 1; beyond <= reach; beyond++) {
    __builtin_memcpy(plane - beyond * width, plane + mirror(-beyond, height) * width, width);
    __builtin_memcpy(plane + (height - 1 + beyond) * width, plane + mirror(height - 1 + beyond, height) * width, width);
  }
}

/** Fills the `reach` values left and right of the `width` values that begin at `line`. */
static void mirror_ends(float *line, int width) {
  for (int beyond = 1; beyond <= reach; beyond++) {
    line[-beyond] = line[mirror(-beyond, width)];
    line[width - 1 + beyond] = line[mirror(width - 1 + beyond, width)];
  }
}

/** Sums of eight values `distance` rows above and below: at most 510 each. */
static inline v128_t add_rows(const uint8_t *middle, int distance, int width) {
  return wasm_i16x8_add(wasm_u16x8_load8x8(middle - distance * width), wasm_u16x8_load8x8(middle + distance * width));
}

static inline v128_t weigh(const v128_t values[reach + 1], const v128_t weights[reach + 1]) {
  v128_t sum = wasm_f32x4_mul(weights[0], values[0]);
  for (int distance = 1; distance <= reach; distance++) {
    sum = wasm_f32x4_add(sum, wasm_f32x4_mul(weights[distance], values[distance]));
  }
  return sum;
}

/** Weighs eleven rows into `line`; up to seven values more are read and written. */
static void blur_down(const uint8_t *middle, int width, const v128_t weights[reach + 1], float *line) {
  for (int x = 0; x < width; x += 8) {
    v128_t low[reach + 1], high[reach + 1];
    for (int distance = 0; distance <= reach; distance++) {
      v128_t sums = distance == 0 ? wasm_u16x8_load8x8(middle + x) : add_rows(middle + x, distance, width);
      low[distance] = wasm_f32x4_convert_u32x4(wasm_u32x4_extend_low_u16x8(sums));
      high[distance] = wasm_f32x4_convert_u32x4(wasm_u32x4_extend_high_u16x8(sums));
    }
    wasm_v128_store(line + x, weigh(low, weights));
    wasm_v128_store(line + x + 4, weigh(high, weights));
  }
}

/** Weighs eleven neighbours in `line` for each value of `output`; up to three values more are written. */
static void blur_across(const float *line, int width, const v128_t weights[reach + 1], float *output) {
  for (int x = 0; x < width; x += 4) {
    v128_t values[reach + 1] = {wasm_v128_load(line + x)};
    for (int distance = 1; distance <= reach; distance++) {
      values[distance] = wasm_f32x4_add(wasm_v128_load(line + x - distance), wasm_v128_load(line + x + distance));
    }
    wasm_v128_store(output + x, weigh(values, weights));
  }
}

/**
 * @param plane with room for `reach` rows above and below, and for 8 bytes behind them
 * @param output with room for 3 values behind it
 */
static void blur_plane(uint8_t *plane, int width, int height, float *output) {
  uint8_t *before = free_memory;
  float *line = (float *)take(4u * (width + 32)) + 8;
  v128_t weights[reach + 1];
  for (int distance = 0; distance <= reach; distance++) weights[distance] = wasm_f32x4_splat(blur_kernel[distance]);
  mirror_rows(plane, width, height);
  for (int y = 0; y < height; y++) {
    blur_down(plane + (uint32_t)y * width, width, weights, line);
    mirror_ends(line, width);
    blur_across(line, width, weights, output + (uint32_t)y * width);
  }
  free_memory = before;
}
