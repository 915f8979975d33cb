// Rows by index: y[i] = x[rows[i]], and the adjoint, which adds row i of g to row rows[i] of x.
//
// The indices are floats, exact up to 2^24. An invalid index gives a row of NaN, and its cotangent
// is dropped. The adjoint loops over x and adds in the order of i: no atomics, so the result is
// reproducible.
#include "common.cuh"

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

// Lengths count units of type Unit; n is the number of units of y.
template <class Unit, class Index>
__device__ void gather(const Unit* x, int64_t count, Index length, const float* rows, Index n,
                       Unit* y) {
  for (Index i = grid_start(); i < n; i += grid_step()) {
    Index place = i / length;
    float number = rows[place];
    int64_t row = number >= 0.0f && number < count ? static_cast<int64_t>(number) : -1;
    if (row < 0 || static_cast<float>(row) != number) {
      put(nanf(""), y + i);
    } else {
      y[i] = x[row * length + (i - place * length)];
    }
  }
}

// n is the number of units of x.
template <class Unit, class Index>
__device__ void scatter(const Unit* g, const float* rows, int64_t places, Index length, Unit* x,
                        Index n) {
  for (Index i = grid_start(); i < n; i += grid_step()) {
    Index row = i / length;
    Index at = i - row * length;
    Unit sum;
    put(0.0f, &sum);
    for (int64_t place = 0; place < places; place++) {
      if (rows[place] == static_cast<float>(row)) {
        add(g[place * length + at], &sum);
      }
    }
    x[i] = sum;
  }
}

}  // namespace

// x (count, length), rows (places), y (places, length).
extern "C" __global__ void gather_rows(const float* x, int64_t count, int64_t length,
                                       const float* rows, int64_t places, float* y) {
  bool fours = aligned(x) && aligned(y) && length % 4 == 0;
  hgn::with_index(places * length, [=](auto zero) {
    using Index = decltype(zero);
    if (fours) {
      gather<float4, Index>(reinterpret_cast<const float4*>(x), count, length / 4, rows,
                            places * length / 4, reinterpret_cast<float4*>(y));
    } else {
      gather<float, Index>(x, count, length, rows, places * length, y);
    }
  });
}

// g (places, length), rows (places), x (count, length).
extern "C" __global__ void scatter_rows(const float* g, const float* rows, int64_t places,
                                        int64_t length, float* x, int64_t count) {
  bool fours = aligned(g) && aligned(x) && length % 4 == 0;
  hgn::with_index(count * length, [=](auto zero) {
    using Index = decltype(zero);
    if (fours) {
      scatter<float4, Index>(reinterpret_cast<const float4*>(g), rows, places, length / 4,
                             reinterpret_cast<float4*>(x), count * length / 4);
    } else {
      scatter<float, Index>(g, rows, places, length, x, count * length);
    }
  });
}
