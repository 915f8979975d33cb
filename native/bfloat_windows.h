// Sums over windows of images, of products with weights, both rounded to bfloat16: what
// convolutions of bfloat_conv.cpp and their gradients with respect to the image consist of.
#pragma once

#include "kernels.h"

namespace hgn::HGN_ISA {

// For each (i, j) of a grid, to[i line + j step + o] is the sum over (di, dj, c) of
// x[i stride - top + di, j stride - left + dj, c] weights[di, dj, c, o].
struct Window {
  int top, left;
  int down, right;  // taps, which may be none
  const float* weights;
  int height, width;  // of the grid
  float* to;
  int64_t line, step;
};

// The windows of images (samples, height, width, channels), each result y = f(sum + bias).
struct Windows {
  const float* x;
  int samples, height, width, channels;
  int stride;
  int outputs;
  int64_t sample;     // floats from one sample's results to the next one's
  const float* bias;  // or null
  Activation f;
  const Window* windows;
  int count;
};

// All outputs of all windows; the weights may be in Slot::kPartials, the windows in Slot::kTaps.
void sum_windows(const Windows& all);

}  // namespace hgn::HGN_ISA
