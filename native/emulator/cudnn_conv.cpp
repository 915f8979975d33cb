#include "cudnn_conv.h"

#include <cmath>
#include <cstring>

#include "tf32.h"

namespace hgn::emulator {

namespace {

// A bfloat16 is the upper half of the float32 of the same value.
float widened(uint16_t half) {
  uint32_t bits = static_cast<uint32_t>(half) << 16;
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// Rounds to nearest, ties to even.
uint16_t narrowed(float value) {
  if (std::isnan(value)) {
    return 0x7fc0;
  }
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  uint32_t rest = bits & 0xffff;
  uint32_t half = bits >> 16;
  bool up = rest > 0x8000 || (rest == 0x8000 && (half & 1) != 0);
  return static_cast<uint16_t>(half + (up ? 1 : 0));
}

float get(Element element, const void* from, int64_t i) {
  return element == Element::kFloat ? static_cast<const float*>(from)[i]
                                    : widened(static_cast<const uint16_t*>(from)[i]);
}

void put(Element element, void* to, int64_t i, float value) {
  if (element == Element::kFloat) {
    static_cast<float*>(to)[i] = value;
  } else {
    static_cast<uint16_t*>(to)[i] = narrowed(value);
  }
}

// to = alpha from + beta to, for the whole tensor; `from` is packed as n, h, w, c.
void blend(const Tensor4& shape, float alpha, const std::vector<float>& from, float beta,
           void* to) {
  size_t i = 0;
  for (int64_t n = 0; n < shape.n; n++) {
    for (int64_t h = 0; h < shape.h; h++) {
      for (int64_t w = 0; w < shape.w; w++) {
        int64_t place = n * shape.stride_n + h * shape.stride_h + w * shape.stride_w;
        for (int64_t c = 0; c < shape.c; c++, i++, place += shape.stride_c) {
          float old = beta == 0.0f ? 0.0f : beta * get(shape.element, to, place);
          put(shape.element, to, place, alpha * from[i] + old);
        }
      }
    }
  }
}

size_t elements(const Tensor4& t) { return static_cast<size_t>(t.n * t.c * t.h * t.w); }

// The factors of a product as n, h, w, c without gaps.
std::vector<float> packed(const Tensor4& shape, const void* from, bool tf32) {
  std::vector<float> to(elements(shape));
  size_t i = 0;
  for (int64_t n = 0; n < shape.n; n++) {
    for (int64_t h = 0; h < shape.h; h++) {
      for (int64_t w = 0; w < shape.w; w++) {
        int64_t place = n * shape.stride_n + h * shape.stride_h + w * shape.stride_w;
        for (int64_t c = 0; c < shape.c; c++, i++, place += shape.stride_c) {
          float value = get(shape.element, from, place);
          to[i] = tf32 ? rounded_to_tf32(value) : value;  // which keeps a bfloat16
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
  for (int64_t image = 0; image < y.n; image++) {
    int64_t n = conv.backwards ? y.n - 1 - image : image;
    for (int64_t i = 0; i < y.h; i++) {
      int64_t row = conv.backwards ? y.h - 1 - i : i;
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

void forward(const Convolution& conv, float alpha, const void* x, const void* w, float beta,
             void* y) {
  std::vector<float> input = packed(conv.x, x, conv.tf32);
  std::vector<float> filter = packed(conv.w, w, conv.tf32);
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

void backward_data(const Convolution& conv, float alpha, const void* w, const void* dy, float beta,
                   void* dx) {
  std::vector<float> gradient = packed(conv.y, dy, conv.tf32);
  std::vector<float> filter = packed(conv.w, w, conv.tf32);
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

void backward_filter(const Convolution& conv, float alpha, const void* x, const void* dy,
                     float beta, void* dw) {
  std::vector<float> input = packed(conv.x, x, conv.tf32);
  std::vector<float> gradient = packed(conv.y, dy, conv.tf32);
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

}  // namespace hgn::emulator
