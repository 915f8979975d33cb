// Convolution, and its gradient with respect to the image.
//
// Forward, tap (di, dj) of output pixel (i, j) reads x[i*stride + di - top, j*stride + dj - left].
// Backward, x[r, s] collects g[i, j] w[di, dj]^T wherever i*stride + di - top = r, and likewise for
// s. With r = stride i' + a only the taps with (a + top - di) divisible by the stride contribute,
// and they read g[i' + (a + top - di)/stride, ...]: one product per class (a, b) of pixels.
#include "dot_gemm.h"
#include "few_outputs.h"
#include "memory.h"
#include "ops.h"
#include "packed_conv.h"
#include "parallel.h"
#include "winograd.h"

namespace hgn::HGN_ISA {
namespace {

// Below this many pixels, copying the weights costs more than reading them in place.
constexpr int64_t kPixelsWorthPacking = 2048;

// The taps of a call, in this thread's scratch.
struct Taps {
  explicit Taps(int most) : data(static_cast<Tap*>(scratch(Slot::kTaps, most * sizeof(Tap)))) {}

  void add(Tap tap) { data[count++] = tap; }

  Tap* data;
  int count = 0;
};

PackedWeights pack_dots(const ConvShape& s, const float* w, float* to) {
  for (int t = 0; t < s.taps(); t++) {
    int64_t tap = int64_t{t} * s.channels * s.out_channels;
    transpose(w + tap, s.out_channels, s.channels, s.out_channels, to + tap, s.channels);
  }
  return {to, {}, {}};
}

}  // namespace

int64_t packed_floats(const ConvShape& s) {
  int64_t outputs = ceil_div(s.out_channels, kLanes) + kPanelVectors;
  int64_t inputs = ceil_div(s.channels, kLanes) + kPanelVectors;
  return s.taps() * kLanes * larger(s.channels * outputs, s.out_channels * inputs);
}

PackedWeights pack_forward(const ConvShape& s, const float* w, float* to) {
  if (dot_pays(s.channels, s.out_channels)) {
    return pack_dots(s, w, to);
  }
  Panels panels = panels_for(s.out_channels, kPanelVectors);
  return {nullptr, pack(w, s.taps(), s.channels, s.out_channels, panels, to), panels};
}

PackedWeights pack_backward(const ConvShape& s, const float* w, float* to) {
  if (dot_pays(s.out_channels, s.channels)) {
    return {w, {}, {}};
  }
  Panels panels = panels_for(s.channels, kPanelVectors);
  return {nullptr, pack_transposed(w, s.taps(), s.out_channels, s.channels, panels, to), panels};
}

void convolve(const ConvShape& s, const PackedWeights& w, const float* x, const float* bias,
              Activation f, float* y) {
  Taps taps(s.taps());
  for (int di = 0; di < s.kernel_height; di++) {
    for (int dj = 0; dj < s.kernel_width; dj++) {
      taps.add(tap_at(di - s.top, dj - s.left, di * s.kernel_width + dj, s.width, s.channels));
    }
  }
  PixelGrid grid = {x,           s.height, s.width,   s.channels, s.samples, s.out_height,
                    s.out_width, s.stride, taps.data, taps.count};
  int64_t row = int64_t{s.out_width} * s.out_channels;
  PixelOut out = {y, s.out_height * row, row, s.out_channels, s.out_channels, bias, f};
  if (w.dots != nullptr) {
    dot_gemm(grid, w.dots, out);
  } else {
    gather_gemm(grid, w.view, w.panels, out);
  }
}

void convolve_back(const ConvShape& s, const PackedWeights& w, const float* g, float* x) {
  int64_t row = int64_t{s.width} * s.channels;
  Taps taps(s.taps());
  for (int a = 0; a < s.stride; a++) {
    for (int b = 0; b < s.stride; b++) {
      int rows = class_size(s.height, a, s.stride);
      int columns = class_size(s.width, b, s.stride);
      if (rows == 0 || columns == 0) {
        continue;
      }
      taps.count = 0;
      for (int di = s.kernel_height - 1; di >= 0; di--) {
        for (int dj = s.kernel_width - 1; dj >= 0; dj--) {
          int down = a + s.top - di;
          int right = b + s.left - dj;
          if (down % s.stride == 0 && right % s.stride == 0) {
            taps.add(tap_at(down / s.stride, right / s.stride, di * s.kernel_width + dj,
                            s.out_width, s.out_channels));
          }
        }
      }
      PixelGrid grid = {g,    s.out_height, s.out_width, s.out_channels, s.samples,
                        rows, columns,      1,           taps.data,      taps.count};
      PixelOut out = {x + a * row + int64_t{b} * s.channels,
                      s.height * row,
                      s.stride * row,
                      int64_t{s.stride} * s.channels,
                      s.channels,
                      nullptr,
                      Activation::kIdentity};
      if (w.dots != nullptr) {
        dot_gemm(grid, w.dots, out);
      } else {
        gather_gemm(grid, w.view, w.panels, out);
      }
    }
  }
}

void conv(const ConvShape& s, const float* x, const float* w, const float* prepared,
          const float* bias, Activation f, float* y) {
  if (s.out_pixels() * s.out_channels == 0) {
    return;
  }
  if (few_outputs_pay(s)) {
    few_outputs_conv(s, x, w, bias, f, y);
    return;
  }
  if (winograd_pays(FilterUse::kConv, s)) {
    winograd_conv(s, x, w, prepared, bias, f, y);
    return;
  }
  Panels panels = panels_for(s.out_channels, kPanelVectors);
  bool stays = s.out_channels % kLanes == 0 &&
               (panels.count == 1 || s.out_pixels() < kPixelsWorthPacking) &&
               !dot_pays(s.channels, s.out_channels);
  PackedWeights packed =
      stays ? PackedWeights{nullptr, view_of(w, s.channels, s.out_channels, panels), panels}
            : pack_forward(s, w, scratch_floats(Slot::kWeights, packed_floats(s)));
  convolve(s, packed, x, bias, f, y);
}

void conv_input_grad(const ConvShape& s, const float* g, const float* w, const float* prepared,
                     float* x) {
  int64_t floats = int64_t{s.samples} * s.height * s.width * s.channels;
  if (floats == 0 || s.out_pixels() * s.out_channels == 0) {
    return fill(x, floats, 0);
  }
  if (few_outputs_pay(s)) {
    few_outputs_input_grad(s, g, w, x);
    return;
  }
  if (winograd_pays(FilterUse::kConvInputGrad, s)) {
    winograd_input_grad(s, g, w, prepared, x);
    return;
  }
  convolve_back(s, pack_backward(s, w, scratch_floats(Slot::kWeights, packed_floats(s))), g, x);
}

}  // namespace hgn::HGN_ISA
