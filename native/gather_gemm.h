// out[pixel][o] = f(bias[o] + sum over taps t and channels c of source(pixel, t)[c] W[t][c][o]).
//
// One product serves all of these, which differ only in the pixels and in what a tap reads: -
// convolution: a tap is a position in the kernel, and source(pixel, t) an image position; - its
// input gradient, separately for each class of positions modulo the stride, which is a convolution
// of stride 1 with the taps that reach it; - a matrix product, whose rows are pixels with a single
// tap.
#pragma once

#include "kernels.h"
#include "pack.h"

namespace hgn::HGN_ISA {

// The position that a tap reads, relative to the pixel's position in the source, and its matrix in
// W.
struct Tap {
  int row;
  int column;
  int weight;
  int64_t offset;  // in memory, from the pixel's position
};

inline Tap tap_at(int row, int column, int weight, int width, int channels) {
  return {row, column, weight, (int64_t{row} * width + column) * channels};
}

// Pixels n, i, j of a grid; pixel (i, j) is at position (i * step, j * step) of the source.
struct PixelGrid {
  const float* source;
  int height, width, channels;  // of the source
  int samples, rows, columns;   // of the grid
  int step;
  const Tap* taps;
  int tap_count;

  int64_t pixels() const { return int64_t{samples} * rows * columns; }
};

// The destination of the results: pixel (n, i, j) goes to out + n * sample + i * row + j * column.
struct PixelOut {
  float* out;
  int64_t sample, row, column;
  int channels;
  const float* bias;  // or null
  Activation f;
};

// Vectors per panel: as many as leave registers for a tile of pixels.
#if HGN_VECTOR_BYTES == 64
constexpr int kPanelVectors = 4;
#else
constexpr int kPanelVectors = 2;
#endif

// `w` has a matrix (channels, out.channels) for every weight that the taps name.
void gather_gemm(const PixelGrid& grid, const PanelView& w, const Panels& panels,
                 const PixelOut& out);

}  // namespace hgn::HGN_ISA
