// Activations and their slopes, the slope written in the output y = f(x):
//
//   ReLU       max(x, 0)              1 where y > 0, else 0
//   leaky      x or x/100             1 where y > 0, else 1/100
//   softplus   ln(1 + exp x)          1 - exp(-y)
//   sigmoid    1 / (1 + exp(-x))      y (1 - y)
//   tanh       tanh x                 1 - y^2
#include "map.h"
#include "ops.h"
#include "vector_math.h"

namespace hgn::HGN_ISA {
namespace {

constexpr float kLeak = 0.01f;

struct Identity {
  static constexpr int64_t kGrain = kLightGrain;
  static Vec value(Vec x) { return x; }
  static Vec slope(Vec) { return broadcast(1.0f); }
};

struct Relu {
  static constexpr int64_t kGrain = kLightGrain;
  static Vec value(Vec x) { return x <= 0.0f ? Vec{} : x; }
  static Vec slope(Vec y) { return y > 0.0f ? broadcast(1.0f) : Vec{}; }
};

struct LeakyRelu {
  static constexpr int64_t kGrain = kLightGrain;
  static Vec value(Vec x) { return x > 0.0f ? x : x * kLeak; }
  static Vec slope(Vec y) { return y > 0.0f ? broadcast(1.0f) : broadcast(kLeak); }
};

struct Softplus {
  static constexpr int64_t kGrain = kHeavyGrain;
  static Vec value(Vec x) { return softplus(x); }
  static Vec slope(Vec y) { return -expm1(-y); }
};

struct Sigmoid {
  static constexpr int64_t kGrain = kHeavyGrain;
  static Vec value(Vec x) { return sigmoid(x); }
  static Vec slope(Vec y) { return y * (1.0f - y); }
};

struct Tanh {
  static constexpr int64_t kGrain = kHeavyGrain;
  static Vec value(Vec x) { return tanh(x); }
  static Vec slope(Vec y) { return 1.0f - y * y; }
};

// Calls body with an object of the class that stands for f.
template <class Body>
inline void with(Activation f, const Body& body) {
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

}  // namespace

void activate(Activation f, const float* x, float* y, int64_t n) {
  with(f, [&](auto function) {
    using F = decltype(function);
    map(x, y, n, F::kGrain, [](Vec v) { return F::value(v); });
  });
}

void activate_span(Activation f, float* y, int64_t n) {
  if (f == Activation::kIdentity) {
    return;
  }
  with(f, [&](auto function) {
    using F = decltype(function);
    map_span(y, y, n, [](Vec v) { return F::value(v); });
  });
}

void activation_grad(Activation f, const float* g, const float* y, float* r, int64_t n) {
  with(f, [&](auto function) {
    using F = decltype(function);
    map(g, y, r, n, F::kGrain, [](Vec gv, Vec yv) { return gv * F::slope(yv); });
  });
}

}  // namespace hgn::HGN_ISA
