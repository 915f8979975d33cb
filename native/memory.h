// Blocks for tensors, and scratch memory that a thread keeps between calls.
#pragma once

#include <cstddef>

namespace hgn {

// A block aligned to 64 bytes; a large one is mapped separately, on huge pages if available. Null
// if no memory is left.
void* allocate_block(size_t bytes);

// Frees a block from allocate_block(bytes).
void free_block(void* block, size_t bytes);

// Uses of scratch memory; simultaneous uses need different slots.
enum class Slot { kTaps, kWeights, kPointers, kPartials, kRows, kTiles, kRollout, kCount };

// At least `bytes` of this thread's scratch memory, aligned to 64 bytes, with undefined contents.
// Valid until the thread requests the same slot again. Throws std::bad_alloc.
void* scratch(Slot slot, size_t bytes);

inline float* scratch_floats(Slot slot, size_t count) {
  return static_cast<float*>(scratch(slot, count * sizeof(float)));
}

}  // namespace hgn
