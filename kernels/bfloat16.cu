// float32 to bfloat16 and back. A bfloat16 is the upper half of a float32: 8 significant bits and
// the same range.
//
// Rounds to nearest, ties to even: adding 0x7fff and the upper half's last bit to the lower half
// carries into the upper half exactly when it must be rounded up. The carry turns numbers beyond
// the range into infinity. NaN is handled separately, since it would become infinity too.
#include "common.cuh"

namespace {

using hgn::grid_start;
using hgn::grid_step;

__device__ uint32_t narrowed(float v) {
  uint32_t bits = __float_as_uint(v);
  return v != v ? 0x7fc0u : (bits + 0x7fffu + (bits >> 16 & 1u)) >> 16;
}

__device__ float widened(uint32_t half) { return __uint_as_float(half << 16); }

// The number of groups of four that may be moved at once.
__device__ int64_t fours(const float* floats, const uint16_t* halves, int64_t n) {
  return hgn::aligned(floats) && hgn::aligned(halves) ? n / 4 : 0;
}

}  // namespace

// y = x, rounded.
extern "C" __global__ void float_to_bfloat16(const float* x, uint16_t* y, int64_t n) {
  int64_t quads = fours(x, y, n);
#pragma unroll 1
  for (int64_t i = grid_start(); i < quads; i += grid_step()) {
    float4 v = hgn::load4(x + 4 * i);
    reinterpret_cast<uint2*>(y)[i] =
        make_uint2(narrowed(v.x) | narrowed(v.y) << 16, narrowed(v.z) | narrowed(v.w) << 16);
  }
#pragma unroll 1
  for (int64_t i = 4 * quads + grid_start(); i < n; i += grid_step()) {
    y[i] = static_cast<uint16_t>(narrowed(x[i]));
  }
}

// y = x.
extern "C" __global__ void bfloat16_to_float(const uint16_t* x, float* y, int64_t n) {
  int64_t quads = fours(y, x, n);
#pragma unroll 1
  for (int64_t i = grid_start(); i < quads; i += grid_step()) {
    uint2 v = reinterpret_cast<const uint2*>(x)[i];
    hgn::store4(y + 4 * i, make_float4(widened(v.x & 0xffffu), widened(v.x >> 16),
                                       widened(v.y & 0xffffu), widened(v.y >> 16)));
  }
#pragma unroll 1
  for (int64_t i = 4 * quads + grid_start(); i < n; i += grid_step()) {
    y[i] = widened(x[i]);
  }
}
