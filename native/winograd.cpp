// Blocks of tiles are transformed, multiplied and transformed back while they are in the L2 cache.
#include "winograd.h"

#include <cstring>
#include <type_traits>

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

// Tiles that are transformed at once: whole register tiles, of which a few use weights that were
// read once, but fewer where a block's floats would leave no room in L2 for what comes next.
constexpr int kBlock = 24;
constexpr int kSmallBlock = 12;
constexpr int64_t kRoom = 400 << 10;  // bytes

int block_for(int left_planes, int left_channels, int right_planes, int right_channels) {
  int64_t floats =
      int64_t{left_planes} * padded(left_channels) + int64_t{right_planes} * padded(right_channels);
  return floats * kBlock * int64_t{sizeof(float)} > kRoom ? kSmallBlock : kBlock;
}

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

// Steps of `multiply`.
template <class S>
int64_t product_steps(int count, int channels, const Filter& u) {
  int64_t tiles = ceil_div(count, kProductRows[u.panels.vectors]);
  return kAllProducts<S> * u.panels.count * tiles * channels;
}

// M_s = sum of V_p U_k for a block of tiles; rows beyond `count` up to a whole register tile are
// computed from undefined data and not used.
template <class S>
void multiply(const Tiling& tiling, const float* v, int count, int channels, const Filter& u,
              int outputs, Ahead ahead, float* m) {
  int64_t a_pitch = padded(channels);
  int64_t m_pitch = padded(outputs);
  for (int k = 0; k < kAllProducts<S>; k++) {
    Product<S> product(k);
    const float* a = v + product.point * tiling.plane(channels);
    for (int panel = 0; panel < u.panels.count; panel++) {
      int vectors = u.panels.vectors_of(panel);
      const float* b = u.view.data + panel * u.view.panel_stride + k * u.view.tap_stride;
      float* to = m + product.sum * tiling.plane(outputs) + panel * u.panels.width();
      auto tiles = [&](auto& ask) {
        auto tile = kProductTiles<std::decay_t<decltype(ask)>>[vectors];
        for (int row = 0; row < count; row += kProductRows[vectors]) {
          tile(a + row * a_pitch, a_pitch, channels, b, u.view.row_stride, product.first,
               to + row * m_pitch, m_pitch, ask);
          ask.advance(channels);
        }
      };
      if (has_time_to_ask(vectors)) {
        tiles(ahead);
      } else {
        NothingAhead nothing;
        tiles(nothing);
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
  int64_t blocks = tiling.blocks();
  if (blocks >= kManyBlocks * threads()) {
    return static_cast<int>(blocks);
  }
  int64_t left = padded(left_channels);
  int64_t right = padded(right_channels);
  int64_t work = kAllProducts<S> * (left * right + kTransform * (left + right));
  return even_parts(smaller(blocks, parts_for(tiling.count * work, kGrain)));
}

// Tiles that are transformed at once.
struct Block {
  int64_t first;
  int count;
  int64_t next;  // where this thread is likely to go on; perhaps behind all tiles
};

// Calls body for the blocks of a part. Parts have as many tiles if they are not a block each.
template <class Body>
void each_block(const Tiling& tiling, int part, int parts, const Body& body) {
  if (parts == tiling.blocks()) {
    int64_t first = int64_t{parts - 1 - part} * tiling.block;  // the last part is claimed first
    int64_t next = first + int64_t{threads()} * tiling.block;
    body(Block{first, static_cast<int>(smaller(tiling.block, tiling.count - first)), next});
    return;
  }
  int64_t end = tiling.count * (part + 1) / parts;
  for (int64_t first = tiling.count * part / parts; first < end; first += tiling.block) {
    int64_t next = first + tiling.block < end ? first + tiling.block : tiling.count;
    body(Block{first, static_cast<int>(smaller(tiling.block, end - first)), next});
  }
}

// This thread's memory for a block's planes on both sides of the products, and for the outputs of a
// partial tile.
struct BlockMemory {
  float* left;
  float* right;
  float* room;

  BlockMemory(const Tiling& tiling, int left_planes, int left_channels, int right_planes,
              int right_channels, int outputs) {
    int64_t lefts = left_planes * tiling.plane(left_channels);
    int64_t rights = right_planes * tiling.plane(right_channels);
    left = scratch_floats(Slot::kTiles, lefts + rights + int64_t{outputs} * right_channels);
    right = left + lefts;
    room = right + rights;
  }
};

// A convolution: of x, whose tiles start (top, left) before their outputs' first pixel.
template <class S>
void convolve(const Images& x, int samples, int top, int left, const Filter& u, const Outputs& y) {
  constexpr int points = S::kPoints * S::kPoints;
  constexpr int results = S::kSums * S::kSums;
  int block = block_for(points, x.channels, results, y.channels);
  Tiling tiling(samples, y.height, y.width, S::kOut, block);
  int parts = parts_of<S>(tiling, x.channels, y.channels);
  Images images = {y.data, y.height, y.width, y.channels};
  parallel_parts(parts, [&](int part) {
    BlockMemory memory(tiling, points, x.channels, results, y.channels, S::kOut * S::kOut);
    each_block(tiling, part, parts, [&](Block block) {
      Ahead ahead(seen_by(tiling, block.next, tiling.block, x, S::kStep, top, S::kIn),
                  seen_by(tiling, block.first, block.count, images, S::kOut, 0, S::kOut),
                  product_steps<S>(block.count, x.channels, u));
      transform_input<S>(x, tiling, block.first, block.count, top, left, memory.left);
      multiply<S>(tiling, memory.left, block.count, x.channels, u, y.channels, ahead, memory.right);
      transform_output<S>(memory.right, tiling, block.first, block.count, y, memory.room);
    });
  });
}

// Sums of weights: an even number of rows for the channels, whole vectors for the outputs.
struct WeightSums {
  int rows;
  int pitch;

  WeightSums(int channels, int outputs) : rows((channels + 1) / 2 * 2), pitch(padded(outputs)) {}

  int64_t size() const { return int64_t{rows} * pitch; }

  // Register tiles at each point.
  int64_t tiles() const {
    return ceil_div(rows, kOuterRows) * ceil_div(pitch, int64_t{kFilterVectors} * kLanes);
  }
};

// sums_k += V_p^T P_k for a block of tiles.
template <class S>
void accumulate(const Tiling& tiling, const float* v, const float* p, int count, int channels,
                int outputs, bool first, Ahead ahead, float* sums) {
  WeightSums shape(channels, outputs);
  int vectors = shape.pitch / kLanes;
  int64_t a_pitch = padded(channels);
  for (int k = 0; k < kAllProducts<S>; k++) {
    const float* a = v + Product<S>(k).point * tiling.plane(channels);
    const float* b = p + k * tiling.plane(outputs);
    float* to = sums + k * shape.size();
    for (int o = 0; o < vectors; o += kFilterVectors) {
      int some = static_cast<int>(smaller(kFilterVectors, vectors - o));
      auto tiles = [&](auto& ask) {
        for (int c = 0; c < shape.rows; c += kOuterRows) {
          int rows = static_cast<int>(smaller(kOuterRows, shape.rows - c));
          outer_tile_for<std::decay_t<decltype(ask)>>(rows, some)(
              a + c, a_pitch, b + o * kLanes, shape.pitch, count, first,
              to + int64_t{c} * shape.pitch + o * kLanes, shape.pitch, ask);
          ask.advance(count);
        }
      };
      if (has_time_to_ask(some)) {
        tiles(ahead);
      } else {
        NothingAhead nothing;
        tiles(nothing);
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
  Tiling tiling(samples, g.height, g.width, S::kOut, kBlock);
  int parts = even_parts(smaller(parts_of<S>(tiling, x.channels, g.channels),
                                 larger(threads(), tiling.count / kTilesPerSums)));
  float* sums = scratch_floats(Slot::kPartials, parts * all);
  parallel_parts(parts, [&](int part) {
    BlockMemory memory(tiling, S::kPoints * S::kPoints, x.channels, kAllProducts<S>, g.channels, 0);
    bool start = true;
    each_block(tiling, part, parts, [&](Block block) {
      Ahead ahead(seen_by(tiling, block.next, tiling.block, x, S::kStep, top, S::kIn),
                  seen_by(tiling, block.next, tiling.block, g, S::kOut, 0, S::kOut),
                  shape.tiles() * kAllProducts<S> * block.count);
      transform_input<S>(x, tiling, block.first, block.count, top, left, memory.left);
      transform_cotangent<S>(g, tiling, block.first, block.count, memory.right);
      accumulate<S>(tiling, memory.left, memory.right, block.count, x.channels, g.channels, start,
                    ahead, sums + part * all);
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
