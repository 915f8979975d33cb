// y = op(a, b) with operands broadcast along some of four loops, and y = a broadcast.
//
// In the innermost loop y is contiguous and an operand is either contiguous too or a single number.
// Work is divided into units of one or four floats of the innermost loop. A unit's index gives its
// position in the loops by division, in 32 bits where possible; loops of one iteration cost
// nothing.
#include "common.cuh"

namespace {

using hgn::aligned;
using hgn::grid_start;
using hgn::grid_step;
using hgn::load4;
using hgn::store4;

// In the order of hgn.tensor.BinaryOp.
enum class BinaryOp : int { kAdd, kSub, kMul, kDiv, kAtan2 };

// Sizes from the outermost loop inward; an operand's stride is 0 where it is broadcast.
struct Loops {
  int64_t size[4];
  int64_t a_stride[4];
  int64_t b_stride[4];

  __device__ int64_t rows() const { return size[0] * size[1] * size[2]; }
  __device__ int64_t count() const { return rows() * size[3]; }
};

struct Add {
  static __device__ float value(float a, float b) { return a + b; }
};

struct Sub {
  static __device__ float value(float a, float b) { return a - b; }
};

struct Mul {
  static __device__ float value(float a, float b) { return a * b; }
};

struct Div {
  static __device__ float value(float a, float b) { return a / b; }
};

struct Atan2 {
  static __device__ float value(float a, float b) { return atan2f(a, b); }
};

// a alone; the second operand is never read.
struct First {
  static __device__ float value(float a, float) { return a; }
};

struct Place {
  int64_t a;
  int64_t b;
};

template <class Index>
__device__ Place row_place(const Loops& loops, Index row) {
  Place place = {0, 0};
  for (int loop = 2; loop >= 0; loop--) {
    if (loops.size[loop] != 1) {
      Index size = static_cast<Index>(loops.size[loop]);
      Index at = row % size;
      row /= size;
      place.a += at * loops.a_stride[loop];
      place.b += at * loops.b_stride[loop];
    }
  }
  return place;
}

__device__ bool in_fours(const float* x, const int64_t* stride) {
  return stride[3] == 0 || (aligned(x) && (stride[0] | stride[1] | stride[2]) % 4 == 0);
}

__device__ float4 four(const float* x, int64_t row, int64_t along, int64_t stride) {
  if (stride == 0) {
    float v = x[row];
    return make_float4(v, v, v, v);
  }
  return load4(x + row + along);
}

// The elements of every row up to the last multiple of four, four at a time.
template <class F, class Index>
__device__ void combine4(const float* a, const float* b, float* y, const Loops& loops) {
  Index units = static_cast<Index>(loops.size[3] / 4);
  Index total = static_cast<Index>(loops.rows()) * units;
  for (Index unit = grid_start(); unit < total; unit += grid_step()) {
    Index row = unit / units;
    int64_t along = 4 * static_cast<int64_t>(unit - row * units);
    Place place = row_place(loops, row);
    float4 u = four(a, place.a, along, loops.a_stride[3]);
    float4 v = four(b, place.b, along, loops.b_stride[3]);
    store4(y + row * loops.size[3] + along, make_float4(F::value(u.x, v.x), F::value(u.y, v.y),
                                                        F::value(u.z, v.z), F::value(u.w, v.w)));
  }
}

// The elements of every row starting at `first`, one at a time.
template <class F, class Index>
__device__ void combine1(const float* a, const float* b, float* y, const Loops& loops,
                         int64_t first) {
  Index length = static_cast<Index>(loops.size[3] - first);
  Index total = static_cast<Index>(loops.rows()) * length;
  for (Index unit = grid_start(); unit < total; unit += grid_step()) {
    Index row = unit / length;
    int64_t along = first + (unit - row * length);
    Place place = row_place(loops, row);
    y[row * loops.size[3] + along] =
        F::value(a[place.a + along * loops.a_stride[3]], b[place.b + along * loops.b_stride[3]]);
  }
}

template <class F>
__device__ void combine(const float* a, const float* b, float* y, const Loops& loops) {
  hgn::with_index(loops.count(), [&](auto zero) {
    using Index = decltype(zero);
    int64_t rest = loops.size[3] % 4;
    bool fours = (rest == 0 || loops.rows() == 1) && aligned(y) && in_fours(a, loops.a_stride) &&
                 in_fours(b, loops.b_stride);
    if (fours && loops.size[3] >= 4) {
      combine4<F, Index>(a, b, y, loops);
      if (rest != 0) {
        combine1<F, Index>(a, b, y, loops, loops.size[3] - rest);
      }
    } else {
      combine1<F, Index>(a, b, y, loops, 0);
    }
  });
}

}  // namespace

// y may be an operand that is not broadcast.
extern "C" __global__ void binary(int op, const float* a, const float* b, float* y, Loops loops) {
  switch (static_cast<BinaryOp>(op)) {
    case BinaryOp::kAdd:
      return combine<Add>(a, b, y, loops);
    case BinaryOp::kSub:
      return combine<Sub>(a, b, y, loops);
    case BinaryOp::kMul:
      return combine<Mul>(a, b, y, loops);
    case BinaryOp::kDiv:
      return combine<Div>(a, b, y, loops);
    case BinaryOp::kAtan2:
      return combine<Atan2>(a, b, y, loops);
  }
}

// The strides of b are 0.
extern "C" __global__ void broadcast_to(const float* a, float* y, Loops loops) {
  combine<First>(a, a, y, loops);
}
