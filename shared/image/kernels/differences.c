// Differences between neighbours, for sharpness and texture: what test/support/pixel-reference/differences.ts counts, to the last one.
#include "channels.h"

/** Pixels that the blur reaches to each side; see ../measure-sharpness.ts. */
enum { blur_reach = 4, blur_length = 2 * blur_reach + 1 };

/** Differences before the blur, and what the blur takes away of them; in ninths of a grey level. */
typedef struct {
  uint32_t all, taken_away;
} Differences;

static inline v128_t distance(v128_t a, v128_t b) { return wasm_i8x16_sub(wasm_u8x16_max(a, b), wasm_u8x16_min(a, b)); }

/** Adds eight values of 16 bits to sums of 32 bits, two to each. */
static inline v128_t add_pairs(v128_t sums, v128_t values) {
  return wasm_i32x4_add(sums, wasm_u32x4_extadd_pairwise_u16x8(values));
}

static inline uint32_t sum_lanes(v128_t sums) {
  return wasm_u32x4_extract_lane(sums, 0) + wasm_u32x4_extract_lane(sums, 1) + wasm_u32x4_extract_lane(sums, 2) +
         wasm_u32x4_extract_lane(sums, 3);
}

/** 255 in the first `count` of 16 lanes. */
static inline v128_t first_lanes(int count) {
  v128_t lanes = wasm_i8x16_make(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return wasm_i8x16_lt(lanes, wasm_i8x16_splat(count < 16 ? count : 16));
}

static inline v128_t times_blur_length(v128_t values) { return wasm_i16x8_mul(values, wasm_i16x8_splat(blur_length)); }

/** Green of each pixel, and 255 where it says something of the retina. */
typedef struct {
  uint8_t *green, *retina;
} Planes;

/** @param step from one pixel to the next of its line: 1 across, the width down */
static void add_differences(Planes planes, int start, int count, int step, Differences *found) {
  v128_t all = wasm_i32x4_splat(0), taken_away = all;
  for (int i = start; i < start + count; i += 16) {
    const uint8_t *at = planes.green + i, *retina = planes.retina + i;
    v128_t both = wasm_v128_and(wasm_v128_load(retina - blur_reach * step), wasm_v128_load(retina + blur_reach * step));
    v128_t counts = wasm_v128_and(both, first_lanes(start + count - i));
    v128_t difference = wasm_v128_and(distance(wasm_v128_load(at), wasm_v128_load(at - step)), counts);
    // The window moves on by one pixel: its sum loses what was its first and gains its last.
    v128_t change = distance(wasm_v128_load(at - (blur_reach + 1) * step), wasm_v128_load(at + blur_reach * step));
    v128_t low = times_blur_length(wasm_u16x8_extend_low_u8x16(difference));
    v128_t high = times_blur_length(wasm_u16x8_extend_high_u8x16(difference));
    all = add_pairs(add_pairs(all, low), high);
    taken_away = add_pairs(taken_away, wasm_u16x8_sub_sat(low, wasm_u16x8_extend_low_u8x16(change)));
    taken_away = add_pairs(taken_away, wasm_u16x8_sub_sat(high, wasm_u16x8_extend_high_u8x16(change)));
  }
  found->all += sum_lanes(all);
  found->taken_away += sum_lanes(taken_away);
}

/** From here on a pixel's blue exceeds its red by more than a neutral pixel's noise. */
enum { halo_margin = 16 };

/** Dark pixels are the border's, blue ones a halo's of stray light; up to 48 bytes more are read, up to 15 more written. */
static void take_planes(const uint8_t *pixels, int count, int dark_up_to, Planes planes) {
  for (int i = 0; i < count; i += 16) {
    Channels channels = load_channels(pixels + 3 * (uint32_t)i);
    v128_t bright = wasm_u8x16_gt(channels.green, wasm_i8x16_splat(dark_up_to));
    v128_t halo = wasm_u8x16_ge(wasm_u8x16_sub_sat(channels.blue, channels.red), wasm_i8x16_splat(halo_margin));
    wasm_v128_store(planes.green + i, channels.green);
    wasm_v128_store(planes.retina + i, wasm_v128_andnot(bright, halo));
  }
}

/**
 * Differences of green between neighbours, across and down, where both ends of the blur are brighter than `dark_up_to` and no halo.
 *
 * @param pixels with 48 bytes more behind them, which mean nothing; up to 1.8 million
 */
void EXPORTED(count_differences)(const uint8_t *pixels, int width, int height, int dark_up_to, Differences *across, Differences *down) {
  uint32_t bytes = (uint32_t)width * height + 16;
  Planes planes = {take(bytes), take(bytes)};
  take_planes(pixels, width * height, dark_up_to, planes);
  *across = *down = (Differences){0, 0};
  for (int y = 0; y < height; y++) {
    add_differences(planes, y * width + blur_length - blur_reach, width - blur_length, 1, across);
  }
  for (int y = blur_length - blur_reach; y < height - blur_reach; y++) add_differences(planes, y * width, width, width, down);
}

/** Pixels at the border of a region that say nothing of its texture. */
enum { border = 4 };

typedef struct {
  uint32_t gradients, brightness, pixels;
} Texture;

/** 255 where a pixel and those `border` pixels away from it, in eight directions, belong to the region. */
static inline v128_t find_inside(const uint8_t *mask, int width) {
  v128_t inside = wasm_i8x16_splat(1);
  for (int down = -border; down <= border; down += border) {
    for (int right = -border; right <= border; right += border) {
      inside = wasm_v128_and(inside, wasm_v128_load(mask + down * width + right));
    }
  }
  return wasm_i8x16_neg(inside);
}

/** Eight values as numbers of 16 bits. */
static inline v128_t load_eight(const uint8_t *at) { return wasm_u16x8_load8x8(at); }

/** Sobel's: twice the middle one of three and both its neighbours. */
static inline v128_t add_three(const uint8_t *middle, int step) {
  v128_t twice = wasm_i16x8_shl(load_eight(middle), 1);
  return wasm_i16x8_add(twice, wasm_i16x8_add(load_eight(middle - step), load_eight(middle + step)));
}

/** Sobel gradients of eight pixels, across and down together: up to 2040. */
static inline v128_t compute_gradients(const uint8_t *at, int width) {
  v128_t across = wasm_i16x8_sub(add_three(at + 1, width), add_three(at - 1, width));
  v128_t down = wasm_i16x8_sub(add_three(at + width, 1), add_three(at - width, 1));
  return wasm_i16x8_add(wasm_i16x8_abs(across), wasm_i16x8_abs(down));
}

/**
 * Sums of gradients and of brightness over the pixels well inside a region, and their number.
 *
 * @param grey with 16 bytes more behind it, which mean nothing
 * @param mask 1 where a pixel belongs to the region, else 0; with as many bytes more
 */
void EXPORTED(sum_texture)(const uint8_t *grey, const uint8_t *mask, int width, int height, Texture *found) {
  v128_t gradients = wasm_i32x4_splat(0), brightness = gradients, pixels = gradients;
  for (int y = border; y < height - border; y++) {
    for (int x = border; x < width - border; x += 8) {
      const uint8_t *at = grey + y * width + x;
      v128_t inside = wasm_v128_and(find_inside(mask + y * width + x, width), first_lanes(width - border - x));
      v128_t wide = wasm_i16x8_extend_low_i8x16(inside);
      gradients = add_pairs(gradients, wasm_v128_and(compute_gradients(at, width), wide));
      brightness = add_pairs(brightness, wasm_v128_and(load_eight(at), wide));
      pixels = add_pairs(pixels, wasm_u16x8_shr(wide, 15));
    }
  }
  *found = (Texture){sum_lanes(gradients), sum_lanes(brightness), sum_lanes(pixels)};
}
