// Blocks of tiles are transformed, multiplied and transformed back while they are in the L2 cache.
#include "winograd.h"

#include <cstring>

#include "memory.h"
#include "register_tiles.h"
#include "winograd_filters.h"
#include "winograd_transforms.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int64_t kGrain = int64_t{1} << 22;  // least number of multiply-adds per thread
constexpr int kFewestPixels = 4;              // in height and width: that of a tile's results

// Tiles that take as long as clearing, writing back and adding up a part's own sums of weights.
constexpr int64_t kTilesPerSums = 512;

static_assert(kBlock % 12 == 0 && kBlock % 8 == 0, "whole register tiles");

// The product k = (k / kProducts, k % kProducts) of a scheme that is taken along both directions.
template <class S>
struct Product {
  int point;
  int sum;
  bool first;  // of its sum

  explicit Product(int k) {
    int i = k / S::kProducts;
    int j = k % S::kProducts;
    point = S::point_of(i) * S::kPoints + S::point_of(j);
    sum = S::sum_of(i) * S::kSums + S::sum_of(j);
    first = starts(i) && starts(j);
  }

 private:
  static bool starts(int k) {
    for (int earlier = 0; earlier < k; earlier++) {
      if (S::sum_of(earlier) == S::sum_of(k)) {
        return false;
      }
    }
    return true;
  }
};

template <class S>
constexpr int kAllProducts = S::kProducts* S::kProducts;

// M_s = sum of V_p U_k for a block of tiles; rows beyond `count` up to a whole register tile are
// computed from undefined data and not used.
template <class S>
void multiply(const float* v, int count, int channels, const Filter& u, int outputs, float* m) {
  int64_t a_pitch = padded(channels);
  int64_t m_pitch = padded(outputs);
  for (int k = 0; k < kAllProducts<S>; k++) {
    Product<S> product(k);
    const float* a = v + product.point * plane_pitch(channels);
    for (int panel = 0; panel < u.panels.count; panel++) {
      int vectors = u.panels.vectors_of(panel);
      const float* b = u.view.data + panel * u.view.panel_stride + k * u.view.tap_stride;
      float* to = m + product.sum * plane_pitch(outputs) + panel * u.panels.width();
      for (int row = 0; row < count; row += kProductRows[vectors]) {
        kProductTiles[vectors](a + row * a_pitch, a_pitch, channels, b, u.view.row_stride,
                               product.first, to + row * m_pitch, m_pitch);
      }
    }
  }
}

// Multiply-adds that take as long as the transforms of a number at one point of a tile.
constexpr int64_t kTransform = 8;

// Blocks for each thread from which on each block is a part: no thread then waits for long,
// whichever is slower.
constexpr int kManyBlocks = 16;

template <class S>
int parts_of(const Tiling& tiling, int left_channels, int right_channels) {
  int64_t blocks = ceil_div(tiling.count, kBlock);
  if (blocks >= kManyBlocks * threads()) {
    return static_cast<int>(blocks);
  }
  int64_t left = padded(left_channels);
  int64_t right = padded(right_channels);
  int64_t work = kAllProducts<S> * (left * right + kTransform * (left + right));
  return even_parts(smaller(blocks, parts_for(tiling.count * work, kGrain)));
}

// Calls body(first, count) for a part's tiles, a block at a time. Parts are whole blocks if that
// makes them equal, otherwise as many tiles.
template <class Body>
void each_block(const Tiling& tiling, int part, int parts, const Body& body) {
  int64_t blocks = ceil_div(tiling.count, kBlock);
  int64_t all = blocks % parts == 0 ? blocks * kBlock : tiling.count;
  int64_t end = smaller(tiling.count, all * (part + 1) / parts);
  for (int64_t first = all * part / parts; first < end; first += kBlock) {
    body(first, static_cast<int>(smaller(kBlock, end - first)));
  }
}

// This thread's memory for a block's planes on both sides of the products, and for the outputs of a
// partial tile.
struct BlockMemory {
  float* left;
  float* right;
  float* room;

  BlockMemory(int left_planes, int left_channels, int right_planes, int right_channels,
              int outputs) {
    int64_t lefts = left_planes * plane_pitch(left_channels);
    int64_t rights = right_planes * plane_pitch(right_channels);
    left = scratch_floats(Slot::kTiles, lefts + rights + int64_t{outputs} * right_channels);
    right = left + lefts;
    room = right + rights;
  }
};

// A convolution: of x, whose tiles start (top, left) before their outputs' first pixel.
template <class S>
void convolve(const Images& x, int samples, int top, int left, const Filter& u, const Outputs& y) {
  Tiling tiling(samples, y.height, y.width, S::kOut);
  int parts = parts_of<S>(tiling, x.channels, y.channels);
  parallel_parts(parts, [&](int part) {
    BlockMemory memory(S::kPoints * S::kPoints, x.channels, S::kSums * S::kSums, y.channels,
                       S::kOut * S::kOut);
    each_block(tiling, part, parts, [&](int64_t first, int count) {
      transform_input<S>(x, tiling, first, count, top, left, memory.left);
      multiply<S>(memory.left, count, x.channels, u, y.channels, memory.right);
      transform_output<S>(memory.right, tiling, first, count, y, memory.room);
    });
  });
}

// Sums of weights: an even number of rows for the channels, whole vectors for the outputs.
struct WeightSums {
  int rows;
  int pitch;

  WeightSums(int channels, int outputs) : rows((channels + 1) / 2 * 2), pitch(padded(outputs)) {}

  int64_t size() const { return int64_t{rows} * pitch; }
};

// sums_k += V_p^T P_k for a block of tiles.
template <class S>
void accumulate(const float* v, const float* p, int count, int channels, int outputs, bool first,
                float* sums) {
  WeightSums shape(channels, outputs);
  int vectors = shape.pitch / kLanes;
  int64_t a_pitch = padded(channels);
  for (int k = 0; k < kAllProducts<S>; k++) {
    const float* a = v + Product<S>(k).point * plane_pitch(channels);
    const float* b = p + k * plane_pitch(outputs);
    float* to = sums + k * shape.size();
    for (int o = 0; o < vectors; o += kFilterVectors) {
      int some = static_cast<int>(smaller(kFilterVectors, vectors - o));
      for (int c = 0; c < shape.rows; c += kOuterRows) {
        int rows = static_cast<int>(smaller(kOuterRows, shape.rows - c));
        outer_tile_for(rows, some)(a + c, a_pitch, b + o * kLanes, shape.pitch, count, first,
                                   to + int64_t{c} * shape.pitch + o * kLanes, shape.pitch);
      }
    }
  }
}

template <class S>
void weight_grad(const Images& x, const Images& g, int samples, int top, int left, float* w) {
  static_assert(S::kSums == S::kProducts, "each product is a sum");
  WeightSums shape(x.channels, g.channels);
  int64_t pairs = shape.size();
  int64_t all = kAllProducts<S> * pairs;
  Tiling tiling(samples, g.height, g.width, S::kOut);
  int parts = even_parts(smaller(parts_of<S>(tiling, x.channels, g.channels),
                                 larger(threads(), tiling.count / kTilesPerSums)));
  float* sums = scratch_floats(Slot::kPartials, parts * all);
  parallel_parts(parts, [&](int part) {
    BlockMemory memory(S::kPoints * S::kPoints, x.channels, kAllProducts<S>, g.channels, 0);
    bool start = true;
    each_block(tiling, part, parts, [&](int64_t first, int count) {
      transform_input<S>(x, tiling, first, count, top, left, memory.left);
      transform_cotangent<S>(g, tiling, first, count, memory.right);
      accumulate<S>(memory.left, memory.right, count, x.channels, g.channels, start,
                    sums + part * all);
      start = false;
    });
  });
  if (pairs == int64_t{x.channels} * g.channels) {
    return gather_weights<S>(sums, parts, pairs, w);
  }
  gather_weights<S>(sums, parts, pairs, sums);
  for (int64_t line = 0; line < int64_t{9} * x.channels; line++) {
    int64_t tap = line / x.channels;
    int64_t c = line % x.channels;
    std::memcpy(w + line * g.channels, sums + tap * pairs + c * shape.pitch,
                g.channels * sizeof(float));
  }
}

}  // namespace

bool winograd_pays(FilterUse use, const ConvShape& s) {
  return s.kernel_height == 3 && s.kernel_width == 3 && s.stride == 1 &&
         s.out_height >= kFewestPixels && s.out_width >= kFewestPixels &&
         filter_pays(use, s.channels, s.out_channels);
}

void winograd_conv(const ConvShape& s, const float* x, const float* w, const float* prepared,
                   const float* bias, Activation f, float* y) {
  Filter u = filter_of(FilterUse::kConv, s.channels, s.out_channels, w, prepared);
  convolve<FourByThree>({x, s.height, s.width, s.channels}, s.samples, s.top, s.left, u,
                        {y, s.out_height, s.out_width, s.out_channels, bias, f});
}

void winograd_input_grad(const ConvShape& s, const float* g, const float* w, const float* prepared,
                         float* x) {
  Filter u = filter_of(FilterUse::kConvInputGrad, s.channels, s.out_channels, w, prepared);
  convolve<FourByThree>({g, s.out_height, s.out_width, s.out_channels}, s.samples, 2 - s.top,
                        2 - s.left, u,
                        {x, s.height, s.width, s.channels, nullptr, Activation::kIdentity});
}

void winograd_weight_grad(const ConvShape& s, const float* x, const float* g, float* w) {
  weight_grad<FourByThree>({x, s.height, s.width, s.channels},
                           {g, s.out_height, s.out_width, s.out_channels}, s.samples, s.top, s.left,
                           w);
}

void doubled_conv(const DoubledShape& s, const float* x, const float* w, const float* prepared,
                  const float* bias, Activation f, float* y) {
  if (int64_t{s.samples} * s.height * s.width * s.outputs == 0) {
    return;
  }
  Filter u = filter_of(FilterUse::kDoubled, s.channels, s.outputs, w, prepared);
  convolve<Doubled>({x, s.height, s.width, s.channels}, s.samples, 1, 1, u,
                    {y, 2 * s.height, 2 * s.width, s.outputs, bias, f});
}

void doubled_input_grad(const DoubledShape& s, const float* g, const float* w,
                        const float* prepared, float* x) {
  int64_t floats = int64_t{s.samples} * s.height * s.width * s.channels;
  if (floats == 0 || s.outputs == 0) {
    return fill(x, floats, 0);
  }
  Filter u = filter_of(FilterUse::kDoubledInputGrad, s.channels, s.outputs, w, prepared);
  convolve<Halved>({g, 2 * s.height, 2 * s.width, s.outputs}, s.samples, 1, 1, u,
                   {x, s.height, s.width, s.channels, nullptr, Activation::kIdentity});
}

void doubled_weight_grad(const DoubledShape& s, const float* x, const float* g, float* w) {
  int64_t floats = int64_t{9} * s.channels * s.outputs;
  if (floats == 0 || int64_t{s.samples} * s.height * s.width == 0) {
    return fill(w, floats, 0);
  }
  weight_grad<Doubled>({x, s.height, s.width, s.channels},
                       {g, 2 * s.height, 2 * s.width, s.outputs}, s.samples, 1, 1, w);
}

}  // namespace hgn::HGN_ISA
