#include "cudnn_conv.h"

namespace hgn::emulator {

namespace {

// to = alpha from + beta to, for the whole tensor; `from` is packed as n, h, w, c.
void blend(const Tensor4& shape, float alpha, const std::vector<float>& from, float beta,
           float* to) {
  size_t i = 0;
  for (int64_t n = 0; n < shape.n; n++) {
    for (int64_t h = 0; h < shape.h; h++) {
      for (int64_t w = 0; w < shape.w; w++) {
        float* row = to + n * shape.stride_n + h * shape.stride_h + w * shape.stride_w;
        for (int64_t c = 0; c < shape.c; c++, i++) {
          float& target = row[c * shape.stride_c];
          target = beta == 0.0f ? alpha * from[i] : alpha * from[i] + beta * target;
        }
      }
    }
  }
}

size_t elements(const Tensor4& t) { return static_cast<size_t>(t.n * t.c * t.h * t.w); }

// The tensor as n, h, w, c without gaps.
std::vector<float> packed(const Tensor4& shape, const float* from) {
  std::vector<float> to(elements(shape));
  size_t i = 0;
  for (int64_t n = 0; n < shape.n; n++) {
    for (int64_t h = 0; h < shape.h; h++) {
      for (int64_t w = 0; w < shape.w; w++) {
        const float* row = from + n * shape.stride_n + h * shape.stride_h + w * shape.stride_w;
        for (int64_t c = 0; c < shape.c; c++, i++) {
          to[i] = row[c * shape.stride_c];
        }
      }
    }
  }
  return to;
}

// Calls body(output position, input position, filter position) for all taps inside the input: the
// offsets of the first channel in the packed y and x and, for output 0, w.
template <typename Body>
void for_each_tap(const Convolution& conv, Body body) {
  const Tensor4& x = conv.x;
  const Tensor4& y = conv.y;
  const Filter4& w = conv.w;
  const Window& window = conv.window;
  for (int64_t n = 0; n < y.n; n++) {
    for (int64_t row = 0; row < y.h; row++) {
      for (int64_t column = 0; column < y.w; column++) {
        int64_t out = ((n * y.h + row) * y.w + column) * y.c;
        for (int64_t r = 0; r < w.h; r++) {
          int64_t h = row * window.stride_h - window.pad_h + r * window.dilation_h;
          for (int64_t s = 0; s < w.w; s++) {
            int64_t v = column * window.stride_w - window.pad_w + s * window.dilation_w;
            if (h >= 0 && h < x.h && v >= 0 && v < x.w) {
              body(out, ((n * x.h + h) * x.w + v) * x.c, (r * w.w + s) * w.c);
            }
          }
        }
      }
    }
  }
}

}  // namespace

void forward(const Convolution& conv, float alpha, const float* x, const float* w, float beta,
             float* y) {
  std::vector<float> input = packed(conv.x, x);
  std::vector<float> filter = packed(conv.w, w);
  std::vector<float> result(elements(conv.y), 0.0f);
  int64_t taps = conv.w.h * conv.w.w * conv.w.c;
  for_each_tap(conv, [&](int64_t out, int64_t in, int64_t tap) {
    for (int64_t k = 0; k < conv.y.c; k++) {
      const float* weights = filter.data() + k * taps + tap;
      const float* values = input.data() + in;
      float sum = 0.0f;
      for (int64_t c = 0; c < conv.x.c; c++) {
        sum += values[c] * weights[c];
      }
      result[out + k] += sum;
    }
  });
  blend(conv.y, alpha, result, beta, y);
}

void backward_data(const Convolution& conv, float alpha, const float* w, const float* dy,
                   float beta, float* dx) {
  std::vector<float> gradient = packed(conv.y, dy);
  std::vector<float> filter = packed(conv.w, w);
  std::vector<float> result(elements(conv.x), 0.0f);
  int64_t taps = conv.w.h * conv.w.w * conv.w.c;
  for_each_tap(conv, [&](int64_t out, int64_t in, int64_t tap) {
    float* values = result.data() + in;
    for (int64_t k = 0; k < conv.y.c; k++) {
      const float* weights = filter.data() + k * taps + tap;
      float g = gradient[out + k];
      for (int64_t c = 0; c < conv.x.c; c++) {
        values[c] += g * weights[c];
      }
    }
  });
  blend(conv.x, alpha, result, beta, dx);
}

void backward_filter(const Convolution& conv, float alpha, const float* x, const float* dy,
                     float beta, float* dw) {
  std::vector<float> input = packed(conv.x, x);
  std::vector<float> gradient = packed(conv.y, dy);
  std::vector<float> result(elements(conv.w), 0.0f);
  int64_t taps = conv.w.h * conv.w.w * conv.w.c;
  for_each_tap(conv, [&](int64_t out, int64_t in, int64_t tap) {
    const float* values = input.data() + in;
    for (int64_t k = 0; k < conv.y.c; k++) {
      float* weights = result.data() + k * taps + tap;
      float g = gradient[out + k];
      for (int64_t c = 0; c < conv.x.c; c++) {
        weights[c] += g * values[c];
      }
    }
  });
  blend(conv.w, alpha, result, beta, dw);
}

void backward_bias(const Tensor4& dy, float alpha, const float* values, float beta, float* db) {
  std::vector<float> gradient = packed(dy, values);
  std::vector<double> sums(static_cast<size_t>(dy.c), 0.0);
  for (size_t i = 0; i < gradient.size(); i++) {
    sums[i % sums.size()] += gradient[i];
  }
  for (size_t c = 0; c < sums.size(); c++) {
    float sum = alpha * static_cast<float>(sums[c]);
    db[c] = beta == 0.0f ? sum : sum + beta * db[c];
  }
}

}  // namespace hgn::emulator
