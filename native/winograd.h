// Convolutions of 3x3 by fewer products: a matrix product over channels for each point of a tile,
// see winograd_schemes.h. 4x4 outputs take 36 products instead of 144; after an upsampling, 8x8
// outputs take 81 instead of 576.
#pragma once

#include "kernels.h"

namespace hgn::HGN_ISA {

// Whether a convolution of this shape can be computed this way, and is worth it: the forward pass
// and the weights' gradient, or the input's gradient.
bool winograd_pays(FilterUse use, const ConvShape& shape);

// Like conv, conv_input_grad and conv_weight_grad, for shapes that pay.
void winograd_conv(const ConvShape& shape, const float* x, const float* w, const float* prepared,
                   const float* bias, Activation f, float* y);
void winograd_input_grad(const ConvShape& shape, const float* g, const float* w,
                         const float* prepared, float* x);
void winograd_weight_grad(const ConvShape& shape, const float* x, const float* g, float* w);

// The same after an upsampling, for any number of channels and outputs.
void doubled_conv(const DoubledShape& shape, const float* x, const float* w, const float* prepared,
                  const float* bias, Activation f, float* y);
void doubled_input_grad(const DoubledShape& shape, const float* g, const float* w,
                        const float* prepared, float* x);
void doubled_weight_grad(const DoubledShape& shape, const float* x, const float* g, float* w);

}  // namespace hgn::HGN_ISA
