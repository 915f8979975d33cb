// y = op(a, b) with operands broadcast along some of four loops, and y = a broadcast.
//
// In the innermost loop y is contiguous and an operand is either contiguous too or a single number.
// Work is divided into units of one or four floats of the innermost loop. A unit's index gives its
// position in the loops by division; loops of one iteration cost nothing.
#include "common.cuh"
#include "divisor.cuh"

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
  hgn::Divisor size[4];
  int64_t a_stride[4];
  int64_t b_stride[4];

  __device__ int64_t rows() const { return size[0].value * size[1].value * size[2].value; }
  __device__ int64_t length() const { return size[3].value; }
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

__device__ Place row_place(const Loops& loops, int64_t row) {
  Place place = {0, 0};
  for (int loop = 2; loop >= 0; loop--) {
    if (loops.size[loop].value != 1) {
      int64_t at = hgn::split(&row, loops.size[loop]);
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

// All elements, four at a time, of rows whose length is a multiple of four; or those of a single
// row up to the last multiple of four.
template <class F>
__device__ void combine4(const float* a, const float* b, float* y, const Loops& loops) {
  int64_t total = loops.rows() * (loops.length() / 4 * 4);
#pragma unroll 1
  for (int64_t i = 4 * grid_start(); i < total; i += 4 * grid_step()) {
    int64_t row = i;
    int64_t along = hgn::split(&row, loops.size[3]);
    Place place = row_place(loops, row);
    float4 u = four(a, place.a, along, loops.a_stride[3]);
    float4 v = four(b, place.b, along, loops.b_stride[3]);
    store4(y + i, make_float4(F::value(u.x, v.x), F::value(u.y, v.y), F::value(u.z, v.z),
                              F::value(u.w, v.w)));
  }
}

// The elements from `first` on, one at a time.
template <class F>
__device__ void combine1(const float* a, const float* b, float* y, const Loops& loops,
                         int64_t first) {
  int64_t total = loops.rows() * loops.length();
#pragma unroll 1
  for (int64_t i = first + grid_start(); i < total; i += grid_step()) {
    int64_t row = i;
    int64_t along = hgn::split(&row, loops.size[3]);
    Place place = row_place(loops, row);
    y[i] = F::value(a[place.a + along * loops.a_stride[3]], b[place.b + along * loops.b_stride[3]]);
  }
}

template <class F>
__device__ void combine(const float* a, const float* b, float* y, const Loops& loops) {
  int64_t length = loops.length();
  bool fours = length >= 4 && (length % 4 == 0 || loops.rows() == 1) && aligned(y) &&
               in_fours(a, loops.a_stride) && in_fours(b, loops.b_stride);
  if (fours) {
    combine4<F>(a, b, y, loops);
  }
  combine1<F>(a, b, y, loops, fours ? loops.rows() * (length / 4 * 4) : 0);
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
