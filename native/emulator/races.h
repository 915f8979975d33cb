// A detector of races, in the build whose kernels call it at each access to memory.
//
// Accesses are ordered within a block by __syncthreads, within a warp by __syncwarp, within a
// cluster of blocks by its barrier and by waiting for asynchronous stores of another block, which
// order what it did before its last __syncthreads, and between the blocks of a launch by an atomic
// operation after __threadfence that another block sees by an atomic operation before its own
// __threadfence. Two accesses to the same bytes that are not ordered, of which one writes and not
// both are atomic, are a race, in shared memory as in device memory. The launch fails then, and its
// message names both threads.
//
// Whatever it reports is a race, except for two orders that no kernel here relies on: another
// barrier between arrival at a cluster's barrier and wait, and what a thread did between its last
// __syncthreads and an asynchronous store. It may miss some: clocks are Lamport's, and of each four
// bytes it remembers the last writer and two readers.
#pragma once

#include <cstddef>

#include "block.h"

namespace hgn::emulator {

#ifdef HGN_EMULATOR_RACES
// To be called before the blocks of a launch run.
void begin_launch(const Launch& launch);
#else
inline void begin_launch(const Launch&) {}
#endif

}  // namespace hgn::emulator

// Called by the kernels.
void hgn_emulator_before_atomic(const void* address, size_t bytes);
void hgn_emulator_after_atomic();
void hgn_emulator_fence();
void hgn_emulator_async_store(const void* address, size_t bytes);
void hgn_emulator_misaligned(const void* address, size_t alignment);
