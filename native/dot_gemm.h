// The product of gather_gemm.h for very few output channels, vectorised over the sum instead.
#pragma once

#include "gather_gemm.h"

namespace hgn::HGN_ISA {

// Whether it is worthwhile: most lanes of a vector of output channels would idle otherwise.
bool dot_pays(int channels, int out_channels);

// `w` is (taps, out.channels, channels): for each tap the transpose of gather_gemm's matrix.
void dot_gemm(const PixelGrid& grid, const float* w, const PixelOut& out);

}  // namespace hgn::HGN_ISA
