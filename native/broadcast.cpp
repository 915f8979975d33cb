// y = op(a, b) with operands broadcast along some of four loops, and y = a broadcast.
//
// The innermost loop runs over contiguous y, where an operand is either contiguous too or a single
// number. The outer loops only move pointers.
#include <cmath>

#include "map.h"
#include "ops.h"
#include "row_walk.h"

namespace hgn::HGN_ISA {
namespace {

// Calls body(row, begin, end) for every row of y and a part of its innermost loop.
template <class Body>
void for_rows(const Loops& loops, const Body& body) {
  int64_t rows = loops.size[0] * loops.size[1] * loops.size[2];
  int64_t length = loops.size[3];
  if (rows * length == 0) {
    return;
  }
  if (rows >= threads()) {
    parallel_ranges(rows, ceil_div(kLightGrain, length), 1, [&](int64_t begin, int64_t end) {
      RowWalk at(loops, begin);
      for (int64_t row = begin; row < end; row++) {
        body(at.row(), 0, length);
        at.next();
      }
    });
    return;
  }
  RowWalk at(loops, 0);
  for (int64_t row = 0; row < rows; row++) {
    parallel_ranges(length, kLightGrain, kLanes,
                    [&](int64_t begin, int64_t end) { body(at.row(), begin, end); });
    at.next();
  }
}

template <class F>
void combine(const float* a, const float* b, float* y, const Loops& loops, const F& f) {
  bool whole_a = loops.a_stride[3] != 0;
  bool whole_b = loops.b_stride[3] != 0;
  for_rows(loops, [&](Row row, int64_t begin, int64_t end) {
    const float* as = a + row.a + (whole_a ? begin : 0);
    const float* bs = b + row.b + (whole_b ? begin : 0);
    float* ys = y + row.y + begin;
    if (whole_a && whole_b) {
      map_span(as, bs, ys, end - begin, f);
    } else if (whole_a) {
      Vec bv = broadcast(*bs);
      map_span(as, ys, end - begin, [&](Vec av) { return f(av, bv); });
    } else if (whole_b) {
      Vec av = broadcast(*as);
      map_span(bs, ys, end - begin, [&](Vec bv) { return f(av, bv); });
    } else {
      Vec value = f(broadcast(*as), broadcast(*bs));
      map_span(ys, ys, end - begin, [&](Vec) { return value; });
    }
  });
}

Vec angles(Vec y, Vec x) {
  float ys[kLanes];
  float xs[kLanes];
  store(ys, y);
  store(xs, x);
  for (int i = 0; i < kLanes; i++) {
    ys[i] = ::atan2f(ys[i], xs[i]);
  }
  return load(ys);
}

}  // namespace

void binary(BinaryOp op, const float* a, const float* b, float* y, const Loops& loops) {
  switch (op) {
    case BinaryOp::kAdd:
      return combine(a, b, y, loops, [](Vec p, Vec q) { return p + q; });
    case BinaryOp::kSub:
      return combine(a, b, y, loops, [](Vec p, Vec q) { return p - q; });
    case BinaryOp::kMul:
      return combine(a, b, y, loops, [](Vec p, Vec q) { return p * q; });
    case BinaryOp::kDiv:
      return combine(a, b, y, loops, [](Vec p, Vec q) { return p / q; });
    case BinaryOp::kAtan2:
      return combine(a, b, y, loops, angles);
  }
}

void broadcast_to(const float* a, float* y, const Loops& loops) {
  for_rows(loops, [&](Row row, int64_t begin, int64_t end) {
    float* to = y + row.y + begin;
    if (loops.a_stride[3] != 0) {
      std::memcpy(to, a + row.a + begin, (end - begin) * sizeof(float));
      return;
    }
    float value = a[row.a];
    for (int64_t i = 0; i < end - begin; i++) {
      to[i] = value;
    }
  });
}

}  // namespace hgn::HGN_ISA
