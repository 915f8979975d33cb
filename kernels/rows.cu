// Rows by index: y[i] = x[rows[i]], and the adjoint, which adds row i of g to row rows[i] of x.
//
// The indices are floats, exact up to 2^24. An invalid index gives a row of NaN, and its cotangent
// is dropped. The adjoint loops over x and adds in the order of i: no atomics, so the result is
// reproducible.
#include "common.cuh"
#include "divisor.cuh"

namespace {

using hgn::aligned;
using hgn::grid_start;
using hgn::grid_step;

__device__ inline void put(float v, float* y) { *y = v; }

__device__ inline void put(float v, float4* y) { *y = make_float4(v, v, v, v); }

__device__ inline void add(float a, float* sum) { *sum += a; }

__device__ inline void add(float4 a, float4* sum) {
  *sum = make_float4(sum->x + a.x, sum->y + a.y, sum->z + a.z, sum->w + a.w);
}

// Floats in a Unit: a multiple of it divided by a length in floats is the unit's row.
template <class Unit>
constexpr int64_t kFloats = sizeof(Unit) / sizeof(float);

// n is the number of units of y.
template <class Unit>
__device__ void gather(const Unit* x, int64_t count, const hgn::Divisor& length, const float* rows,
                       int64_t n, Unit* y) {
  int64_t units = length.value / kFloats<Unit>;
#pragma unroll 1
  for (int64_t i = grid_start(); i < n; i += grid_step()) {
    int64_t place = length.quotient(kFloats<Unit> * i);
    float number = rows[place];
    int64_t row = number >= 0.0f && number < count ? static_cast<int64_t>(number) : -1;
    if (row < 0 || static_cast<float>(row) != number) {
      put(nanf(""), y + i);
    } else {
      y[i] = x[row * units + (i - place * units)];
    }
  }
}

// n is the number of units of x.
template <class Unit>
__device__ void scatter(const Unit* g, const float* rows, int64_t places,
                        const hgn::Divisor& length, Unit* x, int64_t n) {
  int64_t units = length.value / kFloats<Unit>;
#pragma unroll 1
  for (int64_t i = grid_start(); i < n; i += grid_step()) {
    int64_t row = length.quotient(kFloats<Unit> * i);
    int64_t at = i - row * units;
    Unit sum;
    put(0.0f, &sum);
    for (int64_t place = 0; place < places; place++) {
      if (rows[place] == static_cast<float>(row)) {
        add(g[place * units + at], &sum);
      }
    }
    x[i] = sum;
  }
}

}  // namespace

// x (count, length), rows (places), y (places, length).
extern "C" __global__ void gather_rows(const float* x, int64_t count, hgn::Divisor length,
                                       const float* rows, int64_t places, float* y) {
  int64_t n = places * length.value;
  if (aligned(x) && aligned(y) && length.value % 4 == 0) {
    gather(reinterpret_cast<const float4*>(x), count, length, rows, n / 4,
           reinterpret_cast<float4*>(y));
  } else {
    gather(x, count, length, rows, n, y);
  }
}

// g (places, length), rows (places), x (count, length).
extern "C" __global__ void scatter_rows(const float* g, const float* rows, int64_t places,
                                        hgn::Divisor length, float* x, int64_t count) {
  int64_t n = count * length.value;
  if (aligned(g) && aligned(x) && length.value % 4 == 0) {
    scatter(reinterpret_cast<const float4*>(g), rows, places, length, reinterpret_cast<float4*>(x),
            n / 4);
  } else {
    scatter(g, rows, places, length, x, n);
  }
}
