// Reduces 8-bit RGB by a whole factor: bit for bit what test/support/pixel-reference/reduce.ts computes.
#include "memory.h"

/** The sum of each value of the row and of those in the rows below it, `factor` rows together: at most 255 * 256, in 16 bits. */
static void add_rows(const uint8_t *pixels, int values, int factor, uint16_t *sums) {
  for (int i = 0; i < values; i += 16) {
    v128_t low = wasm_i16x8_splat(0), high = low;
    for (int row = 0; row < factor; row++) {
      v128_t bytes = wasm_v128_load(pixels + (uint32_t)row * values + i);
      low = wasm_i16x8_add(low, wasm_u16x8_extend_low_u8x16(bytes));
      high = wasm_i16x8_add(high, wasm_u16x8_extend_high_u8x16(bytes));
    }
    wasm_v128_store(sums + i, low);
    wasm_v128_store(sums + i + 8, high);
  }
}

/**
 * One row of the reduced picture: each pixel is the mean of a square of `factor` pixels, to the nearest byte, a half to the even one.
 * Columns that fill no square are left out.
 *
 * @param pixels `factor` rows, with 16 bytes more behind them, which mean nothing
 * @param factor up to 256: sums of more would not be exact
 * @param output with room for 1 byte behind it
 */
void EXPORTED(reduce_rows)(const uint8_t *pixels, int width, int factor, uint8_t *output) {
  uint8_t *before = free_memory;
  int values = width * 3;
  uint16_t *sums = take(2u * (values + 16));
  add_rows(pixels, values, factor, sums);
  v128_t share = wasm_f32x4_splat(1.0f / (factor * factor));
  for (int x = 0; x < width / factor; x++) {
    const uint16_t *square = sums + 3 * x * factor;
    v128_t sum = wasm_i32x4_splat(0);
    for (int i = 0; i < factor; i++) sum = wasm_i32x4_add(sum, wasm_u32x4_load16x4(square + 3 * i));
    v128_t mean = wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_nearest(wasm_f32x4_mul(wasm_f32x4_convert_i32x4(sum), share)));
    v128_t bytes = wasm_u8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(mean, mean), mean);
    wasm_v128_store32_lane(output + 3 * x, bytes, 0);
  }
  free_memory = before;
}
