// Loops that apply a function of vectors to whole arrays, in parallel where worthwhile.
#pragma once

#include "parallel.h"
#include "simd.h"

namespace hgn::HGN_ISA {

// Least number of floats per part, about ten microseconds of work. Handing work over costs about
// one microsecond if the other core is idle, but milliseconds if it is not.
constexpr int64_t kLightGrain = 131072;
constexpr int64_t kHeavyGrain = 32768;  // where an element costs an exponential or more

// y = f(x) for one span, by one thread.
template <class F>
inline void map_span(const float* x, float* y, int64_t n, const F& f) {
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    store(y + i, f(load(x + i)));
  }
  if (i < n) {
    store_part(y + i, f(load_part(x + i, n - i)), n - i);
  }
}

// y = f(a, b) for one span, by one thread.
template <class F>
inline void map_span(const float* a, const float* b, float* y, int64_t n, const F& f) {
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    store(y + i, f(load(a + i), load(b + i)));
  }
  if (i < n) {
    store_part(y + i, f(load_part(a + i, n - i), load_part(b + i, n - i)), n - i);
  }
}

template <class F>
inline void map(const float* x, float* y, int64_t n, int64_t grain, const F& f) {
  parallel_ranges(n, grain, kLanes, [&](int64_t begin, int64_t end) {
    map_span(x + begin, y + begin, end - begin, f);
  });
}

template <class F>
inline void map(const float* a, const float* b, float* y, int64_t n, int64_t grain, const F& f) {
  parallel_ranges(n, grain, kLanes, [&](int64_t begin, int64_t end) {
    map_span(a + begin, b + begin, y + begin, end - begin, f);
  });
}

}  // namespace hgn::HGN_ISA
