// 3x3 convolutions with as few outputs as a picture has colours, as matrix products over all taps
// at once, see few_outputs.cpp.
#pragma once

#include "kernels.h"

namespace hgn::HGN_ISA {

// Whether a convolution of this shape can be computed this way, and is worth it.
bool few_outputs_pay(const ConvShape& shape);

// Like conv, conv_input_grad and conv_weight_grad, for shapes that pay.
void few_outputs_conv(const ConvShape& shape, const float* x, const float* w, const float* bias,
                      Activation f, float* y);
void few_outputs_input_grad(const ConvShape& shape, const float* g, const float* w, float* x);
void few_outputs_weight_grad(const ConvShape& shape, const float* x, const float* g, float* w);

}  // namespace hgn::HGN_ISA
