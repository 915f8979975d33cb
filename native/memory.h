// Blocks for tensors, and scratch that a thread keeps between calls.
#pragma once

#include <cstddef>

namespace hgn {

// A block aligned to 64 bytes; a large one is mapped on its own, on huge pages where the system has
// them. Null if there is no memory.
void* allocate_block(size_t bytes);

// Gives back what allocate_block(bytes) returned.
void free_block(void* block, size_t bytes);

// What scratch is used for; two uses at a time need two slots.
enum class Slot { kTaps, kWeights, kPointers, kPartials, kRows, kTiles, kCount };

// At least `bytes` of this thread's scratch, aligned to 64 bytes, with undefined contents. Valid
// until the thread asks for the same slot again. Throws std::bad_alloc.
void* scratch(Slot slot, size_t bytes);

inline float* scratch_floats(Slot slot, size_t count) {
  return static_cast<float*>(scratch(slot, count * sizeof(float)));
}

}  // namespace hgn
