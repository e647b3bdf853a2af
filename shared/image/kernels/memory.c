#include "memory.h"

uint8_t *free_memory = &__heap_base;

/** Gives back all memory. */
void EXPORTED(reset)(void) { free_memory = &__heap_base; }

void *EXPORTED(allocate)(uint32_t bytes) { return take(bytes); }

void *memcpy(void *to, const void *from, __SIZE_TYPE__ bytes) {
  uint8_t *out = to;
  const uint8_t *in = from;
  for (; bytes >= 16; bytes -= 16, out += 16, in += 16) wasm_v128_store(out, wasm_v128_load(in));
  while (bytes--) *out++ = *in++;
  return to;
}

void *memset(void *to, int value, __SIZE_TYPE__ bytes) {
  uint8_t *out = to;
  v128_t many = wasm_i8x16_splat(value);
  for (; bytes >= 16; bytes -= 16, out += 16) wasm_v128_store(out, many);
  while (bytes--) *out++ = value;
  return to;
}
