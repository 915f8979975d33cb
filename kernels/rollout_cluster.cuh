// The blocks that share samples. See rollout.cuh.
//
// The blocks divide the columns of each result among them, and store what becomes of it in the
// shared memory of all, so that each has whole rows to start from.
#pragma once

#include "cluster.cuh"
#include "rollout.cuh"

namespace hgn::rollout {

// How many threads, a power of two, have the same, and which of them this is.
struct Copies {
  int count, number;
};

// A cluster of blocks. What one stores is counted on arrival, which takes less than a barrier; its
// own arrives the same way. Two deliveries take turns, as a block may be one ahead of another, but
// no more: it also waits for a word from each. That says that the other has all that was sent
// before, and has read what it may be sent next.
class ClusterBlocks {
 public:
  static constexpr int kSize = kClusterBlocks;

  __device__ explicit ClusterBlocks(float* mail) : mail_(mail), rank_(cluster_rank()) {}

  __device__ int rank() const { return rank_; }

  __device__ void meet() const {
    if (threadIdx.x == 0) {
      delivery(0).init();
      delivery(1).init();
    }
    cluster_sync();
  }

  // What arrives next, from all blocks together, in floats.
  __device__ void expect(int floats) const {
    if (threadIdx.x == kThreads - 1) {  // which has least to do
      delivery(turn_ & 1).expect(4 * (floats + kSize));
      store(mail_ + 4 + rank_, 0.0f);
    }
  }

  __device__ void store(float* own, float v) const { store(own, v, Copies{1, 0}); }

  // The same by one of several threads that have the same number; they divide the blocks.
  __device__ void store(float* own, float v, const Copies& copies) const {
    if (copies.number >= kSize) {
      return;
    }
#pragma unroll
    for (int first = 0; first < kSize; first += copies.count) {
      delivery(turn_ & 1).store(own, rank_ ^ (first + copies.number), v);
    }
  }

  __device__ void wait() {
    __syncthreads();
    delivery(turn_ & 1).wait(turn_ >> 1 & 1);
    turn_++;
  }

 private:
  __device__ Delivery delivery(int number) const { return Delivery(mail_ + 2 * number); }

  float* mail_;
  int rank_;
  int turn_ = 0;
};

}  // namespace hgn::rollout
