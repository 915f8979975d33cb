// Convolution and its gradient by the image, with weights that are packed once for many calls.
#pragma once

#include "gather_gemm.h"

namespace hgn::HGN_ISA {

// Weights as gather_gemm takes them, or as dot_gemm does.
struct PackedWeights {
  const float* dots;  // null for gather_gemm
  PanelView view;
  Panels panels;
};

// Room that packing for either direction needs at most.
int64_t packed_floats(const ConvShape& shape);

// The number of samples in the shape does not matter here. `w` must outlive the result.
PackedWeights pack_forward(const ConvShape& shape, const float* w, float* to);
PackedWeights pack_backward(const ConvShape& shape, const float* w, float* to);

// y = f(conv(x, w) + bias).
void convolve(const ConvShape& shape, const PackedWeights& w, const float* x, const float* bias,
              Activation f, float* y);

// x = the gradient of <conv(x, w), g> by x.
void convolve_back(const ConvShape& shape, const PackedWeights& w, const float* g, float* x);

}  // namespace hgn::HGN_ISA
