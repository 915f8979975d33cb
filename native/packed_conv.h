// Convolution and its gradient with respect to the image, with weights packed once for many calls.
#pragma once

#include "gather_gemm.h"

namespace hgn::HGN_ISA {

// Pixels a, a + stride, ... below `size`.
inline int class_size(int size, int a, int stride) {
  return size > a ? (size - a - 1) / stride + 1 : 0;
}

// Weights in the layout of gather_gemm or dot_gemm.
struct PackedWeights {
  const float* dots;  // null for gather_gemm
  PanelView view;
  Panels panels;
};

// Upper bound on the size of the packed weights for either direction.
int64_t packed_floats(const ConvShape& shape);

// The number of samples in the shape does not matter here. `w` must outlive the result.
PackedWeights pack_forward(const ConvShape& shape, const float* w, float* to);
PackedWeights pack_backward(const ConvShape& shape, const float* w, float* to);

// y = f(conv(x, w) + bias).
void convolve(const ConvShape& shape, const PackedWeights& w, const float* x, const float* bias,
              Activation f, float* y);

// x = the gradient of <conv(x, w), g> with respect to x.
void convolve_back(const ConvShape& shape, const PackedWeights& w, const float* g, float* x);

}  // namespace hgn::HGN_ISA
