// Moves without arithmetic: runs of a strided array, conditional copies, and upsampling of images.
//
// Upsampling repeats each pixel: y[2i+a, 2j+b] = x[i, j] for a, b in {0, 1}; its adjoint sums the
// four. The rows of all images are numbered together, since row r becomes rows 2r and 2r+1 of the
// upsampled images.
#include "common.cuh"
#include "divisor.cuh"

namespace {

using hgn::aligned;
using hgn::grid_start;
using hgn::grid_step;

__device__ inline float plus(float a, float b) { return a + b; }

__device__ inline float4 plus(float4 a, float4 b) {
  return make_float4(a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w);
}

// Floats in a Unit: a multiple of it divided by a length in floats is the unit's run or pixel.
template <class Unit>
constexpr int64_t kFloats = sizeof(Unit) / sizeof(float);

// Pitches count units of type Unit.
template <class Unit>
__device__ void move_runs(const Unit* from, int64_t from_pitch, Unit* to, int64_t to_pitch,
                          const hgn::Divisor& length, int64_t total) {
  int64_t units = length.value / kFloats<Unit>;
#pragma unroll 1
  for (int64_t i = grid_start(); i < total; i += grid_step()) {
    int64_t run = length.quotient(kFloats<Unit> * i);
    int64_t at = i - run * units;
    to[run * to_pitch + at] = from[run * from_pitch + at];
  }
}

// Calls body(x, corner, depth, pitch) for every unit x of the small images, where depth is the
// units of a pixel; y[corner], y[corner + depth] and the two units `pitch` further are its four
// units in the large ones.
template <class Unit, class Body>
__device__ void for_pixels(int64_t rows, const hgn::Divisor& width, const hgn::Divisor& channels,
                           const Body& body) {
  int64_t depth = channels.value / kFloats<Unit>;
  int64_t pitch = 2 * width.value * depth;
  int64_t total = rows * width.value * depth;
#pragma unroll 1
  for (int64_t i = grid_start(); i < total; i += grid_step()) {
    int64_t pixel = channels.quotient(kFloats<Unit> * i);
    int64_t within = i - pixel * depth;
    int64_t row = pixel;
    int64_t column = hgn::split(&row, width);
    body(i, 2 * row * pitch + 2 * column * depth + within, depth, pitch);
  }
}

template <class Unit>
__device__ void repeat(const Unit* x, int64_t rows, const hgn::Divisor& width,
                       const hgn::Divisor& channels, Unit* y) {
  for_pixels<Unit>(rows, width, channels,
                   [=](int64_t i, int64_t corner, int64_t depth, int64_t pitch) {
                     Unit v = x[i];
                     y[corner] = v;
                     y[corner + depth] = v;
                     y[corner + pitch] = v;
                     y[corner + pitch + depth] = v;
                   });
}

template <class Unit>
__device__ void add_fours(const Unit* g, int64_t rows, const hgn::Divisor& width,
                          const hgn::Divisor& channels, Unit* x) {
  for_pixels<Unit>(rows, width, channels,
                   [=](int64_t i, int64_t corner, int64_t depth, int64_t pitch) {
                     x[i] = plus(plus(g[corner], g[corner + depth]),
                                 plus(g[corner + pitch], g[corner + pitch + depth]));
                   });
}

}  // namespace

// Copies `runs` runs of `length` floats that start a pitch apart.
extern "C" __global__ void copy_runs(const float* from, int64_t from_pitch, float* to,
                                     int64_t to_pitch, hgn::Divisor length, int64_t runs) {
  int64_t total = length.value * runs;
  if (aligned(from) && aligned(to) && (from_pitch | to_pitch | length.value) % 4 == 0) {
    move_runs(reinterpret_cast<const float4*>(from), from_pitch / 4, reinterpret_cast<float4*>(to),
              to_pitch / 4, length, total / 4);
  } else {
    move_runs(from, from_pitch, to, to_pitch, length, total);
  }
}

// y = x unless *veto is not 0.
extern "C" __global__ void copy_unless(const float* veto, const float* x, float* y, int64_t n) {
  if (*veto == 0.0f) {
    hgn::map(x, y, n, [](float v) { return v; });
  }
}

extern "C" __global__ void upsample2x(const float* x, int64_t rows, hgn::Divisor width,
                                      hgn::Divisor channels, float* y) {
  if (aligned(x) && aligned(y) && channels.value % 4 == 0) {
    repeat(reinterpret_cast<const float4*>(x), rows, width, channels, reinterpret_cast<float4*>(y));
  } else {
    repeat(x, rows, width, channels, y);
  }
}

extern "C" __global__ void upsample2x_grad(const float* g, int64_t rows, hgn::Divisor width,
                                           hgn::Divisor channels, float* x) {
  if (aligned(g) && aligned(x) && channels.value % 4 == 0) {
    add_fours(reinterpret_cast<const float4*>(g), rows, width, channels,
              reinterpret_cast<float4*>(x));
  } else {
    add_fours(g, rows, width, channels, x);
  }
}
