// y = f(x), one element at a time: fill, affine, clamp, the unary functions and the activations.
//
// After a convolution, y (pixels, channels) = f(y + bias) in one pass; the bias may be null.
#include "activation.cuh"
#include "divisor.cuh"

namespace {

using hgn::Activation;
using hgn::aligned;
using hgn::grid_start;
using hgn::grid_step;
using hgn::load4;
using hgn::map;
using hgn::store4;

// In the order of hgn.tensor.UnaryOp.
enum class UnaryOp : int { kExp, kLog, kSqrt, kSquare, kReciprocal, kSin, kCos };

// Fours of one row of channels: 4i % channels is a multiple of 4 too.
template <class F>
__device__ void add_bias(const float* bias, float* y, int64_t n, const hgn::Divisor& channels) {
  if (channels.value % 4 == 0 && aligned(bias) && aligned(y)) {
#pragma unroll 1
    for (int64_t i = 4 * grid_start(); i < n; i += 4 * grid_step()) {
      int64_t row = i;
      float4 b = load4(bias + hgn::split(&row, channels));
      float4 v = load4(y + i);
      store4(y + i, make_float4(F::value(v.x + b.x), F::value(v.y + b.y), F::value(v.z + b.z),
                                F::value(v.w + b.w)));
    }
    return;
  }
#pragma unroll 1
  for (int64_t i = grid_start(); i < n; i += grid_step()) {
    int64_t row = i;
    y[i] = F::value(y[i] + bias[hgn::split(&row, channels)]);
  }
}

}  // namespace

extern "C" __global__ void fill(float* y, float value, int64_t n) { hgn::put(y, n, value); }

extern "C" __global__ void affine(const float* x, float scale, float shift, float* y, int64_t n) {
  map(x, y, n, [=](float v) { return v * scale + shift; });
}

extern "C" __global__ void clamp(const float* x, float low, float high, float* y, int64_t n) {
  map(x, y, n, [=](float v) { return v < low ? low : v > high ? high : v; });
}

extern "C" __global__ void unary(int op, const float* x, float* y, int64_t n) {
  switch (static_cast<UnaryOp>(op)) {
    case UnaryOp::kExp:
      return map(x, y, n, [](float v) { return expf(v); });
    case UnaryOp::kLog:
      return map(x, y, n, [](float v) { return logf(v); });
    case UnaryOp::kSqrt:
      return map(x, y, n, [](float v) { return sqrtf(v); });
    case UnaryOp::kSquare:
      return map(x, y, n, [](float v) { return v * v; });
    case UnaryOp::kReciprocal:
      return map(x, y, n, [](float v) { return 1.0f / v; });
    case UnaryOp::kSin:
      return map(x, y, n, [](float v) { return sinf(v); });
    case UnaryOp::kCos:
      return map(x, y, n, [](float v) { return cosf(v); });
  }
}

extern "C" __global__ void activate(int f, const float* x, float* y, int64_t n) {
  hgn::with(static_cast<Activation>(f), [=](auto function) {
    using F = decltype(function);
    map(x, y, n, [](float v) { return F::value(v); });
  });
}

// r = g f'(x), y = f(x); r may be g.
extern "C" __global__ void activation_grad(int f, const float* g, const float* y, float* r,
                                           int64_t n) {
  hgn::with(static_cast<Activation>(f), [=](auto function) {
    using F = decltype(function);
    map(g, y, r, n, [](float gv, float yv) { return gv * F::slope(yv); });
  });
}

extern "C" __global__ void bias_activate(int f, const float* bias, float* y, int64_t n,
                                         hgn::Divisor channels) {
  hgn::with(static_cast<Activation>(f), [=](auto function) {
    using F = decltype(function);
    if (bias == nullptr) {
      map(y, y, n, [](float v) { return F::value(v); });
      return;
    }
    add_bias<F>(bias, y, n, channels);
  });
}
