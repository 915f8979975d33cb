// Functions of single elements, with and without broadcasting, sums and moves.
#include <cmath>
#include <cstring>
#include <memory>

#include "fuzz.h"

namespace hgn::fuzz {
namespace {

constexpr double kUlps = 8e-7;

double near(double expected) { return kUlps * std::abs(expected) + 1e-38; }

double unary_of(UnaryOp op, double x) {
  switch (op) {
    case UnaryOp::kExp:
      return std::exp(x);
    case UnaryOp::kLog:
      return std::log(x);
    case UnaryOp::kSqrt:
      return std::sqrt(x);
    case UnaryOp::kSquare:
      return x * x;
    case UnaryOp::kReciprocal:
      return 1 / x;
    case UnaryOp::kSin:
      return std::sin(x);
    case UnaryOp::kCos:
      return std::cos(x);
  }
  return 0;
}

double binary_of(BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::kAdd:
      return a + b;
    case BinaryOp::kSub:
      return a - b;
    case BinaryOp::kMul:
      return a * b;
    case BinaryOp::kDiv:
      return a / b;
    case BinaryOp::kAtan2:
      return std::atan2(a, b);
  }
  return 0;
}

Call unary_call(Input& in, int n, Numbers kind) {
  UnaryOp op = in.choice(UnaryOp::kCos);
  auto x = std::make_shared<Floats>(in, n, kind == Numbers::kPlain ? Numbers::kPositive : kind);
  auto y = std::make_shared<Floats>(n);
  Call call{"unary", [=](const Kernels& k) { k.unary(op, x->data(), y->data(), n); }, {}};
  if (kind == Numbers::kPlain) {
    call.check = [=] {
      for (int i = 0; i < n; i++) {
        double expected = unary_of(op, (*x)[i]);
        require_near("unary", i, (*y)[i], expected, near(expected) + 1e-7);
      }
    };
  }
  return call;
}

Call activation_call(Input& in, int n, Numbers kind) {
  Activation f = in.choice(Activation::kTanh);
  bool gradient = in.flag();
  auto g = std::make_shared<Floats>(in, n, kind);
  auto x = std::make_shared<Floats>(in, n, kind);
  auto y = std::make_shared<Floats>(n);
  return {"activation",
          [=](const Kernels& k) {
            if (gradient) {
              k.activation_grad(f, g->data(), x->data(), y->data(), n);
            } else {
              k.activate(f, x->data(), y->data(), n);
            }
          },
          [=] {
            if (f == Activation::kIdentity) {
              for (int i = 0; i < n; i++) {
                require_near("identity", i, (*y)[i], gradient ? (*g)[i] : (*x)[i], 0);
              }
            }
          }};
}

Call adam_call(Input& in, int n, Numbers kind) {
  Floats w(in, n, kind), g(in, n, kind), m(in, n, kind), v(in, n, Numbers::kPositive);
  AdamConstants c = {0.01f, 0.9f, 0.1f, 0.999f, 0.001f, 1e-8f, in.flag() ? 0.1f : 0.0f, 0.5f};
  auto after = std::make_shared<Floats>(n);
  return {"adam",
          [=](const Kernels& k) {
            Floats own(w), means(m), squares(v);
            k.adam(own.data(), g.data(), means.data(), squares.data(), n, c);
            std::memcpy(after->data(), own.data(), n * sizeof(float));
          },
          [=] {
            for (int i = 0; kind == Numbers::kPlain && i < n; i++) {
              double slope = g[i] + double{w[i]} * c.decay;
              double mean = m[i] * double{c.beta1} + slope * c.gain1;
              double square = v[i] * double{c.beta2} + slope * slope * c.gain2;
              double expected = w[i] - mean * c.rate / (std::sqrt(square) / c.root + c.epsilon);
              require_near("adam", i, (*after)[i], expected, 1e-6);
            }
          }};
}

Call fill_call(Input& in, int n, Numbers kind) {
  int what = in.number(0, 4);
  auto x = std::make_shared<Floats>(in, n, kind);
  auto y = std::make_shared<Floats>(n);
  auto flag = std::make_shared<bool>();
  int64_t seed = in.word(), stream = in.word();
  return {"fill",
          [=](const Kernels& k) {
            switch (what) {
              case 0:
                return k.fill(y->data(), n, 2.5f);
              case 1:
                return k.copy(x->data(), y->data(), n);
              case 2:
                return k.affine(x->data(), 2, 0.25f, y->data(), n);
              case 3:
                return k.clamp(x->data(), -0.25f, 0.5f, y->data(), n);
              default:
                *flag = k.all_finite(x->data(), n);
                return k.normal(seed, stream, y->data(), n);
            }
          },
          [=] {
            bool finite = true;
            for (int i = 0; i < n; i++) {
              double value = (*x)[i];
              finite &= std::isfinite(value);
              double expected = what == 0   ? 2.5
                                : what == 1 ? value
                                : what == 2 ? static_cast<float>(2 * value + 0.25)
                                : what == 3 ? (value < -0.25 ? -0.25
                                               : value > 0.5 ? 0.5
                                                             : value)
                                            : 0;
              require_near("fill", i, (*y)[i], expected, what == 4 ? 7 : near(expected) + 1e-7);
            }
            require(what != 4 || *flag == finite, "all_finite");
          }};
}

Call peak_call(Input& in) {
  int rounds = in.size(100);
  auto sum = std::make_shared<float>();
  return {"multiply_adds", [=](const Kernels& k) { k.multiply_adds(rounds, sum.get()); }, {}};
}

}  // namespace

Call elementwise(Input& in) {
  Numbers kind = numbers(in);
  int n = in.size(3000);
  switch (in.number(0, 8)) {
    case 0:
      return peak_call(in);
    case 1:
      return adam_call(in, n, kind);
    case 2:
    case 3:
      return activation_call(in, n, kind);
    case 4:
    case 5:
      return unary_call(in, n, kind);
    default:
      return fill_call(in, n, kind);
  }
}

Call broadcasting(Input& in) {
  Numbers kind = numbers(in);
  bool one = in.flag();
  BinaryOp op = in.choice(BinaryOp::kAtan2);
  Loops loops;
  int64_t a_size = 1, b_size = 1, y_size = 1;
  for (int d = 3; d >= 0; d--) {
    loops.size[d] = in.size(d == 3 ? 200 : 9);
    bool a = in.flag(), b = in.flag();
    loops.a_stride[d] = a ? a_size : 0;
    loops.b_stride[d] = b ? b_size : 0;
    a_size *= a ? loops.size[d] : 1;
    b_size *= b ? loops.size[d] : 1;
    y_size *= loops.size[d];
  }
  // the innermost loop over one number may have either stride
  auto a = std::make_shared<Floats>(in, a_size, kind);
  auto b =
      std::make_shared<Floats>(in, b_size, kind == Numbers::kPlain ? Numbers::kPositive : kind);
  auto y = std::make_shared<Floats>(y_size);
  return {"binary",
          [=](const Kernels& k) {
            if (one) {
              k.broadcast(a->data(), y->data(), loops);
            } else {
              k.binary(op, a->data(), b->data(), y->data(), loops);
            }
          },
          [=] {
            if (kind != Numbers::kPlain) {
              return;
            }
            for (int64_t i = 0; i < y_size; i++) {
              int64_t rest = i, at_a = 0, at_b = 0;
              for (int d = 3; d >= 0; d--) {
                at_a += rest % loops.size[d] * loops.a_stride[d];
                at_b += rest % loops.size[d] * loops.b_stride[d];
                rest /= loops.size[d];
              }
              double expected = one ? (*a)[at_a] : binary_of(op, (*a)[at_a], (*b)[at_b]);
              require_near("binary", i, (*y)[i], expected, near(expected) + 1e-7);
            }
          }};
}

Call reduction(Input& in) {
  Numbers kind = numbers(in);
  bool wide = in.number(0, 15) == 0;
  int outer = in.size(wide ? 3 : 40);
  int reduced = in.size(in.number(0, 15) == 0 ? 40000 : 200);
  int inner = wide ? 2040 + in.number(0, 100) : in.size(70);
  if (int64_t{outer} * reduced * inner > 300000) {
    outer = 1;
    inner = 1;
  }
  auto x = std::make_shared<Floats>(in, int64_t{outer} * reduced * inner, kind);
  auto y = std::make_shared<Floats>(int64_t{outer} * inner);
  // The other factor, where there is one, is repeated along some of the three axes.
  Loops loops = {{1, outer, reduced, inner}, {}, {}};
  int64_t others = 1;
  for (int d = 3; d >= 1; d--) {
    bool repeated = in.flag();
    loops.b_stride[d] = repeated ? 0 : others;
    others *= repeated ? 1 : loops.size[d];
  }
  bool products = in.flag();
  auto other = std::make_shared<Floats>(in, products ? others : 0, kind);
  return {products ? "sum_products" : "sum",
          [=](const Kernels& k) {
            if (products) {
              k.sum_products(x->data(), other->data(), loops, {outer, reduced, inner}, y->data());
            } else {
              k.sum(x->data(), {outer, reduced, inner}, y->data());
            }
          },
          [=] {
            for (int64_t i = 0; kind == Numbers::kPlain && i < y->size(); i++) {
              double expected = 0;
              double size = 0;
              for (int j = 0; j < reduced; j++) {
                double term = (*x)[(i / inner * reduced + j) * inner + i % inner];
                if (products) {
                  term *= (*other)[i / inner * loops.b_stride[1] + j * loops.b_stride[2] +
                                   i % inner * loops.b_stride[3]];
                }
                expected += term;
                size += std::abs(term);
              }
              require_near("sum", i, (*y)[i], expected, 1e-6 * (reduced + size) + 1e-6);
            }
          }};
}

}  // namespace hgn::fuzz
