// Activations f with their slope f' = D(y) and its derivative D'(y), both functions of the output y
// = f(x); f'' = D'(y) D(y):
//
//   ReLU       max(x, 0)              1 where y > 0, else 0        0
//   leaky      x or x/100             1 where y > 0, else 1/100    0
//   softplus   ln(1 + exp x)          1 - exp(-y)                  exp(-y)
//   sigmoid    1 / (1 + exp(-x))      y (1 - y)                    1 - 2y
//   tanh       tanh x                 1 - y^2                      -2y
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
  static Vec slope_derivative(Vec, Vec) { return Vec{}; }
};

struct Relu {
  static constexpr int64_t kGrain = kLightGrain;
  static Vec value(Vec x) { return x <= 0.0f ? Vec{} : x; }
  static Vec slope(Vec y) { return y > 0.0f ? broadcast(1.0f) : Vec{}; }
  static Vec slope_derivative(Vec, Vec) { return Vec{}; }
};

struct LeakyRelu {
  static constexpr int64_t kGrain = kLightGrain;
  static Vec value(Vec x) { return x > 0.0f ? x : x * kLeak; }
  static Vec slope(Vec y) { return y > 0.0f ? broadcast(1.0f) : broadcast(kLeak); }
  static Vec slope_derivative(Vec, Vec) { return Vec{}; }
};

struct Softplus {
  static constexpr int64_t kGrain = kHeavyGrain;
  static Vec value(Vec x) { return (x <= 0.0f ? Vec{} : x) + log1p_unit(exp(-abs(x))); }
  static Vec slope(Vec y) { return -expm1(-y); }
  static Vec slope_derivative(Vec, Vec slope) { return 1.0f - slope; }
};

struct Sigmoid {
  static constexpr int64_t kGrain = kHeavyGrain;
  static Vec value(Vec x) { return sigmoid(x); }
  static Vec slope(Vec y) { return y * (1.0f - y); }
  static Vec slope_derivative(Vec y, Vec) { return 1.0f - y - y; }
};

struct Tanh {
  static constexpr int64_t kGrain = kHeavyGrain;
  static Vec value(Vec x) { return tanh(x); }
  static Vec slope(Vec y) { return 1.0f - y * y; }
  static Vec slope_derivative(Vec y, Vec) { return -2.0f * y; }
};

// Calls body with an object of the class that implements f.
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

void slope_span(Activation f, const float* y, float* u, int64_t n) {
  with(f, [&](auto function) {
    using F = decltype(function);
    map_span(u, y, u, n, [](Vec uv, Vec yv) { return uv * F::slope(yv); });
  });
}

void dual_slope_span(Activation f, const float* y, const float* z_dot, float* u, float* u_dot,
                     int64_t n) {
  with(f, [&](auto function) {
    using F = decltype(function);
    for (int64_t i = 0; i < n; i += kLanes) {
      int64_t rest = n - i;
      bool part = rest < kLanes;
      auto get = [&](const float* p) { return part ? load_part(p + i, rest) : load(p + i); };
      auto put = [&](float* p, Vec v) { part ? store_part(p + i, v, rest) : store(p + i, v); };
      Vec value = get(y);
      Vec slope = F::slope(value);
      Vec cotangent = get(u);
      put(u_dot,
          slope * F::slope_derivative(value, slope) * get(z_dot) * cotangent + slope * get(u_dot));
      put(u, slope * cotangent);
    }
  });
}

void add_upsampled(Activation f, const float* a, const float* x, int64_t rows, int64_t width,
                   int64_t channels, float* y) {
  int64_t pitch = 2 * width * channels;
  if (pitch == 0) {
    return;
  }
  with(f, [&](auto function) {
    using F = decltype(function);
    parallel_ranges(rows, ceil_div(F::kGrain, 2 * pitch), 1, [&](int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; row++) {
        for (int64_t pixel = 0; pixel < 2 * width; pixel++) {
          const float* from = x + (row * width + pixel / 2) * channels;
          for (int64_t line = 2 * row; line < 2 * row + 2; line++) {
            int64_t at = line * pitch + pixel * channels;
            map_span(a + at, from, y + at, channels, [](Vec p, Vec q) { return F::value(p + q); });
          }
        }
      }
    });
  });
}

void activation_grad(Activation f, const float* g, const float* y, float* r, int64_t n) {
  with(f, [&](auto function) {
    using F = decltype(function);
    map(g, y, r, n, F::kGrain, [](Vec gv, Vec yv) { return gv * F::slope(yv); });
  });
}

}  // namespace hgn::HGN_ISA
