// Convolutions of tensors with any strides, as cuDNN defines them. All tensors of a call have the
// same element type; sums are float32 either way, and results are rounded once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hgn::emulator {

enum class Element { kFloat, kBfloat16 };

struct Tensor4 {
  int64_t n = 0, c = 0, h = 0, w = 0;
  int64_t stride_n = 0, stride_c = 0, stride_h = 0, stride_w = 0;
  Element element = Element::kFloat;

  bool same_shape(const Tensor4& other) const {
    return n == other.n && c == other.c && h == other.h && w == other.w;
  }
  // Elements from the first to the last.
  size_t span() const {
    return static_cast<size_t>((n - 1) * stride_n + (c - 1) * stride_c + (h - 1) * stride_h +
                               (w - 1) * stride_w + 1);
  }
  size_t bytes() const { return span() * (element == Element::kFloat ? 4 : 2); }
};

// A filter counts outputs as n: (n, h, w, c) is (outputs, rows, columns, inputs).
using Filter4 = Tensor4;

struct Window {
  int64_t pad_h = 0, pad_w = 0, stride_h = 1, stride_w = 1, dilation_h = 1, dilation_w = 1;

  int64_t rows(int64_t input, int64_t filter) const {
    return 1 + (input + 2 * pad_h - dilation_h * (filter - 1) - 1) / stride_h;
  }
  int64_t columns(int64_t input, int64_t filter) const {
    return 1 + (input + 2 * pad_w - dilation_w * (filter - 1) - 1) / stride_w;
  }
};

struct Convolution {
  Tensor4 x;
  Filter4 w;
  Window window;
  Tensor4 y;
  bool tf32 = false;       // whether float factors are rounded to it
  bool backwards = false;  // adds contributions from the last image and row to the first

  bool consistent() const {
    return x.n == y.n && x.c == w.c && y.c == w.n && y.h == window.rows(x.h, w.h) &&
           y.w == window.columns(x.w, w.w);
  }
};

// y = alpha (x * w) + beta y
void forward(const Convolution& conv, float alpha, const void* x, const void* w, float beta,
             void* y);
// dx = alpha (what forward does, transposed, to dy) + beta dx
void backward_data(const Convolution& conv, float alpha, const void* w, const void* dy, float beta,
                   void* dx);
// dw = alpha (its gradient) + beta dw
void backward_filter(const Convolution& conv, float alpha, const void* x, const void* dy,
                     float beta, void* dw);

}  // namespace hgn::emulator
