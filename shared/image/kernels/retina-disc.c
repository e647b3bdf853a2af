// Finds the round picture of the retina in a fundus photograph: what test/support/pixel-reference/retina-disc.ts finds,
// bit for bit. The numbers are the training's (models/eye-disease/MODEL_CARD.md, preprocessing).
#include "channels.h"
#include "gaussian-blur.h"
#include "largest-component.h"
#include "percentile.h"

/** A pixel belongs to the disc when it is brighter than this share of the 90th percentile, and than 10 of 255. */
static const double brightness_share = 0.12;
static const double minimum_brightness = 10;
/** Pixels whose darkest channel is above this are paper or frame, not retina. */
static const uint8_t white_above = 245;
/** Rows and columns with fewer pixels of the disc than this share of the fullest one are notches or captions. */
static const double run_share = 0.06;
/** A box narrower or lower than this share of the photograph is no disc. */
static const double minimum_box_share = 0.25;

typedef struct {
  int left, top, right, bottom;
} Box;

/** The brightest channel of each pixel, and whether its darkest one is above `white_above`; up to 48 bytes more are read. */
static void measure_brightness(const uint8_t *pixels, int count, uint8_t *brightest, uint8_t *white) {
  for (int i = 0; i < count; i += 16) {
    Channels channels = load_channels(pixels + 3 * (uint32_t)i);
    v128_t red = channels.red, green = channels.green, blue = channels.blue;
    wasm_v128_store(brightest + i, wasm_u8x16_max(red, wasm_u8x16_max(green, blue)));
    v128_t darkest = wasm_u8x16_min(red, wasm_u8x16_min(green, blue));
    wasm_v128_store(white + i, wasm_u8x16_gt(darkest, wasm_u8x16_splat(white_above)));
  }
}

/** The largest value in single precision that is no larger: what is above the one is above the other. */
static float round_down(double value) {
  union {
    float value;
    uint32_t bits;
  } single = {(float)value};
  if (single.value > value) single.bits--;
  return single.value;
}

/** Appends the runs of one row; the row's memory is the last that was taken. */
static void append_runs(Runs *runs, const float *blurred, const uint8_t *white, float threshold, int row, int width) {
  reserve(sizeof(Run) * (width / 2 + 1));
  for (int x = 0; x < width; x++) {
    if (!(blurred[x] > threshold) || white[x]) continue;
    int start = x;
    while (x < width && blurred[x] > threshold && !white[x]) x++;
    runs->all[runs->count] = (Run){row + start, row + x, runs->count, x - start};
    runs->count++;
  }
  free_memory = (uint8_t *)(runs->all + runs->count);
}

static Runs find_runs(const float *blurred, const uint8_t *white, float threshold, int width, int height) {
  Runs runs = {take(0), 0};
  int above = 0;
  for (int y = 0; y < height; y++) {
    int current = runs.count, row = y * width;
    append_runs(&runs, blurred + row, white + row, threshold, row, width);
    unite_rows(runs, above, current, width);
    above = current;
  }
  return runs;
}

/** First position whose count is large enough, and the one behind the last. */
static void find_filled(const int *counts, int length, int *first, int *end) {
  int largest = 0;
  for (int i = 0; i < length; i++) largest = counts[i] > largest ? counts[i] : largest;
  double minimum = run_share * largest;
  int from = 0, to = length;
  while (!(counts[from] > minimum)) from++;
  while (!(counts[to - 1] > minimum)) to--;
  *first = from;
  *end = to;
}

static Box bound(Runs runs, int largest, int width, int height) {
  int *rows = take_zeros(4u * height);
  int *columns = take_zeros(4u * (width + 1));
  for (int i = 0; i < runs.count; i++) {
    if (root_of(runs.all, i) != largest) continue;
    int y = runs.all[i].start / width, start = runs.all[i].start - y * width, end = runs.all[i].end - y * width;
    rows[y] += end - start;
    columns[start]++;
    columns[end]--;
  }
  for (int x = 1; x < width; x++) columns[x] += columns[x - 1];
  Box box;
  find_filled(columns, width, &box.left, &box.right);
  find_filled(rows, height, &box.top, &box.bottom);
  return box;
}

static void fill(uint8_t *mask, int count, Runs runs, int largest) {
  for (int i = 0; i < count; i++) mask[i] = 0;
  for (int i = 0; i < runs.count; i++) {
    if (root_of(runs.all, i) != largest) continue;
    for (int at = runs.all[i].start; at < runs.all[i].end; at++) mask[at] = 1;
  }
}

/**
 * The largest bright region, whatever its shape and size: 1 in `mask` where a pixel belongs to it, and its box, or the whole
 * picture when nothing is bright.
 *
 * @param pixels with 48 bytes more behind them, which mean nothing
 * @param mask a byte per pixel, or 0 where it is not wanted
 */
void EXPORTED(segment_retina_disc)(const uint8_t *pixels, int width, int height, Box *box, uint8_t *mask) {
  int count = width * height;
  *box = (Box){0, 0, width, height};
  uint8_t *plane = (uint8_t *)take((uint32_t)width * (height + 2 * reach) + 32) + reach * width;
  uint8_t *white = take((uint32_t)count + 16);
  measure_brightness(pixels, count, plane, white);
  float *blurred = take(4u * count + 16);
  blur_plane(plane, width, height, blurred);
  double share = brightness_share * compute_percentile(blurred, count, 90);
  float threshold = round_down(share > minimum_brightness ? share : minimum_brightness);
  Runs runs = find_runs(blurred, white, threshold, width, height);
  int largest = runs.count == 0 ? -1 : find_largest(runs);
  if (mask) fill(mask, count, runs, largest);
  if (largest >= 0) *box = bound(runs, largest, width, height);
}

/** The disc's box, or the whole picture when no disc stands out; see `segment_retina_disc`. */
void EXPORTED(find_retina_disc)(const uint8_t *pixels, int width, int height, Box *box) {
  segment_retina_disc(pixels, width, height, box, 0);
  if (box->right - box->left < minimum_box_share * width || box->bottom - box->top < minimum_box_share * height)
    *box = (Box){0, 0, width, height};
}
