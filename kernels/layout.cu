// Conversions to and from cuDNN's layouts.
//
// Filters: (taps, inputs, outputs) here, (outputs, taps, inputs) there: the
// transpose of the matrix (taps * inputs, outputs), and back for a filter's
// gradient.
//
// Clips: the frames of a clip, stacked along the channels, are taken apart for the encoder; the
// colours of a pixel are a run that stays together.
//
// Images: cuDNN pads opposite sides equally. For other paddings, the image is copied into a padded
// one, and a gradient is cropped from one.
#include "common.cuh"
#include "divisor.cuh"

namespace {

using hgn::grid_start;
using hgn::grid_step;

constexpr int kTile = 32;
constexpr int kTileRows = 8;
constexpr int kPitch = kTile + 1;  // so that a column's elements are in different banks

// Images cut from others: a result's pixel (row, column) is the source's (row + top, column +
// left).
struct Frame {
  hgn::Divisor channels, width, height;  // of the results
  int64_t source_height, source_width;
  int64_t top, left;

  // Index in the source of element i of the results, or -1 outside of the source.
  __device__ int64_t place(int64_t i) const {
    int64_t channel = hgn::split(&i, channels);
    int64_t column = hgn::split(&i, width) + left;
    int64_t row = hgn::split(&i, height) + top;
    if (row < 0 || row >= source_height || column < 0 || column >= source_width) {
      return -1;
    }
    return ((i * source_height + row) * source_width + column) * channels.value + channel;
  }
};

}  // namespace

// Each matrix of y, (columns, rows), is the transpose of one of x, (rows, columns); one block per
// tile, of 32 x 8 threads with kTile * kPitch floats of shared memory.
extern "C" __global__ void transpose(const float *x, int rows, int columns, float *y) {
  HGN_SHARED(float, tile);  // kTile rows, kPitch apart
  int across = (columns + kTile - 1) / kTile;
  int tiles = across * ((rows + kTile - 1) / kTile);
  int tile_index = static_cast<int>(blockIdx.x) % tiles;
  int64_t matrix = static_cast<int64_t>(blockIdx.x / tiles) * rows * columns;
  x += matrix;
  y += matrix;
  int first_row = tile_index / across * kTile;
  int first_column = tile_index % across * kTile;
  int column = first_column + threadIdx.x;
  for (int i = threadIdx.y; i < kTile; i += kTileRows) {
    if (first_row + i < rows && column < columns) {
      tile[i * kPitch + threadIdx.x] = x[static_cast<int64_t>(first_row + i) * columns + column];
    }
  }
  __syncthreads();
  int row = first_row + threadIdx.x;
  for (int i = threadIdx.y; i < kTile; i += kTileRows) {
    if (first_column + i < columns && row < rows) {
      y[static_cast<int64_t>(first_column + i) * rows + row] = tile[threadIdx.x * kPitch + i];
    }
  }
}

// The n floats of y (batch, columns, rows, length) from x (batch, rows, columns, length).
extern "C" __global__ void transpose_runs(const float *x, hgn::Divisor rows, hgn::Divisor columns,
                                          hgn::Divisor length, float *y, int64_t n) {
#pragma unroll 1
  for (int64_t i = grid_start(); i < n; i += grid_step()) {
    int64_t batch = i;
    int64_t k = hgn::split(&batch, length);
    int64_t row = hgn::split(&batch, rows);
    int64_t column = hgn::split(&batch, columns);
    y[i] = x[((batch * rows.value + row) * columns.value + column) * length.value + k];
  }
}

// The n floats of all images y, cut from x, with zeros where x has no pixel.
extern "C" __global__ void cut_images(const float *x, Frame frame, float *y, int64_t n) {
#pragma unroll 1
  for (int64_t i = grid_start(); i < n; i += grid_step()) {
    int64_t from = frame.place(i);
    y[i] = from < 0 ? 0.0f : x[from];
  }
}
