// Resampling of 8-bit RGB: columns, then rows, in single precision. Bit for bit what
// test/support/pixel-reference/resample.ts computes: the same sums in the same order.
#include "memory.h"

/** How one axis is resampled; see Taps in ../resample.ts. */
typedef struct {
  int groups;
  int size;
  const int *starts;
  const float *weights;
} Taps;

/** How sums become bytes; see Rounding in ../resample.ts. */
typedef struct {
  int halves_up;
  int between_passes;
} Rounding;

/** Red, green and blue of a pixel, and one value more that nobody looks at. */
static inline v128_t load_pixel(const uint8_t *at) {
  v128_t bytes = wasm_v128_load32_zero(at);
  return wasm_f32x4_convert_u32x4(wasm_u32x4_extend_low_u16x8(wasm_u16x8_extend_low_u8x16(bytes)));
}

static inline v128_t add_weighted(v128_t sum, v128_t weight, v128_t values) {
  return wasm_f32x4_add(sum, wasm_f32x4_mul(weight, values));
}

/** Resamples one row of pixels into `row`; the value behind each pixel is overwritten by the next one. */
static void resample_row(const uint8_t *pixels, Taps columns, float *row) {
  for (int x = 0; x < columns.size; x++) {
    v128_t sum = wasm_f32x4_splat(0);
    for (int group = 0; group < columns.groups; group++) {
      const uint8_t *at = pixels + (columns.starts[x] + group * 4) * 3;
      v128_t weights = wasm_v128_load(columns.weights + 4 * (group * columns.size + x));
      sum = add_weighted(sum, wasm_i32x4_shuffle(weights, weights, 0, 0, 0, 0), load_pixel(at));
      sum = add_weighted(sum, wasm_i32x4_shuffle(weights, weights, 1, 1, 1, 1), load_pixel(at + 3));
      sum = add_weighted(sum, wasm_i32x4_shuffle(weights, weights, 2, 2, 2, 2), load_pixel(at + 6));
      sum = add_weighted(sum, wasm_i32x4_shuffle(weights, weights, 3, 3, 3, 3), load_pixel(at + 9));
    }
    wasm_v128_store(row + 3 * x, sum);
  }
}

/** Nearest integers. Up: floor(value + 0.5), with no sum that single precision would round. */
static inline v128_t round_values(v128_t values, int halves_up) {
  if (!halves_up) return wasm_f32x4_nearest(values);
  v128_t below = wasm_f32x4_floor(values);
  v128_t reaches_half = wasm_f32x4_ge(wasm_f32x4_sub(values, below), wasm_f32x4_splat(0.5f));
  return wasm_f32x4_add(below, wasm_v128_and(reaches_half, wasm_f32x4_splat(1)));
}

static inline v128_t load_integers(const float *values, int halves_up) {
  return wasm_i32x4_trunc_sat_f32x4(round_values(wasm_v128_load(values), halves_up));
}

/** Rounds `count` values to bytes, clipped to 0..255; up to 15 bytes more are written. */
static void write_bytes(const float *values, int count, int halves_up, uint8_t *bytes) {
  for (int i = 0; i < count; i += 16) {
    v128_t first = wasm_i16x8_narrow_i32x4(load_integers(values + i, halves_up), load_integers(values + i + 4, halves_up));
    v128_t second = wasm_i16x8_narrow_i32x4(load_integers(values + i + 8, halves_up), load_integers(values + i + 12, halves_up));
    wasm_v128_store(bytes + i, wasm_u8x16_narrow_i16x8(first, second));
  }
}

/** The same rounding, but the values stay what they are: numbers in single precision. */
static void round_row(float *values, int count, int halves_up) {
  v128_t lowest = wasm_f32x4_splat(0), highest = wasm_f32x4_splat(255);
  for (int i = 0; i < count; i += 4) {
    v128_t rounded = round_values(wasm_v128_load(values + i), halves_up);
    wasm_v128_store(values + i, wasm_f32x4_min(highest, wasm_f32x4_max(lowest, rounded)));
  }
}

/** Adds four rows of the ring, those from input row `start` on, each times its weight. */
static void add_four_rows(const float *ring, int stride, int window, int start, const float *weights, float *sums) {
  const float *rows[4];
  v128_t weight[4];
  for (int i = 0; i < 4; i++) {
    rows[i] = ring + (uint32_t)((start + i) % window) * stride;
    weight[i] = wasm_f32x4_splat(weights[i]);
  }
  for (int i = 0; i < stride; i += 4) {
    v128_t sum = add_weighted(wasm_v128_load(sums + i), weight[0], wasm_v128_load(rows[0] + i));
    sum = add_weighted(sum, weight[1], wasm_v128_load(rows[1] + i));
    sum = add_weighted(sum, weight[2], wasm_v128_load(rows[2] + i));
    wasm_v128_store(sums + i, add_weighted(sum, weight[3], wasm_v128_load(rows[3] + i)));
  }
}

/**
 * Of the rows between the two passes only those of one window are kept, in a ring: row y in slot y % window.
 * Behind `pixels` lie 16 bytes and a window's pixels more, behind `output` 16 bytes: they are read and written, but mean nothing.
 */
static void resample_image(const uint8_t *pixels, int width, int height, Taps columns, Taps rows, Rounding rounding, uint8_t *output) {
  int values = columns.size * 3;
  int stride = (values + 4 + 15) & ~15;
  int window = rows.groups * 4;
  float *ring = take_zeros(4u * stride * window);
  float *sums = take(4u * stride);
  int next = 0;
  for (int y = 0; y < rows.size; y++) {
    int start = rows.starts[y];
    if (start > next) next = start;
    for (; next < start + window && next < height; next++) {
      float *row = ring + (uint32_t)(next % window) * stride;
      resample_row(pixels + (uint32_t)next * width * 3, columns, row);
      if (rounding.between_passes) round_row(row, values, rounding.halves_up);
    }
    __builtin_memset(sums, 0, 4u * stride);
    for (int group = 0; group < rows.groups; group++) {
      add_four_rows(ring, stride, window, start + group * 4, rows.weights + 4 * (group * rows.size + y), sums);
    }
    write_bytes(sums, values, rounding.halves_up, output + (uint32_t)y * values);
  }
}

void EXPORTED(resample)(const uint8_t *pixels, int width, int height, int column_groups, int column_count, const int *column_starts,
                        const float *column_weights, int row_groups, int row_count, const int *row_starts, const float *row_weights,
                        int halves_up, int between_passes, uint8_t *output) {
  Taps columns = {column_groups, column_count, column_starts, column_weights};
  Taps rows = {row_groups, row_count, row_starts, row_weights};
  Rounding rounding = {halves_up, between_passes};
  resample_image(pixels, width, height, columns, rows, rounding, output);
}
