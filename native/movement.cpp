// Moves without arithmetic: runs of a strided array, transposed matrices, and upsampling of images.
//
// Upsampling repeats each pixel: y[2i+a, 2j+b] = x[i, j] for a, b in {0, 1}; its adjoint sums the
// four.
#include <type_traits>

#include "map.h"
#include "ops.h"
#include "pack.h"

namespace hgn::HGN_ISA {
namespace {

// A run of so many floats is copied without a call.
constexpr int64_t kColours = 3;

// Calls body(length) with the length as a constant if it is one that is copied without a call.
template <class Body>
void with_length(int64_t length, const Body& body) {
  if (length == 1) {
    body(std::integral_constant<int64_t, 1>());
  } else if (length == kColours) {
    body(std::integral_constant<int64_t, kColours>());
  } else {
    body(length);
  }
}

// Rows that are transposed together, so that what is written for a column is in one place: columns
// of y may be a multiple of the page size apart, where few lines stay in L1.
constexpr int64_t kRowsTogether = 32;

// x is (batch, rows, columns, length).
void transpose_runs(const float* x, int64_t batch, int64_t rows, int64_t columns, int64_t length,
                    float* y) {
  int64_t blocks = ceil_div(rows, kRowsTogether);
  int64_t grain = ceil_div(kLightGrain, smaller(rows, kRowsTogether) * columns * length);
  parallel_ranges(batch * blocks, grain, 1, [&](int64_t begin, int64_t end) {
    with_length(length, [&](auto run) {
      for (int64_t item = begin; item < end; item++) {
        int64_t b = item / blocks;
        int64_t first = item % blocks * kRowsTogether;
        int64_t last = smaller(rows, first + kRowsTogether);
        for (int64_t column = 0; column < columns; column++) {
          float* to = y + ((b * columns + column) * rows + first) * run;
          for (int64_t row = first; row < last; row++, to += run) {
            std::memcpy(to, x + ((b * rows + row) * columns + column) * run, run * sizeof(float));
          }
        }
      }
    });
  });
}

}  // namespace

void copy_runs(const float* from, int64_t from_pitch, float* to, int64_t to_pitch, int64_t length,
               int64_t runs) {
  if (length == 0) {
    return;
  }
  int64_t work = larger(length, 64);  // a short run still takes a cache line of each array
  parallel_ranges(runs, ceil_div(2 * kLightGrain, work), 1, [&](int64_t begin, int64_t end) {
    with_length(length, [&](auto length) {
      for (int64_t run = begin; run < end; run++) {
        std::memcpy(to + run * to_pitch, from + run * from_pitch, length * sizeof(float));
      }
    });
  });
}

void transpose_each(const float* x, int64_t batch, int64_t rows, int64_t columns, int64_t length,
                    float* y) {
  int64_t size = rows * columns;
  if (batch * size * length == 0) {
    return;
  }
  if (length > 1) {
    return transpose_runs(x, batch, rows, columns, length, y);
  }
  parallel_ranges(batch, ceil_div(kLightGrain, size), 1, [&](int64_t begin, int64_t end) {
    for (int64_t b = begin; b < end; b++) {
      transpose(x + b * size, columns, rows, columns, y + b * size, rows);
    }
  });
}

void upsample(const float* x, int64_t rows, int64_t width, int64_t channels, float* y) {
  int64_t pitch = 2 * width * channels;
  if (pitch == 0) {
    return;
  }
  parallel_ranges(rows, ceil_div(kLightGrain, 2 * pitch), 1, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const float* from = x + row * width * channels;
      float* to = y + 2 * row * pitch;
      for (int64_t pixel = 0; pixel < width; pixel++) {
        std::memcpy(to + 2 * pixel * channels, from + pixel * channels, channels * sizeof(float));
        std::memcpy(to + (2 * pixel + 1) * channels, from + pixel * channels,
                    channels * sizeof(float));
      }
      std::memcpy(to + pitch, to, pitch * sizeof(float));
    }
  });
}

void upsample_grad(const float* g, int64_t rows, int64_t width, int64_t channels, float* x) {
  int64_t pitch = 2 * width * channels;
  if (pitch == 0) {
    return;
  }
  parallel_ranges(rows, ceil_div(kLightGrain, 2 * pitch), 1, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      for (int64_t pixel = 0; pixel < width; pixel++) {
        const float* top = g + 2 * row * pitch + 2 * pixel * channels;
        const float* bottom = top + pitch;
        float* to = x + (row * width + pixel) * channels;
        for (int64_t c = 0; c < channels; c++) {
          to[c] = (top[c] + top[c + channels]) + (bottom[c] + bottom[c + channels]);
        }
      }
    }
  });
}

}  // namespace hgn::HGN_ISA
