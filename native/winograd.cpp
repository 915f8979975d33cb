// Blocks of tiles are transformed, multiplied and transformed back while they are in the
// second-level cache.
#include "winograd.h"

#include <cstring>

#include "memory.h"
#include "pack.h"
#include "winograd_transforms.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int64_t kGrain = int64_t{1} << 22;  // multiply-adds that a thread should have at least
constexpr int kFewestChannels = 32;
constexpr int kFewestPixels = 8;  // in height and width

#if HGN_VECTOR_BYTES == 64
constexpr int kMostVectors = 4;
constexpr int kRowsFor[] = {0, 12, 12, 8, 6};
#else
constexpr int kMostVectors = 2;
constexpr int kRowsFor[] = {0, 12, 6};
#endif
static_assert(kBlock % 12 == 0 && kBlock % 8 == 0, "whole register tiles");

// m (R rows, V vectors) = a (R rows, inner) b (inner, V vectors).
template <int R, int V>
void product_tile(const float* a, int inner, const float* b, int64_t b_pitch, float* m,
                  int64_t m_pitch) {
  Vec sum[R][V] = {};
  for (int c = 0; c < inner; c++) {
    Vec weight[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      weight[v] = load(b + v * kLanes);
    }
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) {
      Vec x = broadcast(a[r * inner + c]);
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) {
        sum[r][v] += x * weight[v];
      }
    }
    b += b_pitch;
  }
#pragma GCC unroll 16
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      store(m + r * m_pitch + v * kLanes, sum[r][v]);
    }
  }
}

using ProductTile = void (*)(const float*, int, const float*, int64_t, float*, int64_t);

#if HGN_VECTOR_BYTES == 64
constexpr ProductTile kProductTiles[] = {nullptr, product_tile<12, 1>, product_tile<12, 2>,
                                         product_tile<8, 3>, product_tile<6, 4>};
#else
constexpr ProductTile kProductTiles[] = {nullptr, product_tile<12, 1>, product_tile<6, 2>};
#endif

// M_k = V_k U_k for a block of tiles; rows beyond `count` up to a whole register tile are computed
// from whatever lies there, and not used.
void multiply(const float* v, int count, int channels, const PanelView& u, const Panels& panels,
              int outputs, float* m) {
  for (int k = 0; k < kPositions; k++) {
    const float* a = v + int64_t{k} * kBlock * channels;
    for (int panel = 0; panel < panels.count; panel++) {
      int vectors = panels.vectors_of(panel);
      const float* b = u.data + panel * u.panel_stride + k * u.tap_stride;
      float* to = m + int64_t{k} * kBlock * outputs + panel * panels.width();
      for (int row = 0; row < count; row += kRowsFor[vectors]) {
        kProductTiles[vectors](a + int64_t{row} * channels, channels, b, u.row_stride,
                               to + int64_t{row} * outputs, outputs);
      }
    }
  }
}

int parts_of(const Tiling& tiling, int64_t products) {
  return static_cast<int>(smaller(ceil_div(tiling.count, kBlock),
                                  parts_for(tiling.count * kPositions * products, kGrain)));
}

// This thread's memory for a block; `zeros` is what tiles see outside of the images.
struct BlockMemory {
  float* left;
  float* right;
  float* zeros;

  BlockMemory(int64_t left_channels, int64_t right_channels) {
    int64_t tiles = int64_t{kPositions} * kBlock;
    int64_t most = larger(left_channels, right_channels);
    left = scratch_floats(Slot::kTiles, tiles * (left_channels + right_channels) + most);
    right = left + tiles * left_channels;
    zeros = right + tiles * right_channels;
    std::memset(zeros, 0, most * sizeof(float));
  }
};

void convolve(const Images& x, int samples, int top, int left, const PanelView& u,
              const Panels& panels, const Outputs& y) {
  Tiling tiling(samples, y.height, y.width);
  int parts = parts_of(tiling, int64_t{x.channels} * y.channels);
  int64_t blocks = ceil_div(tiling.count, kBlock);
  parallel_parts(parts, [&](int part) {
    BlockMemory memory(x.channels, y.channels);
    for (int64_t b = blocks * part / parts; b < blocks * (part + 1) / parts; b++) {
      int64_t first = b * kBlock;
      int count = static_cast<int>(smaller(kBlock, tiling.count - first));
      transform_input(x, tiling, first, count, top, left, memory.zeros, memory.left);
      multiply(memory.left, count, x.channels, u, panels, y.channels, memory.right);
      transform_output(memory.right, tiling, first, count, y);
    }
  });
}

constexpr int kOuterRows = 4;

// sums (kOuterRows rows, V vectors) += sum over t of a[t]^T b[t].
template <int V>
void outer_tile(const float* a, int64_t a_pitch, const float* b, int64_t b_pitch, int count,
                float* sums, int64_t pitch) {
  Vec sum[kOuterRows][V];
#pragma GCC unroll 4
  for (int r = 0; r < kOuterRows; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      sum[r][v] = load(sums + r * pitch + v * kLanes);
    }
  }
  for (int t = 0; t < count; t++) {
    Vec column[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      column[v] = load(b + v * kLanes);
    }
#pragma GCC unroll 4
    for (int r = 0; r < kOuterRows; r++) {
      Vec x = broadcast(a[r]);
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) {
        sum[r][v] += x * column[v];
      }
    }
    a += a_pitch;
    b += b_pitch;
  }
#pragma GCC unroll 4
  for (int r = 0; r < kOuterRows; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      store(sums + r * pitch + v * kLanes, sum[r][v]);
    }
  }
}

using OuterTile = void (*)(const float*, int64_t, const float*, int64_t, int, float*, int64_t);

#if HGN_VECTOR_BYTES == 64
constexpr OuterTile kOuterTiles[] = {nullptr, outer_tile<1>, outer_tile<2>, outer_tile<3>,
                                     outer_tile<4>};
#else
constexpr OuterTile kOuterTiles[] = {nullptr, outer_tile<1>, outer_tile<2>};
#endif

// sums_k += V_k^T P_k for a block of tiles.
void accumulate(const float* v, const float* p, int count, int channels, int outputs, float* sums) {
  int vectors = outputs / kLanes;
  for (int k = 0; k < kPositions; k++) {
    const float* a = v + int64_t{k} * kBlock * channels;
    const float* b = p + int64_t{k} * kBlock * outputs;
    float* to = sums + int64_t{k} * channels * outputs;
    for (int o = 0; o < vectors; o += kMostVectors) {
      int some = static_cast<int>(smaller(kMostVectors, vectors - o));
      for (int c = 0; c < channels; c += kOuterRows) {
        kOuterTiles[some](a + c, channels, b + o * kLanes, outputs, count,
                          to + int64_t{c} * outputs + o * kLanes, outputs);
      }
    }
  }
}

}  // namespace

bool winograd_pays(const ConvShape& s) {
  return s.kernel_height == 3 && s.kernel_width == 3 && s.stride == 1 && s.channels % kLanes == 0 &&
         s.out_channels % kLanes == 0 && s.channels >= kFewestChannels &&
         s.out_channels >= kFewestChannels && s.out_height >= kFewestPixels &&
         s.out_width >= kFewestPixels;
}

void winograd_conv(const ConvShape& s, const float* x, const float* w, const float* bias,
                   Activation f, float* y) {
  int64_t pairs = int64_t{s.channels} * s.out_channels;
  float* u = scratch_floats(Slot::kPartials, kPositions * pairs);
  transform_weights(w, pairs, false, u);
  Panels panels = panels_for(s.out_channels, kMostVectors);
  PanelView view =
      pack(u, kPositions, s.channels, s.out_channels, panels,
           scratch_floats(Slot::kWeights, kPositions * s.channels * panels.count * panels.width()));
  convolve({x, s.height, s.width, s.channels}, s.samples, s.top, s.left, view, panels,
           {y, s.out_height, s.out_width, s.out_channels, bias, f});
}

void winograd_input_grad(const ConvShape& s, const float* g, const float* w, float* x) {
  int64_t pairs = int64_t{s.channels} * s.out_channels;
  float* u = scratch_floats(Slot::kPartials, kPositions * pairs);
  transform_weights(w, pairs, true, u);
  Panels panels = panels_for(s.channels, kMostVectors);
  PanelView view = pack_transposed(
      u, kPositions, s.out_channels, s.channels, panels,
      scratch_floats(Slot::kWeights, kPositions * s.out_channels * panels.count * panels.width()));
  convolve({g, s.out_height, s.out_width, s.out_channels}, s.samples, 2 - s.top, 2 - s.left, view,
           panels, {x, s.height, s.width, s.channels, nullptr, Activation::kIdentity});
}

void winograd_weight_grad(const ConvShape& s, const float* x, const float* g, float* w) {
  int64_t pairs = int64_t{s.channels} * s.out_channels;
  Images image = {x, s.height, s.width, s.channels};
  Images cotangent = {g, s.out_height, s.out_width, s.out_channels};
  Tiling tiling(s.samples, s.out_height, s.out_width);
  int parts = parts_of(tiling, pairs);
  float* sums = scratch_floats(Slot::kPartials, int64_t{parts} * kPositions * pairs);
  int64_t blocks = ceil_div(tiling.count, kBlock);
  parallel_parts(parts, [&](int part) {
    BlockMemory memory(s.channels, s.out_channels);
    float* own = sums + int64_t{part} * kPositions * pairs;
    std::memset(own, 0, kPositions * pairs * sizeof(float));
    for (int64_t b = blocks * part / parts; b < blocks * (part + 1) / parts; b++) {
      int64_t first = b * kBlock;
      int count = static_cast<int>(smaller(kBlock, tiling.count - first));
      transform_input(image, tiling, first, count, s.top, s.left, memory.zeros, memory.left);
      transform_cotangent(cotangent, tiling, first, count, memory.zeros, memory.right);
      accumulate(memory.left, memory.right, count, s.channels, s.out_channels, own);
    }
  });
  gather_weights(sums, parts, pairs, w);
}

}  // namespace hgn::HGN_ISA
