// Activations and their slopes, the slope written in the output y = f(x):
//
//   ReLU       max(x, 0)              1 where y > 0, else 0
//   leaky      x or x/100             1 where y > 0, else 1/100
//   softplus   ln(1 + exp x)          1 - exp(-y)
//   sigmoid    1 / (1 + exp(-x))      y (1 - y)
//   tanh       tanh x                 1 - y^2
//
// Comparisons are written so that not-a-number stays what it is.
#pragma once

#include "common.cuh"

namespace hgn {

// In the order of hgn.tensor.Activation.
enum class Activation : int { kIdentity, kRelu, kLeakyRelu, kSoftplus, kSigmoid, kTanh };

constexpr float kLeak = 0.01f;

struct Identity {
  static __device__ float value(float x) { return x; }
  static __device__ float slope(float) { return 1.0f; }
};

struct Relu {
  static __device__ float value(float x) { return x <= 0.0f ? 0.0f : x; }
  static __device__ float slope(float y) { return y > 0.0f ? 1.0f : 0.0f; }
};

struct LeakyRelu {
  static __device__ float value(float x) { return x > 0.0f ? x : x * kLeak; }
  static __device__ float slope(float y) { return y > 0.0f ? 1.0f : kLeak; }
};

struct Softplus {
  static __device__ float value(float x) {
    return (x <= 0.0f ? 0.0f : x) + log1pf(expf(-fabsf(x)));
  }
  static __device__ float slope(float y) { return -expm1f(-y); }
};

struct Sigmoid {
  static __device__ float value(float x) {
    float e = expf(-fabsf(x));
    return (x < 0.0f ? e : 1.0f) / (1.0f + e);
  }
  static __device__ float slope(float y) { return y * (1.0f - y); }
};

struct Tanh {
  static __device__ float value(float x) { return tanhf(x); }
  static __device__ float slope(float y) { return 1.0f - y * y; }
};

// Calls body with an object of the class that stands for f.
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

}  // namespace hgn
