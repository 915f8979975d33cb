// The gradient of a convolution with respect to its weights:
//
//   dw[di, dj, c, o] = sum over n, i, j of x[n, i*stride+di-top, j*stride+dj-left, c] g[n, i, j,
//   o].
//
// Vectors run over o. With very few outputs they run over c instead, and the result is transposed.
#include "few_outputs.h"
#include "memory.h"
#include "ops.h"
#include "outer_gemm.h"
#include "parallel.h"
#include "winograd.h"

namespace hgn::HGN_ISA {

void conv_weight_grad(const ConvShape& s, const float* x, const float* g, float* w) {
  int64_t floats = int64_t{s.taps()} * s.channels * s.out_channels;
  if (floats == 0 || s.out_pixels() == 0) {
    return fill(w, floats, 0);
  }
  if (few_outputs_pay(s)) {
    few_outputs_weight_grad(s, x, g, w);
    return;
  }
  if (winograd_pays(FilterUse::kConv, s)) {
    winograd_weight_grad(s, x, g, w);
    return;
  }
  Tap* taps = static_cast<Tap*>(scratch(Slot::kTaps, s.taps() * sizeof(Tap)));
  for (int t = 0; t < s.taps(); t++) {
    taps[t] =
        tap_at(t / s.kernel_width - s.top, t % s.kernel_width - s.left, t, s.width, s.channels);
  }
  PixelGrid grid = {x,           s.height, s.width, s.channels, s.samples, s.out_height,
                    s.out_width, s.stride, taps,    s.taps()};
  bool over_outputs = ceil_div(s.out_channels, kLanes) * s.channels <=
                      ceil_div(s.channels, kLanes) * s.out_channels;
  OuterProduct product = {grid, g, s.out_channels, over_outputs};
  if (over_outputs) {
    outer_gemm(product, w);
    return;
  }
  int64_t tap_size = int64_t{s.channels} * s.out_channels;
  float* turned = scratch_floats(Slot::kRows, s.taps() * tap_size);
  outer_gemm(product, turned);
  for (int t = 0; t < s.taps(); t++) {
    transpose(turned + t * tap_size, s.channels, s.out_channels, s.channels, w + t * tap_size,
              s.out_channels);
  }
}

}  // namespace hgn::HGN_ISA
