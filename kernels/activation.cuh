// Activations y = f(x), their derivatives f' = D(y) as functions of the output, and D'(y), so that
// f'' = D' D:
//
//   ReLU       max(x, 0)              1 where y > 0, else 0        0
//   leaky      x or x/100             1 where y > 0, else 1/100    0
//   softplus   ln(1 + exp x)          1 - exp(-y)                  exp(-y)
//   sigmoid    1 / (1 + exp(-x))      y (1 - y)                    1 - 2 y
//   tanh       tanh x                 1 - y^2                      -2 y
//
// Comparisons are written so that NaN is preserved.
#pragma once

#include "common.cuh"

namespace hgn {

// In the order of hgn.tensor.Activation.
enum class Activation : int { kIdentity, kRelu, kLeakyRelu, kSoftplus, kSigmoid, kTanh };

constexpr float kLeak = 0.01f;

struct Identity {
  static __device__ float value(float x) { return x; }
  static __device__ float slope(float) { return 1.0f; }
  static __device__ float slope_derivative(float) { return 0.0f; }
};

struct Relu {
  static __device__ float value(float x) { return x <= 0.0f ? 0.0f : x; }
  static __device__ float slope(float y) { return y > 0.0f ? 1.0f : 0.0f; }
  static __device__ float slope_derivative(float) { return 0.0f; }
};

struct LeakyRelu {
  static __device__ float value(float x) { return x > 0.0f ? x : x * kLeak; }
  static __device__ float slope(float y) { return y > 0.0f ? 1.0f : kLeak; }
  static __device__ float slope_derivative(float) { return 0.0f; }
};

// ln(1 + t) for 0 <= t <= 1 or NaN: t times the polynomial through ln(1 + t) / t at Chebyshev's
// nodes, with an error of 1.2e-7 at most. Unlike log1pf it has no branch, so that several can be
// computed at once.
__device__ inline float log1p_of_fraction(float t) {
  float p = -0.00317605701f;
  p = fmaf(p, t, 0.0195425265f);
  p = fmaf(p, t, -0.0563736111f);
  p = fmaf(p, t, 0.105436236f);
  p = fmaf(p, t, -0.152696669f);
  p = fmaf(p, t, 0.196632743f);
  p = fmaf(p, t, -0.249516159f);
  p = fmaf(p, t, 0.333297104f);
  p = fmaf(p, t, -0.499998927f);
  p = fmaf(p, t, 1.0f);
  return p * t;
}

// 1 - exp(-y) for y >= 0 or NaN: below 1 y times the polynomial through (1 - exp(-y)) / y at
// Chebyshev's nodes, so that it is exact relative to small y. Without a branch, unlike expm1f.
__device__ inline float one_minus_exp_of_minus(float y) {
  float p = 0.000129076303f;
  p = fmaf(p, y, -0.00130077498f);
  p = fmaf(p, y, 0.00827550516f);
  p = fmaf(p, y, -0.0416468494f);
  p = fmaf(p, y, 0.166663408f);
  p = fmaf(p, y, -0.499999791f);
  p = fmaf(p, y, 1.0f);
  float far = 1.0f - expf(-y);
  return fabsf(y) < 1.0f ? p * y : far;
}

struct Softplus {
  static __device__ float value(float x) {
    return (x <= 0.0f ? 0.0f : x) + log1p_of_fraction(expf(-fabsf(x)));
  }
  static __device__ float slope(float y) { return one_minus_exp_of_minus(y); }
  static __device__ float slope_derivative(float y) { return expf(-y); }
};

struct Sigmoid {
  static __device__ float value(float x) {
    float e = expf(-fabsf(x));
    return (x < 0.0f ? e : 1.0f) / (1.0f + e);
  }
  static __device__ float slope(float y) { return y * (1.0f - y); }
  static __device__ float slope_derivative(float y) { return 1.0f - 2.0f * y; }
};

struct Tanh {
  static __device__ float value(float x) { return tanhf(x); }
  static __device__ float slope(float y) { return 1.0f - y * y; }
  static __device__ float slope_derivative(float y) { return -2.0f * y; }
};

// Calls body with an object of the class that implements f.
template <class Body>
__device__ void with(Activation f, const Body& body) {
  switch (f) {
    case Activation::kIdentity:
      return body(Identity());
    case Activation::kRelu:
      return body(Relu());
    case Activation::kLeakyRelu:
      return body(LeakyRelu());
    case Activation::kSoftplus:
      return body(Softplus());
    case Activation::kSigmoid:
      return body(Sigmoid());
    case Activation::kTanh:
      return body(Tanh());
  }
}

// f(x), D(y) and D'(y) for an f known only at run time.

__device__ inline float value(Activation f, float x) {
  float y = 0.0f;
  with(f, [&](auto kind) { y = kind.value(x); });
  return y;
}

__device__ inline float slope(Activation f, float y) {
  float d = 0.0f;
  with(f, [&](auto kind) { d = kind.slope(y); });
  return d;
}

__device__ inline float slope_derivative(Activation f, float y) {
  float d = 0.0f;
  with(f, [&](auto kind) { d = kind.slope_derivative(y); });
  return d;
}

}  // namespace hgn
