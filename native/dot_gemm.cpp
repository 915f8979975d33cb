// Tiles of P pixels by O outputs. Each sum is a vector of partial sums over channels modulo the
// vector's width, which are added up at the end.
#include "dot_gemm.h"

#include "map.h"
#include "memory.h"
#include "ops.h"
#include "pixel_walk.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int kMostOutputs = 4;
constexpr int64_t kGrain = int64_t{1} << 20;

// Pixels of a tile; their sums for all outputs then fill whole vectors.
#if HGN_VECTOR_BYTES == 16
constexpr int kPixels = 2;
#elif HGN_VECTOR_BYTES == 64
constexpr int kPixels = 8;
#else
constexpr int kPixels = 4;
#endif

// The most sums of a tile, rounded up to whole vectors.
constexpr int kMostSums = (kPixels * kMostOutputs + kLanes - 1) / kLanes * kLanes;

// sums[p * O + o] of a tile.
template <int O>
void dot_tile(const PixelGrid& grid, const float* const* source, const float* w, float* sums) {
  constexpr int kVectors = (kPixels * O + kLanes - 1) / kLanes * kLanes;
  Vec sum[kVectors] = {};
  for (int t = 0; t < grid.tap_count; t++) {
    const float* row = w + int64_t{grid.taps[t].weight} * O * grid.channels;
    const float* const* from = source + t * kPixels;
    for (int c = 0; c < grid.channels; c += kLanes) {
      Vec weight[O];
#pragma GCC unroll 4
      for (int o = 0; o < O; o++) {
        weight[o] = load(row + o * grid.channels + c);
      }
#pragma GCC unroll 8
      for (int p = 0; p < kPixels; p++) {
        Vec x = load(from[p] + c);
#pragma GCC unroll 4
        for (int o = 0; o < O; o++) {
          sum[p * O + o] += x * weight[o];
        }
      }
    }
  }
#pragma GCC unroll 4
  for (int i = 0; i < kVectors; i += kLanes) {
    store(sums + i, lane_sums(sum + i));
  }
}

using DotFunction = void (*)(const PixelGrid&, const float* const*, const float*, float*);
constexpr DotFunction kDotFunctions[] = {dot_tile<1>, dot_tile<2>, dot_tile<3>, dot_tile<4>};

// The sources and destinations of a tile's pixels. Pixels beyond the last read zeros and write
// nothing.
class DotTile {
 public:
  DotTile(const PixelGrid& grid, const PixelOut& out, const float* zeros, const float** source)
      : grid_(grid), interior_(grid), out_(out), zeros_(zeros), source_(source) {
    for (int i = 0; i < kMostSums; i++) {
      bias_[i] = out.bias == nullptr ? 0 : out.bias[i % out.channels];
    }
  }

  void locate(PixelWalk& at, int pixels) {
    pixels_ = pixels;
    for (int p = 0; p < pixels; p++) {
      Place place = place_of(grid_, at);
      bool interior = interior_.holds(place);
      for (int t = 0; t < grid_.tap_count; t++) {
        const Tap& tap = grid_.taps[t];
        const float* x = interior ? place.base + tap.offset : seen(grid_, place, tap);
        source_[t * kPixels + p] = x == nullptr ? zeros_ : x;
      }
      to_[p] =
          out_.out + at.sample() * out_.sample + at.row() * out_.row + at.column() * out_.column;
      at.next();
    }
    for (int t = 0; pixels < kPixels && t < grid_.tap_count; t++) {
      for (int p = pixels; p < kPixels; p++) {
        source_[t * kPixels + p] = zeros_;
      }
    }
  }

  void run(const float* w) {
    float sums[kMostSums];
    kDotFunctions[out_.channels - 1](grid_, source_, w, sums);
    int count = pixels_ * out_.channels;
    for (int i = 0; i < count; i++) {
      sums[i] += bias_[i];
    }
    activate_span(out_.f, sums, count);
    const float* from = sums;
    for (int p = 0; p < pixels_; p++) {
      for (int o = 0; o < out_.channels; o++) {
        to_[p][o] = *from++;
      }
    }
  }

 private:
  const PixelGrid& grid_;
  Interior interior_;
  const PixelOut& out_;
  const float* zeros_;
  const float** source_;  // kPixels for every tap
  float bias_[kMostSums];
  float* to_[kPixels] = {};
  int pixels_ = 0;
};

}  // namespace

bool dot_pays(int channels, int out_channels) {
  int by_dots = out_channels * (channels / kLanes);
  int by_outputs = static_cast<int>(ceil_div(out_channels, kLanes)) * channels;
  return out_channels <= kMostOutputs && channels % kLanes == 0 && 3 * by_dots < 2 * by_outputs;
}

void dot_gemm(const PixelGrid& grid, const float* w, const PixelOut& out) {
  int64_t pixels = grid.pixels();
  int64_t pixel_work = int64_t{grid.tap_count} * grid.channels * out.channels;
  float* zeros = scratch_floats(Slot::kRows, grid.channels);
  std::memset(zeros, 0, grid.channels * sizeof(float));
  int parts = parts_for(pixels * pixel_work, kGrain);
  size_t table = grid.tap_count * kPixels;
  const float** tables =
      static_cast<const float**>(scratch(Slot::kPointers, parts * table * sizeof(float*)));
  int64_t tiles = ceil_div(pixels, kPixels);
  parallel_parts(parts, [&](int part) {
    DotTile tile(grid, out, zeros, tables + part * table);
    int64_t first = tiles * part / parts * kPixels;
    int64_t last = smaller(pixels, tiles * (part + 1) / parts * kPixels);
    PixelWalk at(grid, first, false);
    for (int64_t pixel = first; pixel < last; pixel += kPixels) {
      tile.locate(at, static_cast<int>(smaller(kPixels, last - pixel)));
      tile.run(w);
    }
  });
}

}  // namespace hgn::HGN_ISA
