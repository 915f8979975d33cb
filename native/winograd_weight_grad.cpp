// The gradients of the convolutions of winograd.h with respect to their weights: for each product
// of a tile a sum of outer products over all tiles, transformed to 3x3 weights in the end.
#include <cstring>
#include <type_traits>

#include "register_tiles.h"
#include "winograd.h"
#include "winograd_blocks.h"

namespace hgn::HGN_ISA {
namespace {

// Tiles that take as long as clearing, writing back and adding up a part's own sums of weights.
constexpr int64_t kTilesPerSums = 512;

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

void winograd_weight_grad(const ConvShape& s, const float* x, const float* g, float* w) {
  weight_grad<FourByThree>({x, s.height, s.width, s.channels},
                           {g, s.out_height, s.out_width, s.out_channels}, s.samples, s.top, s.left,
                           w);
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
