// Moves without arithmetic: runs of a strided array, conditional copies, and upsampling of images.
//
// Upsampling repeats each pixel: y[2i+a, 2j+b] = x[i, j] for a, b in {0, 1}; its adjoint sums the
// four. The rows of all images are numbered together, since row r becomes rows 2r and 2r+1 of the
// upsampled images.
#include "common.cuh"

namespace {

using hgn::aligned;
using hgn::grid_start;
using hgn::grid_step;

__device__ inline float plus(float a, float b) { return a + b; }

__device__ inline float4 plus(float4 a, float4 b) {
  return make_float4(a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w);
}

// Lengths and pitches count units of type Unit.
template <class Unit, class Index>
__device__ void move_runs(const Unit* from, int64_t from_pitch, Unit* to, int64_t to_pitch,
                          Index length, Index total) {
  for (Index i = grid_start(); i < total; i += grid_step()) {
    Index run = i / length;
    Index at = i - run * length;
    to[run * to_pitch + at] = from[run * from_pitch + at];
  }
}

// Calls body(x, y, corner, pitch) for every unit x of the small images; y[corner], y[corner +
// depth] and the two units `pitch` further are its four units in the large ones.
template <class Index, class Body>
__device__ void for_pixels(Index rows, Index width, Index depth, const Body& body) {
  int64_t pitch = 2 * static_cast<int64_t>(width) * depth;
  Index total = rows * width * depth;
  for (Index i = grid_start(); i < total; i += grid_step()) {
    Index pixel = i / depth;
    Index row = pixel / width;
    int64_t corner = 2 * row * pitch + 2 * static_cast<int64_t>(pixel - row * width) * depth +
                     (i - pixel * depth);
    body(i, corner, pitch);
  }
}

template <class Unit, class Index>
__device__ void repeat(const Unit* x, Index rows, Index width, Index depth, Unit* y) {
  for_pixels(rows, width, depth, [=](Index i, int64_t corner, int64_t pitch) {
    Unit v = x[i];
    y[corner] = v;
    y[corner + depth] = v;
    y[corner + pitch] = v;
    y[corner + pitch + depth] = v;
  });
}

template <class Unit, class Index>
__device__ void add_fours(const Unit* g, Index rows, Index width, Index depth, Unit* x) {
  for_pixels(rows, width, depth, [=](Index i, int64_t corner, int64_t pitch) {
    x[i] = plus(plus(g[corner], g[corner + depth]),
                plus(g[corner + pitch], g[corner + pitch + depth]));
  });
}

}  // namespace

// Copies `runs` runs of `length` floats that start a pitch apart.
extern "C" __global__ void copy_runs(const float* from, int64_t from_pitch, float* to,
                                     int64_t to_pitch, int64_t length, int64_t runs) {
  bool fours = aligned(from) && aligned(to) && (from_pitch | to_pitch | length) % 4 == 0;
  hgn::with_index(length * runs, [=](auto zero) {
    using Index = decltype(zero);
    if (fours) {
      move_runs<float4, Index>(reinterpret_cast<const float4*>(from), from_pitch / 4,
                               reinterpret_cast<float4*>(to), to_pitch / 4, length / 4,
                               length * runs / 4);
    } else {
      move_runs<float, Index>(from, from_pitch, to, to_pitch, length, length * runs);
    }
  });
}

// y = x unless *veto is not 0.
extern "C" __global__ void copy_unless(const float* veto, const float* x, float* y, int64_t n) {
  if (*veto == 0.0f) {
    hgn::map(x, y, n, [](float v) { return v; });
  }
}

extern "C" __global__ void upsample2x(const float* x, int64_t rows, int64_t width, int64_t channels,
                                      float* y) {
  bool fours = aligned(x) && aligned(y) && channels % 4 == 0;
  hgn::with_index(rows * width * channels, [=](auto zero) {
    using Index = decltype(zero);
    if (fours) {
      repeat<float4, Index>(reinterpret_cast<const float4*>(x), rows, width, channels / 4,
                            reinterpret_cast<float4*>(y));
    } else {
      repeat<float, Index>(x, rows, width, channels, y);
    }
  });
}

extern "C" __global__ void upsample2x_grad(const float* g, int64_t rows, int64_t width,
                                           int64_t channels, float* x) {
  bool fours = aligned(g) && aligned(x) && channels % 4 == 0;
  hgn::with_index(rows * width * channels, [=](auto zero) {
    using Index = decltype(zero);
    if (fours) {
      add_fours<float4, Index>(reinterpret_cast<const float4*>(g), rows, width, channels / 4,
                               reinterpret_cast<float4*>(x));
    } else {
      add_fours<float, Index>(g, rows, width, channels, x);
    }
  });
}
