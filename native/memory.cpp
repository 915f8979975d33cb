// Aligned blocks. Large ones come from mmap in multiples of 2 MiB, aligned to 2 MiB, with huge
// pages advised: faulting in a block in pages of 4 KiB costs more than filling it.
#include "memory.h"

#include <cstdint>
#include <cstdlib>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace hgn {
namespace {

constexpr size_t kAlignment = 64;
constexpr size_t kHugePage = size_t{1} << 21;

size_t round_up(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

#if defined(__linux__)
bool is_large(size_t bytes) { return bytes >= kHugePage; }

void* map_large(size_t bytes) {
  size_t size = round_up(bytes, kHugePage);
  size_t reserved = size + kHugePage;
  void* mapped =
      mmap(nullptr, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) {
    return nullptr;
  }
  uintptr_t start = reinterpret_cast<uintptr_t>(mapped);
  uintptr_t block = round_up(start, kHugePage);
  if (block > start) {
    munmap(mapped, block - start);
  }
  size_t behind = start + reserved - (block + size);
  if (behind > 0) {
    munmap(reinterpret_cast<void*>(block + size), behind);
  }
  madvise(reinterpret_cast<void*>(block), size, MADV_HUGEPAGE);  // only a hint
  return reinterpret_cast<void*>(block);
}
#endif

struct Scratch {
  void* block[static_cast<int>(Slot::kCount)] = {};
  size_t bytes[static_cast<int>(Slot::kCount)] = {};

  ~Scratch() {
    for (int slot = 0; slot < static_cast<int>(Slot::kCount); slot++) {
      free_block(block[slot], bytes[slot]);
    }
  }
};

thread_local Scratch thread_scratch;

}  // namespace

void* allocate_block(size_t bytes) {
#if defined(__linux__)
  if (is_large(bytes)) {
    return map_large(bytes);
  }
#endif
  return std::aligned_alloc(kAlignment, round_up(bytes, kAlignment));
}

void free_block(void* block, size_t bytes) {
  if (block == nullptr) {
    return;
  }
#if defined(__linux__)
  if (is_large(bytes)) {
    munmap(block, round_up(bytes, kHugePage));
    return;
  }
#endif
  std::free(block);
}

void* scratch(Slot slot, size_t bytes) {
  int index = static_cast<int>(slot);
  if (thread_scratch.bytes[index] < bytes) {
    free_block(thread_scratch.block[index], thread_scratch.bytes[index]);
    thread_scratch.bytes[index] = 0;
    thread_scratch.block[index] = allocate_block(bytes);
    if (thread_scratch.block[index] == nullptr) {
      throw std::bad_alloc();
    }
    thread_scratch.bytes[index] = bytes;
  }
  return thread_scratch.block[index];
}

}  // namespace hgn
