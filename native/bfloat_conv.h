// Convolutions whose operands are rounded to bfloat16, with float32 sums, like those of conv.cpp
// and winograd.h otherwise. Every product is taken: by units that multiply eight times as fast that
// is less work than transforms for fewer, which would lose digits that bfloat16 does not have.
#pragma once

#include "kernels.h"

namespace hgn::HGN_ISA {

extern const BfloatKernels kBfloatTable;

namespace bfloat {

void conv(const ConvShape& shape, const float* x, const float* w, const float* bias, Activation f,
          float* y);
void conv_input_grad(const ConvShape& shape, const float* g, const float* w, float* x);
void conv_weight_grad(const ConvShape& shape, const float* x, const float* g, float* w);
void doubled_conv(const DoubledShape& shape, const float* x, const float* w, const float* bias,
                  Activation f, float* y);
void doubled_input_grad(const DoubledShape& shape, const float* g, const float* w, float* x);
void doubled_weight_grad(const DoubledShape& shape, const float* x, const float* g, float* w);

}  // namespace bfloat
}  // namespace hgn::HGN_ISA
