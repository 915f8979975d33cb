// sum[t][r][c] = sum over pixels of a(pixel, t)[r] * b(pixel, t)[c], a sum of outer products.
//
// This is the weight gradient of a convolution, where a is the image under tap t and b the
// cotangent, or vice versa, and the matrix product a^T b, whose pixels are the rows of a and b.
#pragma once

#include "gather_gemm.h"

namespace hgn::HGN_ISA {

struct OuterProduct {
  PixelGrid grid;      // its source is what the taps read
  const float* other;  // one row of `other_channels` per pixel, at PixelWalk's (n, i, j) in memory
  int other_channels;
  bool gathered_is_rows;  // whether a is the gathered side; otherwise b is

  int rows() const { return gathered_is_rows ? grid.channels : other_channels; }
  int columns() const { return gathered_is_rows ? other_channels : grid.channels; }
};

// Writes the sums to `to` (grid.tap_count, rows, columns), in the order of grid.taps.
void outer_gemm(const OuterProduct& product, float* to);

}  // namespace hgn::HGN_ISA
