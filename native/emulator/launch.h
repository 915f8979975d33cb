// Runs the blocks of a grid, several at a time.
#pragma once

#include <memory>
#include <vector>

#include "block.h"
#include "registry.h"
#include "status.h"
#include "stream.h"

namespace hgn::emulator {

constexpr int kMultiprocessors = 4;
constexpr size_t kSharedPerBlock = 48 << 10;
constexpr size_t kSharedPerBlockOptIn = 227 << 10;
constexpr size_t kSharedPerMultiprocessor = 228 << 10;
constexpr unsigned kThreadsPerBlock = 1024;
constexpr unsigned kThreadsPerMultiprocessor = 2048;
constexpr unsigned kBlocksPerMultiprocessor = 32;

// How many blocks of that size a multiprocessor holds.
int resident_blocks(size_t threads, size_t shared_bytes);

// Checks the launch, copies the arguments and submits it. In a cooperative launch all blocks run at
// the same time, each on its own host thread.
Status launch(Kernel* kernel, Extent grid, Extent block, size_t shared_bytes, size_t shared_limit,
              void** arguments, bool cooperative, Stream* stream);

// The launch after the next `count` of them fails when it runs; negative: none.
void fail_launch_after(int count, Status status);

// How many kernels have run so far.
size_t launches_run();

// Runs host code of a library call as stream work, so that its faults become device faults.
Status guarded(const std::function<void()>& work);

}  // namespace hgn::emulator
