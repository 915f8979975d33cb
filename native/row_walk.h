// A walk over the rows of a broadcast operation. The innermost loop is a row; the others only move
// pointers.
#pragma once

#include <cstdint>

#include "kernels.h"

namespace hgn::HGN_ISA {

// Where a row of y and its operands start.
struct Row {
  int64_t a;
  int64_t b;
  int64_t y;
};

// The rows of y in memory order, from any of them.
class RowWalk {
 public:
  RowWalk(const Loops& loops, int64_t index) : loops_(loops), y_(index * loops.size[3]) {
    for (int loop = 2; loop >= 0; loop--) {
      at_[loop] = index % loops.size[loop];
      index /= loops.size[loop];
      a_ += at_[loop] * loops.a_stride[loop];
      b_ += at_[loop] * loops.b_stride[loop];
    }
  }

  Row row() const { return {a_, b_, y_}; }

  void next() {
    y_ += loops_.size[3];
    for (int loop = 2; loop >= 0; loop--) {
      a_ += loops_.a_stride[loop];
      b_ += loops_.b_stride[loop];
      if (++at_[loop] < loops_.size[loop]) {
        return;
      }
      at_[loop] = 0;
      a_ -= loops_.size[loop] * loops_.a_stride[loop];
      b_ -= loops_.size[loop] * loops_.b_stride[loop];
    }
  }

 private:
  const Loops& loops_;
  int64_t at_[3];
  int64_t a_ = 0;
  int64_t b_ = 0;
  int64_t y_;
};

}  // namespace hgn::HGN_ISA
