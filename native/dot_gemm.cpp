// P pixels by O outputs: each a vector of partial sums over channels modulo the vector's width,
// which are added up at the end.
#include "dot_gemm.h"

#include "map.h"
#include "memory.h"
#include "ops.h"
#include "pixel_walk.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int kPixels = 4;
constexpr int kMostOutputs = 4;
constexpr int64_t kGrain = int64_t{1} << 20;

template <int O>
void dot_tile(const PixelGrid& grid, const float* const* source, const float* w, float* sums) {
  Vec sum[kPixels][O] = {};
  for (int t = 0; t < grid.tap_count; t++) {
    const float* row = w + int64_t{grid.taps[t].weight} * O * grid.channels;
    const float* const* from = source + t * kPixels;
    for (int c = 0; c < grid.channels; c += kLanes) {
      Vec weight[O];
#pragma GCC unroll 4
      for (int o = 0; o < O; o++) {
        weight[o] = load(row + o * grid.channels + c);
      }
#pragma GCC unroll 4
      for (int p = 0; p < kPixels; p++) {
        Vec x = load(from[p] + c);
#pragma GCC unroll 4
        for (int o = 0; o < O; o++) {
          sum[p][o] += x * weight[o];
        }
      }
    }
  }
  for (int p = 0; p < kPixels; p++) {
    for (int o = 0; o < O; o++) {
      sums[p * O + o] = lane_sum(sum[p][o]);
    }
  }
}

using DotFunction = void (*)(const PixelGrid&, const float* const*, const float*, float*);
constexpr DotFunction kDotFunctions[] = {dot_tile<1>, dot_tile<2>, dot_tile<3>, dot_tile<4>};

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
    const float** source = tables + part * table;
    int64_t first = tiles * part / parts * kPixels;
    int64_t last = smaller(pixels, tiles * (part + 1) / parts * kPixels);
    PixelWalk at(grid, first, false);
    for (int64_t pixel = first; pixel < last; pixel += kPixels) {
      int count = static_cast<int>(smaller(kPixels, last - pixel));
      float* to[kPixels];
      for (int p = 0; p < kPixels; p++) {
        if (p < count) {
          Place place = place_of(grid, at);
          for (int t = 0; t < grid.tap_count; t++) {
            const float* x = seen(grid, place, grid.taps[t]);
            source[t * kPixels + p] = x == nullptr ? zeros : x;
          }
          to[p] =
              out.out + at.sample() * out.sample + at.row() * out.row + at.column() * out.column;
          at.next();
        } else {
          for (int t = 0; t < grid.tap_count; t++) {
            source[t * kPixels + p] = zeros;
          }
        }
      }
      float sums[kPixels * kMostOutputs];
      kDotFunctions[out.channels - 1](grid, source, w, sums);
      if (out.bias != nullptr) {
        for (int i = 0; i < count * out.channels; i++) {
          sums[i] += out.bias[i % out.channels];
        }
      }
      activate_span(out.f, sums, count * out.channels);
      for (int p = 0; p < count; p++) {
        std::memcpy(to[p], sums + p * out.channels, out.channels * sizeof(float));
      }
    }
  });
}

}  // namespace hgn::HGN_ISA
