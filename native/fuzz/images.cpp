// Moves of images, and convolutions.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

#include "fuzz.h"

namespace hgn::fuzz {
namespace {

constexpr int64_t kMostProducts = 1 << 20;  // in the definition, which is slow under a sanitizer

// Calls term(x, w, y) with the indices that each product of a convolution connects.
template <class Term>
void convolve(const ConvShape& s, const Term& term) {
  for (int n = 0; n < s.samples; n++) {
    for (int i = 0; i < s.out_height; i++) {
      for (int j = 0; j < s.out_width; j++) {
        for (int t = 0; t < s.taps(); t++) {
          int row = i * s.stride + t / s.kernel_width - s.top;
          int column = j * s.stride + t % s.kernel_width - s.left;
          if (row < 0 || row >= s.height || column < 0 || column >= s.width) {
            continue;
          }
          int64_t x = ((int64_t{n} * s.height + row) * s.width + column) * s.channels;
          int64_t y = ((int64_t{n} * s.out_height + i) * s.out_width + j) * s.out_channels;
          for (int c = 0; c < s.channels; c++) {
            int64_t w = (int64_t{t} * s.channels + c) * s.out_channels;
            for (int o = 0; o < s.out_channels; o++) {
              term(x + c, w + o, y + o);
            }
          }
        }
      }
    }
  }
}

struct Sums {
  explicit Sums(int64_t n) : value(n), size(n) {}

  void add(int64_t i, double term) {
    value[i] += term;
    size[i] += std::abs(term);
  }

  // Winograd's transforms mix neighbours, so an error is as large as the largest sum makes it.
  void require(const char* what, const Floats& y) const {
    double largest = size.empty() ? 0 : *std::max_element(size.begin(), size.end());
    for (int64_t i = 0; i < y.size(); i++) {
      require_near(what, i, y[i], value[i], 3e-5 * largest + 1e-5);
    }
  }

  std::vector<double> value;
  std::vector<double> size;
};

double activated(Activation f, double x) {
  switch (f) {
    case Activation::kIdentity:
      return x;
    case Activation::kRelu:
      return x > 0 ? x : 0;
    case Activation::kLeakyRelu:
      return x > 0 ? x : 0.01 * x;
    case Activation::kSoftplus:
      return std::log1p(std::exp(-std::abs(x))) + (x > 0 ? x : 0);
    case Activation::kSigmoid:
      return 1 / (1 + std::exp(-x));
    case Activation::kTanh:
      return std::tanh(x);
  }
  return 0;
}

// The nearest bfloat16, if wanted; not for the largest numbers.
double factor(float x, bool rounded) {
  if (rounded) {
    uint32_t word;
    std::memcpy(&word, &x, sizeof(word));
    word = (word + 0x7fff + (word >> 16 & 1)) & 0xffff0000u;
    std::memcpy(&x, &word, sizeof(word));
  }
  return x;
}

// A shape whose output has at least one pixel, as hgn.tensor.ConvShapes demands.
ConvShape shape(Input& in) {
  ConvShape s;
  bool winograd = in.number(0, 2) == 0;
  s.samples = in.number(1, 3);
  s.height = winograd ? in.number(6, 12) : std::max(1, in.size(20));
  s.width = winograd ? in.number(6, 12) : std::max(1, in.size(20));
  s.channels = winograd ? 16 * in.number(2, 3) : std::max(1, in.size(70));
  s.out_channels = winograd ? 16 * in.number(2, 3) : std::max(1, in.size(70));
  s.kernel_height = winograd ? 3 : in.number(1, 5);
  s.kernel_width = winograd ? 3 : in.number(1, 5);
  s.stride = winograd ? 1 : in.number(1, 3);
  int down = in.number(0, 5), right = in.number(0, 5);
  s.top = in.number(0, 5);
  s.left = in.number(0, 5);
  s.out_height =
      (std::max(s.height + s.top + down, s.kernel_height) - s.kernel_height) / s.stride + 1;
  s.out_width =
      (std::max(s.width + s.left + right, s.kernel_width) - s.kernel_width) / s.stride + 1;
  while (!winograd && s.out_pixels() * s.taps() * s.channels * s.out_channels > kMostProducts) {
    (s.channels > s.out_channels ? s.channels : s.out_channels) /= 2;
    s.samples = 1;
  }
  return s;
}

int64_t x_size(const ConvShape& s) { return int64_t{s.samples} * s.height * s.width * s.channels; }
int64_t y_size(const ConvShape& s) { return s.out_pixels() * s.out_channels; }
int64_t w_size(const ConvShape& s) { return int64_t{s.taps()} * s.channels * s.out_channels; }

}  // namespace

Call movement(Input& in) {
  Numbers kind = numbers(in);
  int what = in.number(0, 4);
  Activation f = in.choice(Activation::kTanh);
  int a = in.size(20), b = in.size(40), c = in.size(80), gap = in.number(0, 4),
      gap_to = in.number(0, 4);
  int64_t n = int64_t{a} * b * c;
  if (what == 0) {  // runs
    auto x = std::make_shared<Floats>(in, int64_t{a} * (c + gap), kind);
    auto y = std::make_shared<Floats>(int64_t{a} * (c + gap_to));
    return {"copy_runs",
            [=](const Kernels& k) { k.copy_runs(x->data(), c + gap, y->data(), c + gap_to, c, a); },
            [=] {
              for (int64_t i = 0; i < int64_t{a} * c; i++) {
                require_near("copy_runs", i, (*y)[i / c * (c + gap_to) + i % c],
                             (*x)[i / c * (c + gap) + i % c], 0);
              }
            }};
  }
  int length = what == 1 ? in.number(1, 4) : 1;
  auto x = std::make_shared<Floats>(in, what == 2 ? 4 * n : n * length, kind);
  auto y = std::make_shared<Floats>(what >= 3 ? 4 * n : n * length);
  if (what == 1) {
    return {"transpose",
            [=](const Kernels& k) { k.transpose(x->data(), a, b, c, length, y->data()); },
            [=] {
              for (int64_t i = 0; i < n * length; i++) {
                int64_t run = i / length;
                int64_t from = run / (int64_t{b} * c) * b * c + run % b * c + run / b % c;
                require_near("transpose", i, (*y)[i], (*x)[from * length + i % length], 0);
              }
            }};
  }
  if (what == 2) {
    return {"upsample_grad",
            [=](const Kernels& k) { k.upsample_grad(x->data(), a, b, c, y->data()); },
            {}};
  }
  if (what == 4) {
    auto other = std::make_shared<Floats>(in, 4 * n, kind);
    return {
        "add_upsampled",
        [=](const Kernels& k) { k.add_upsampled(f, other->data(), x->data(), a, b, c, y->data()); },
        [=] {
          for (int64_t i = 0; kind == Numbers::kPlain && i < 4 * n; i++) {
            int64_t row = i / (int64_t{2} * b * c), column = i / c % (2 * b);
            double sum = double{(*other)[i]} + (*x)[(row / 2 * b + column / 2) * c + i % c];
            require_near("add_upsampled", i, (*y)[i], activated(f, sum), 1e-5);
          }
        }};
  }
  return {"upsample", [=](const Kernels& k) { k.upsample(x->data(), a, b, c, y->data()); },
          [=] {
            for (int64_t i = 0; i < 4 * n; i++) {
              int64_t row = i / (int64_t{2} * b * c), column = i / c % (2 * b);
              require_near("upsample", i, (*y)[i], (*x)[(row / 2 * b + column / 2) * c + i % c], 0);
            }
          }};
}

// What the kernels may make of weights beforehand, in memory of its own.
struct Prepared {
  Prepared(const Kernels& k, FilterUse use, const ConvShape& s, const float* w, bool wanted) {
    bool fits = wanted && s.kernel_height == 3 && s.kernel_width == 3;
    int64_t count = fits ? k.filter_floats(use, s.channels, s.out_channels) : 0;
    if (count > 0) {
      floats = std::make_unique<Floats>(count);
      k.prepare_filter(use, s.channels, s.out_channels, w, floats->data());
    }
  }

  const float* data() const { return floats == nullptr ? nullptr : floats->data(); }

  std::unique_ptr<Floats> floats;
};

Call convolution(Input& in) {
  Numbers kind = numbers(in);
  ConvShape s = shape(in);
  int what = in.number(0, 2);
  if (in.number(0, 31) == 0) {
    s.samples = 0;
  }
  bool biased = in.flag();
  bool rounded = in.flag();
  bool prepares = in.flag();
  Activation f = in.choice(Activation::kTanh);
  auto w = std::make_shared<Floats>(in, w_size(s), kind);
  auto bias = std::make_shared<Floats>(in, s.out_channels, kind);
  auto x = std::make_shared<Floats>(in, x_size(s), kind);
  auto g = std::make_shared<Floats>(in, y_size(s), kind);
  bool checked = kind == Numbers::kPlain &&
                 s.out_pixels() * s.taps() * s.channels * s.out_channels <= 3 * kMostProducts;
  if (what == 0) {
    auto y = std::make_shared<Floats>(y_size(s));
    return {"conv",
            [=](const Kernels& k) {
              const float* offset = biased ? bias->data() : nullptr;
              if (rounded) {
                k.bfloat->conv(s, x->data(), w->data(), offset, f, y->data());
              } else {
                Prepared u(k, FilterUse::kConv, s, w->data(), prepares);
                k.conv(s, x->data(), w->data(), u.data(), offset, f, y->data());
              }
            },
            [=] {
              if (checked) {
                Sums sums(y->size());
                convolve(s, [&](int64_t i, int64_t j, int64_t o) {
                  sums.add(o, factor((*x)[i], rounded) * factor((*w)[j], rounded));
                });
                for (int64_t o = 0; o < y->size(); o++) {
                  double z = sums.value[o] + (biased ? (*bias)[o % s.out_channels] : 0);
                  sums.value[o] = activated(f, z);
                }
                sums.require("conv", *y);
              }
            }};
  }
  if (what == 1) {
    auto y = std::make_shared<Floats>(x_size(s));
    return {"conv_input_grad",
            [=](const Kernels& k) {
              if (rounded) {
                k.bfloat->conv_input_grad(s, g->data(), w->data(), y->data());
              } else {
                Prepared u(k, FilterUse::kConvInputGrad, s, w->data(), prepares);
                k.conv_input_grad(s, g->data(), w->data(), u.data(), y->data());
              }
            },
            [=] {
              if (checked) {
                Sums sums(y->size());
                convolve(s, [&](int64_t i, int64_t j, int64_t o) {
                  sums.add(i, factor((*g)[o], rounded) * factor((*w)[j], rounded));
                });
                sums.require("conv_input_grad", *y);
              }
            }};
  }
  auto y = std::make_shared<Floats>(w_size(s));
  return {"conv_weight_grad",
          [=](const Kernels& k) {
            auto gradient = rounded ? k.bfloat->conv_weight_grad : k.conv_weight_grad;
            gradient(s, x->data(), g->data(), y->data());
          },
          [=] {
            if (checked) {
              Sums sums(y->size());
              convolve(s, [&](int64_t i, int64_t j, int64_t o) {
                sums.add(j, factor((*g)[o], rounded) * factor((*x)[i], rounded));
              });
              sums.require("conv_weight_grad", *y);
            }
          }};
}

// Checked against the convolution of the doubled image, which is a kernel itself.
Call doubled_convolution(Input& in) {
  Numbers kind = numbers(in);
  DoubledShape s = {in.number(1, 3), in.number(1, 9), in.number(1, 9), in.number(1, 40),
                    in.number(1, 40)};
  ConvShape full = {s.samples, 2 * s.height, 2 * s.width, s.channels, 3, 3,
                    s.outputs, 2 * s.height, 2 * s.width, 1,          1, 1};
  int what = in.number(0, 2);
  Activation f = in.choice(Activation::kTanh);
  bool biased = in.flag();
  bool rounded = in.flag();
  bool prepares = in.flag();
  int rows = s.samples * s.height;
  auto w = std::make_shared<Floats>(in, w_size(full), kind);
  auto bias = std::make_shared<Floats>(in, s.outputs, kind);
  auto x = std::make_shared<Floats>(in, int64_t{rows} * s.width * s.channels, kind);
  auto g = std::make_shared<Floats>(in, y_size(full), kind);
  int64_t results = what == 0 ? y_size(full) : what == 1 ? x->size() : w->size();
  auto y = std::make_shared<Floats>(results);
  auto expected = std::make_shared<Floats>(results);
  return {
      "doubled_conv",
      [=](const Kernels& k) {
        const float* offset = biased ? bias->data() : nullptr;
        Floats twice(x_size(full));
        k.upsample(x->data(), rows, s.width, s.channels, twice.data());
        if (what == 0) {
          Prepared u(k, FilterUse::kDoubled, full, w->data(), prepares);
          rounded ? k.bfloat->doubled_conv(s, x->data(), w->data(), offset, f, y->data())
                  : k.doubled_conv(s, x->data(), w->data(), u.data(), offset, f, y->data());
          k.conv(full, twice.data(), w->data(), nullptr, offset, f, expected->data());
        } else if (what == 1) {
          Prepared u(k, FilterUse::kDoubledInputGrad, full, w->data(), prepares);
          rounded ? k.bfloat->doubled_input_grad(s, g->data(), w->data(), y->data())
                  : k.doubled_input_grad(s, g->data(), w->data(), u.data(), y->data());
          k.conv_input_grad(full, g->data(), w->data(), nullptr, twice.data());
          k.upsample_grad(twice.data(), rows, s.width, s.channels, expected->data());
        } else {
          auto gradient = rounded ? k.bfloat->doubled_weight_grad : k.doubled_weight_grad;
          gradient(s, x->data(), g->data(), y->data());
          k.conv_weight_grad(full, twice.data(), g->data(), expected->data());
        }
      },
      [=] {
        double scale = 9.0 * s.channels + 4 * s.outputs + (what == 2 ? g->size() / s.outputs : 0);
        for (int64_t i = 0; kind == Numbers::kPlain && i < results; i++) {
          require_near("doubled_conv", i, (*y)[i], (*expected)[i], (rounded ? 1e-2 : 3e-5) * scale);
        }
      }};
}

}  // namespace hgn::fuzz
