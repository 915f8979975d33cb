// A cluster of blocks, which run at the same time and reach each other's shared memory: all their
// threads on one host thread. A kernel without clusters runs as clusters of one block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
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

  // mbarrier with a count of one arrival: init, arrive.expect_tx, and a wait for the end of a phase
  // of this parity. They lie in shared memory, but their state is here.
  void init_counter(const void* counter);
  void expect(const void* counter, size_t bytes);
  void wait_for_bytes(const void* counter, unsigned parity);

  // st.async: stores `bytes`, at most 16, where `own` and `counter`, in the shared memory of the
  // running thread's block, are in that of a rank. They arrive as late as possible. Stops the
  // kernel if that block may not have started yet, or has ended.
  void store_async(const void* own, unsigned rank, const void* value, size_t bytes,
                   const void* counter);

  // Where `own` is in the shared memory of a rank.
  char* map(const void* own, unsigned rank);

  // Of the blocks' threads, one has ended.
  void remove_thread();

 private:
  // What blocks have stored into another's shared memory.
  struct Counter {
    uint64_t phases = 0;  // completed
    bool arrived = false;
    int64_t missing = 0;  // bytes
    Known incoming, last[2];
  };

  // A store under way.
  struct Parcel {
    Block* from = nullptr;
    Block* to = nullptr;
    char* address = nullptr;
    unsigned char value[16] = {};
    size_t bytes = 0;
    const void* counter = nullptr;
    Known known;
  };

  void run_threads(bool backwards);
  bool deliver();
  Counter& counter(const void* address);
  static void complete_if_due(Counter& counter);
  void complete();
  // How often all have arrived.
  uint64_t barriers() const { return generation_ - first_generation_; }

  std::vector<std::unique_ptr<Block>> blocks_;  // as many as any launch has needed
  const Launch* launch_ = nullptr;
  size_t alive_ = 0;
  size_t arrived_ = 0;
  uint64_t generation_ = 0;
  uint64_t first_generation_ = 0;
  std::unordered_map<const void*, Counter> counters_;
  std::vector<Parcel> parcels_;
  Thread culprit_;
  Index culprit_block_;
  const char* detail_ = "";
  const void* fault_address_ = nullptr;
};

}  // namespace hgn::emulator
