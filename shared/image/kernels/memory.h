// The kernels' memory, and the two functions of C's library that the compiler itself calls.
#pragma once
#include <stdint.h>
#include <wasm_simd128.h>

#define EXPORTED(name) __attribute__((export_name(#name))) name

extern uint8_t __heap_base;
/** Where free memory begins: what is allocated lies one behind the other, and is given back by setting this back. */
extern uint8_t *free_memory;

static const uint32_t page_bytes = 65536;

/** Makes sure that `bytes` more can be allocated; ends the program where the machine has no more. */
static inline void reserve(uint32_t bytes) {
  uint64_t needed = ((uint64_t)(uintptr_t)free_memory + bytes + 16 + page_bytes - 1) / page_bytes;
  uint32_t present = __builtin_wasm_memory_size(0);
  if (needed > present && __builtin_wasm_memory_grow(0, needed - present) == (__SIZE_TYPE__)-1) __builtin_trap();
}

/** Memory for `bytes` at a multiple of 16. */
static inline void *take(uint32_t bytes) {
  reserve(bytes);
  uint8_t *start = (uint8_t *)(((uintptr_t)free_memory + 15) & ~(uintptr_t)15);
  free_memory = start + bytes;
  return start;
}

static inline void *take_zeros(uint32_t bytes) { return __builtin_memset(take(bytes), 0, bytes); }
