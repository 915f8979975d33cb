// Convolutions of float32 tensors with any strides, as cuDNN defines them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hgn::emulator {

struct Tensor4 {
  int64_t n = 0, c = 0, h = 0, w = 0;
  int64_t stride_n = 0, stride_c = 0, stride_h = 0, stride_w = 0;

  bool same_shape(const Tensor4& other) const {
    return n == other.n && c == other.c && h == other.h && w == other.w;
  }
  // Elements from the first to the last.
  size_t span() const {
    return static_cast<size_t>((n - 1) * stride_n + (c - 1) * stride_c + (h - 1) * stride_h +
                               (w - 1) * stride_w + 1);
  }
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

  bool consistent() const {
    return x.n == y.n && x.c == w.c && y.c == w.n && y.h == window.rows(x.h, w.h) &&
           y.w == window.columns(x.w, w.w);
  }
};

// y = alpha (x * w) + beta y
void forward(const Convolution& conv, float alpha, const float* x, const float* w, float beta,
             float* y);
// dx = alpha (what forward does, transposed, to dy) + beta dx
void backward_data(const Convolution& conv, float alpha, const float* w, const float* dy,
                   float beta, float* dx);
// dw = alpha (its gradient) + beta dw
void backward_filter(const Convolution& conv, float alpha, const float* x, const float* dy,
                     float beta, float* dw);
// db[c] = alpha (sum of dy over all but c) + beta db[c]
void backward_bias(const Tensor4& dy, float alpha, const float* values, float beta, float* db);

}  // namespace hgn::emulator
