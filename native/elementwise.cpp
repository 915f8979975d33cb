// y = f(x), one element at a time: fill, copy, affine, clamp and the unary functions.
#include <math.h>

#include "map.h"
#include "ops.h"
#include "vector_math.h"

namespace hgn::HGN_ISA {
namespace {

// Sine and cosine are rare in a step; the C library's are accurate to half a unit in the last place
// for any angle.
template <class F>
void map_scalar(const float* x, float* y, int64_t n, const F& f) {
  parallel_ranges(n, kHeavyGrain, kLanes, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      y[i] = f(x[i]);
    }
  });
}

}  // namespace

void fill(float* y, int64_t n, float value) {
  parallel_ranges(n, 2 * kLightGrain, kLanes, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      y[i] = value;
    }
  });
}

void copy(const float* x, float* y, int64_t n) {
  parallel_ranges(n, 2 * kLightGrain, kLanes, [&](int64_t begin, int64_t end) {
    std::memmove(y + begin, x + begin, (end - begin) * sizeof(float));
  });
}

void unary(UnaryOp op, const float* x, float* y, int64_t n) {
  switch (op) {
    case UnaryOp::kExp:
      return map(x, y, n, kHeavyGrain, [](Vec v) { return exp(v); });
    case UnaryOp::kLog:
      return map(x, y, n, kHeavyGrain, [](Vec v) { return log(v); });
    case UnaryOp::kSqrt:
      return map(x, y, n, kLightGrain, [](Vec v) { return sqrt(v); });
    case UnaryOp::kSquare:
      return map(x, y, n, kLightGrain, [](Vec v) { return v * v; });
    case UnaryOp::kReciprocal:
      return map(x, y, n, kLightGrain, [](Vec v) { return 1.0f / v; });
    case UnaryOp::kSin:
      return map_scalar(x, y, n, [](float v) { return ::sinf(v); });
    case UnaryOp::kCos:
      return map_scalar(x, y, n, [](float v) { return ::cosf(v); });
  }
}

void affine(const float* x, float scale, float shift, float* y, int64_t n) {
  map(x, y, n, kLightGrain, [=](Vec v) { return v * scale + shift; });
}

void clamp(const float* x, float low, float high, float* y, int64_t n) {
  map(x, y, n, kLightGrain, [=](Vec v) { return at_most(at_least(v, low), high); });
}

}  // namespace hgn::HGN_ISA
