// Convolutions of 3x3 and stride 1 with 16 products for 36 (Winograd 1980; Lavin and Gray 2016).
//
// Four neighbouring outputs of one channel see 4x4 pixels d:
//
//   y = A^T [(G w G^T) * (B^T d B)] A
//
// where * multiplies element by element, and B, G and A are as in winograd.cpp. Summed over
// channels, each of the 16 elements is a matrix product.
#pragma once

#include "kernels.h"

namespace hgn::HGN_ISA {

// Whether a convolution of this shape can be computed so, and is worth it.
bool winograd_pays(const ConvShape& shape);

// As conv, conv_input_grad and conv_weight_grad, for shapes that pay.
void winograd_conv(const ConvShape& shape, const float* x, const float* w, const float* bias,
                   Activation f, float* y);
void winograd_input_grad(const ConvShape& shape, const float* g, const float* w, float* x);
void winograd_weight_grad(const ConvShape& shape, const float* x, const float* g, float* w);

}  // namespace hgn::HGN_ISA
