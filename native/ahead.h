// Asking for memory before it is needed, a little in each step of a long computation: the wait for
// main memory then runs beside the computation. Asked for all at once, it would not come earlier.
#pragma once

#include <cstdint>

#include "parallel.h"

namespace hgn::HGN_ISA {

// Floats in memory, which may be none.
struct Stretch {
  const float* begin;
  int64_t floats;
};

// Asks for two stretches in so many steps.
class Ahead {
 public:
  Ahead(const Stretch& a, const Stretch& b, int64_t steps)
      : a_(reinterpret_cast<const char*>(a.begin)),
        b_(reinterpret_cast<const char*>(b.begin)),
        a_step_(step(a, steps)),
        b_step_(step(b, steps)) {}

  // Step `i` from here.
  void ask(int64_t i) const {
    __builtin_prefetch(a_ + i * a_step_, 0, 3);
    __builtin_prefetch(b_ + i * b_step_, 0, 3);
  }

  void advance(int64_t steps) {
    a_ += steps * a_step_;
    b_ += steps * b_step_;
  }

 private:
  static constexpr int64_t kLine = 64;

  // Bytes: at most a cache line, of which none should be left out.
  static int64_t step(const Stretch& stretch, int64_t steps) {
    return smaller(kLine, ceil_div(stretch.floats * int64_t{sizeof(float)}, steps));
  }

  const char* a_;
  const char* b_;
  int64_t a_step_;
  int64_t b_step_;
};

// For computations without anything to ask for.
struct NothingAhead {
  void ask(int64_t) const {}
  void advance(int64_t) {}
};

}  // namespace hgn::HGN_ISA
