// A cluster of blocks, which run at the same time and reach each other's shared memory: all their
// threads on one host thread. A kernel without clusters runs as clusters of one block.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "block.h"

namespace hgn::emulator {

class Cluster {
 public:
  // Runs all threads of the cluster whose first block is `first` to completion, starting with the
  // last if `backwards`. For one host thread, reusable.
  Fault run(const Launch& launch, Index first, bool backwards);

  // The thread that stopped it, for messages, its block, and what it had to do with.
  const Thread& culprit() const { return culprit_; }
  const Index& culprit_block() const { return culprit_block_; }
  const char* detail() const { return detail_; }
  const void* fault_address() const { return fault_address_; }

  // The block of a rank.
  Block& block(unsigned rank) { return *blocks_[rank]; }

  // barrier.cluster.arrive and .wait: threads that have ended are not waited for.
  void arrive();
  void wait();

  // Where `own`, in the shared memory of the running thread's block, is in that of a rank. Stops
  // the kernel if that block may not have started yet, or has ended.
  void* map(const void* own, unsigned rank);

  // Of the blocks' threads, one has ended.
  void remove_thread();

 private:
  void run_threads(bool backwards);
  void complete();
  // How often all have arrived.
  uint64_t barriers() const { return generation_ - first_generation_; }

  std::vector<std::unique_ptr<Block>> blocks_;  // as many as any launch has needed
  const Launch* launch_ = nullptr;
  size_t alive_ = 0;
  size_t arrived_ = 0;
  uint64_t generation_ = 0;
  uint64_t first_generation_ = 0;
  Thread culprit_;
  Index culprit_block_;
  const char* detail_ = "";
  const void* fault_address_ = nullptr;
};

}  // namespace hgn::emulator
