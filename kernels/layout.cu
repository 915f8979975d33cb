// Conversions to and from cuDNN's layouts.
//
// Filters: (taps, inputs, outputs) here, (outputs, taps, inputs) there: the
// transpose of the matrix (taps * inputs, outputs), and back for a filter's
// gradient.
//
// Images: cuDNN pads opposite sides equally. For other paddings, the image is copied into a padded
// one, and a gradient is cropped from one.
#include "common.cuh"

namespace {

using hgn::grid_start;
using hgn::grid_step;

constexpr int kTile = 32;
constexpr int kTileRows = 8;
constexpr int kPitch = kTile + 1;  // so that a column's elements are in different banks

// An image within a padded one.
struct Frame {
  int height, width, channels;
  int top, left;
  int padded_height, padded_width;

  // Index in the images of element i of the padded images, or -1 in the padding.
  __device__ int64_t inner_place(int64_t i) const {
    int64_t c = i % channels;
    int64_t pixel = i / channels;
    int column = static_cast<int>(pixel % padded_width) - left;
    int64_t line = pixel / padded_width;
    int row = static_cast<int>(line % padded_height) - top;
    if (row < 0 || row >= height || column < 0 || column >= width) {
      return -1;
    }
    return ((line / padded_height * height + row) * width + column) * channels + c;
  }

  // Index in the padded images of element i of the images.
  __device__ int64_t padded_place(int64_t i) const {
    int64_t c = i % channels;
    int64_t pixel = i / channels;
    int64_t column = pixel % width + left;
    int64_t line = pixel / width;
    int64_t row = line % height + top;
    return ((line / height * padded_height + row) * padded_width + column) * channels + c;
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

// The padded images, n floats in all, of x.
extern "C" __global__ void pad_images(const float *x, Frame frame, float *padded, int64_t n) {
  for (int64_t i = grid_start(); i < n; i += grid_step()) {
    int64_t from = frame.inner_place(i);
    padded[i] = from < 0 ? 0.0f : x[from];
  }
}

// The images, n floats in all, within padded ones.
extern "C" __global__ void crop_images(const float *padded, Frame frame, float *x, int64_t n) {
  for (int64_t i = grid_start(); i < n; i += grid_step()) {
    x[i] = padded[frame.padded_place(i)];
  }
}
