// Which windows the outputs of a convolution are, and the pixels of its gradient:
//
// - forward, one for all outputs;
// - the gradient with respect to the image, one for each class of pixels (r stride + a, c stride +
//   b), see conv.cpp: of the taps that see the class, in reverse order;
// - after an upsampling, one for each parity of outputs: of 2x2 pixels, see bfloat_doubled.h;
// - the gradient of that, one: of 4x4 outputs at a stride of 2.
#include "bfloat_conv.h"

#include "bfloat_doubled.h"
#include "bfloat_windows.h"
#include "memory.h"
#include "ops.h"
#include "pack.h"
#include "packed_conv.h"
#include "parallel.h"

namespace hgn::HGN_ISA {
namespace bfloat {
namespace {

constexpr int kSide = 3;    // of a filter after an upsampling
constexpr int kFactor = 2;  // of the upsampling

Window* window_list(int64_t count) {
  return static_cast<Window*>(scratch(Slot::kTaps, count * sizeof(Window)));
}

// The taps along one direction that see pixels a, a + stride, ...: from `last` backward, `stride`
// apart, the first of which sees them from `top` outputs before.
struct TapClass {
  int last;
  int count;
  int top;

  TapClass(int a, int pad, int kernel, int stride) : last(-1), count(0), top(0) {
    for (int d = kernel - 1; d >= 0; d--) {
      if ((a + pad - d) % stride == 0) {
        if (count == 0) {
          last = d;
          top = -(a + pad - d) / stride;
        }
        count++;
      }
    }
  }
};

// to (channels, outputs) = the sum of those taps of w (3, 3, channels, outputs).
void add_taps(const float* w, int64_t size, TapRange rows, TapRange columns, float* to) {
  fill(to, size, 0);
  for (int di = rows.first; di < rows.first + rows.count; di++) {
    for (int dj = columns.first; dj < columns.first + columns.count; dj++) {
      const float* tap = w + (di * kSide + dj) * size;
      for (int64_t i = 0; i < size; i++) {
        to[i] += tap[i];
      }
    }
  }
}

}  // namespace

void conv(const ConvShape& s, const float* x, const float* w, const float* bias, Activation f,
          float* y) {
  int64_t line = int64_t{s.out_width} * s.out_channels;
  if (int64_t{s.samples} * s.out_height * line == 0) {
    return;
  }
  Window window = {s.top, s.left, s.kernel_height, s.kernel_width, w, s.out_height, s.out_width,
                   y,     line,   s.out_channels};
  sum_windows({x, s.samples, s.height, s.width, s.channels, s.stride, s.out_channels,
               s.out_height * line, bias, f, &window, 1});
}

void conv_input_grad(const ConvShape& s, const float* g, const float* w, float* x) {
  int64_t line = int64_t{s.width} * s.channels;
  if (int64_t{s.samples} * s.height * line == 0 || s.out_pixels() * s.out_channels == 0) {
    return fill(x, int64_t{s.samples} * s.height * line, 0);
  }
  Window* windows = window_list(int64_t{s.stride} * s.stride);
  int64_t tap_size = int64_t{s.channels} * s.out_channels;
  float* turned = scratch_floats(Slot::kPartials, s.taps() * tap_size);
  int count = 0;
  for (int a = 0; a < s.stride; a++) {
    for (int b = 0; b < s.stride; b++) {
      int rows = class_size(s.height, a, s.stride);
      int columns = class_size(s.width, b, s.stride);
      if (rows == 0 || columns == 0) {
        continue;
      }
      TapClass down(a, s.top, s.kernel_height, s.stride);
      TapClass right(b, s.left, s.kernel_width, s.stride);
      windows[count++] = {down.top,        right.top,
                          down.count,      right.count,
                          turned,          rows,
                          columns,         x + a * line + int64_t{b} * s.channels,
                          s.stride * line, int64_t{s.stride} * s.channels};
      for (int i = 0; i < down.count; i++) {
        for (int j = 0; j < right.count; j++) {
          int tap = (down.last - i * s.stride) * s.kernel_width + right.last - j * s.stride;
          transpose(w + tap * tap_size, s.out_channels, s.channels, s.out_channels, turned,
                    s.channels);
          turned += tap_size;
        }
      }
    }
  }
  sum_windows({g, s.samples, s.out_height, s.out_width, s.out_channels, 1, s.channels,
               s.height * line, nullptr, Activation::kIdentity, windows, count});
}

void doubled_conv(const DoubledShape& s, const float* x, const float* w, const float* bias,
                  Activation f, float* y) {
  int64_t line = int64_t{kFactor} * s.width * s.outputs;
  if (int64_t{s.samples} * s.height * line == 0) {
    return;
  }
  int64_t tap_size = int64_t{s.channels} * s.outputs;
  float* sums = scratch_floats(Slot::kPartials, 16 * tap_size);
  Window* windows = window_list(kFactor * kFactor);
  int count = 0;
  for (int a = 0; a < kFactor; a++) {
    for (int b = 0; b < kFactor; b++) {
      windows[count++] = {1 - a,          1 - b,
                          kFactor,        kFactor,
                          sums,           s.height,
                          s.width,        y + a * line + int64_t{b} * s.outputs,
                          kFactor * line, int64_t{kFactor} * s.outputs};
      for (int t = 0; t < kFactor; t++) {
        for (int u = 0; u < kFactor; u++) {
          add_taps(w, tap_size, doubled_taps(a, t), doubled_taps(b, u), sums);
          sums += tap_size;
        }
      }
    }
  }
  sum_windows({x, s.samples, s.height, s.width, s.channels, 1, s.outputs, kFactor * s.height * line,
               bias, f, windows, count});
}

void doubled_input_grad(const DoubledShape& s, const float* g, const float* w, float* x) {
  int64_t line = int64_t{s.width} * s.channels;
  if (int64_t{s.samples} * s.height * line == 0 || s.outputs == 0) {
    return fill(x, int64_t{s.samples} * s.height * line, 0);
  }
  // Pixel i is seen by outputs 2i - 1, ..., 2i + 2: the odd one before, its own two, the even one
  // behind.
  constexpr int kSeenBy = 4;
  const TapRange taps[] = {doubled_taps(1, 1), doubled_taps(0, 1), doubled_taps(1, 0),
                           doubled_taps(0, 0)};
  int64_t tap_size = int64_t{s.channels} * s.outputs;
  float* turned = scratch_floats(Slot::kPartials, (kSeenBy * kSeenBy + 1) * tap_size);
  float* sum = turned + kSeenBy * kSeenBy * tap_size;
  for (int i = 0; i < kSeenBy; i++) {
    for (int j = 0; j < kSeenBy; j++) {
      add_taps(w, tap_size, taps[i], taps[j], sum);
      transpose(sum, s.outputs, s.channels, s.outputs, turned + (i * kSeenBy + j) * tap_size,
                s.channels);
    }
  }
  Window window = {1, 1, kSeenBy, kSeenBy, turned, s.height, s.width, x, line, s.channels};
  sum_windows({g, s.samples, kFactor * s.height, kFactor * s.width, s.outputs, kFactor, s.channels,
               s.height * line, nullptr, Activation::kIdentity, &window, 1});
}

}  // namespace bfloat

extern const BfloatKernels kBfloatTable = {
    bfloat::conv,         bfloat::conv_input_grad,    bfloat::conv_weight_grad,
    bfloat::doubled_conv, bfloat::doubled_input_grad, bfloat::doubled_weight_grad,
};

}  // namespace hgn::HGN_ISA
