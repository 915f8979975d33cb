// A loop that only multiplies and adds, to measure a machine's peak.
#include <vector>

#include "ops.h"
#include "simd.h"
#include "thread_pool.h"

namespace hgn::HGN_ISA {

namespace {

// Enough independent sums to hide the latency of an addition at two per cycle.
constexpr int kChains = 12;

// More parts than threads, so that nobody waits for a late thread.
constexpr int kPartsEach = 8;

struct Loop {
  int64_t rounds;
  float* sums;  // one for each part, so that the compiler removes nothing as unused
};

void run_loop(const void* context, int part) {
  const Loop& loop = *static_cast<const Loop*>(context);
  Vec chains[kChains];
  for (int i = 0; i < kChains; i++) {
    chains[i] = broadcast(static_cast<float>(i + part));
  }
  // Read from memory, so that the compiler cannot compute the result.
  volatile float near_one = 0.999999f;
  volatile float small = 1e-6f;
  Vec scale = broadcast(near_one);
  Vec shift = broadcast(small);
  for (int64_t round = 0; round < loop.rounds; round++) {
    for (int i = 0; i < kChains; i++) {
      chains[i] = chains[i] * scale + shift;
    }
  }
  Vec sum = chains[0];
  for (int i = 1; i < kChains; i++) {
    sum += chains[i];
  }
  loop.sums[part] = lane_sum(sum);
}

}  // namespace

double multiply_adds(int64_t rounds, float* sum) {
  int parts = kPartsEach * threads();
  std::vector<float> sums(parts);
  Loop loop{rounds, sums.data()};
  run_parts(parts, run_loop, &loop);
  *sum = 0;
  for (float part : sums) {
    *sum += part;
  }
  return 2.0 * kChains * kLanes * static_cast<double>(rounds) * parts;
}

}  // namespace hgn::HGN_ISA
