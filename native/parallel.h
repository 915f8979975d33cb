// Division of work among threads. The parts depend only on the sizes and the number of threads; it
// does not matter which thread computes a part.
#pragma once

#include <cstdint>

#include "thread_pool.h"

namespace hgn::HGN_ISA {

inline int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
inline int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
inline int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }

// Average number of parts per thread, so that a thread on a busy core can leave some to others.
constexpr int kPartsPerThread = 4;

// At most `parts` and at least one, as a multiple of the threads where there is a part for each:
// with three parts on two threads, one thread would wait while the other computes the third.
inline int even_parts(int64_t parts) {
  int64_t most = parts > threads() ? parts - parts % threads() : parts;
  return static_cast<int>(larger(1, most));
}

// Number of parts for `work` units of which a part should have at least `grain`.
inline int parts_for(int64_t work, int64_t grain) {
#ifdef HGN_GRAIN  // of fuzz/
  grain = smaller(grain, HGN_GRAIN);
#endif
  int64_t most = threads() == 1 ? 1 : int64_t{threads()} * kPartsPerThread;
  return even_parts(smaller(most, work / grain));
}

// Calls body(part) for each part; on this thread alone if there is one part.
template <class Body>
inline void parallel_parts(int parts, const Body& body) {
  if (parts == 1) {
    body(0);
    return;
  }
  run_parts(
      parts, [](const void* context, int part) { (*static_cast<const Body*>(context))(part); },
      &body);
}

// Calls body(begin, end) for ranges that cover 0..n, cut at multiples of `unit`.
template <class Body>
inline void parallel_ranges(int64_t n, int64_t grain, int64_t unit, const Body& body) {
  int parts = parts_for(n, grain);
  int64_t units = ceil_div(n, unit);
  parallel_parts(parts, [&](int part) {
    int64_t begin = units * part / parts * unit;
    int64_t end = smaller(n, units * (part + 1) / parts * unit);
    if (begin < end) {
      body(begin, end);
    }
  });
}

}  // namespace hgn::HGN_ISA
