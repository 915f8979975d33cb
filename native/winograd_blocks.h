// The blocks of tiles into which a convolution of winograd.h is divided among threads: a block is
// transformed, multiplied and transformed back while it is in the L2 cache.
#pragma once

#include "memory.h"
#include "winograd_transforms.h"

namespace hgn::HGN_ISA {

constexpr int64_t kTilesGrain = int64_t{1} << 22;  // least number of multiply-adds per thread

// Tiles that are transformed at once: whole register tiles, of which a few use weights that were
// read once.
constexpr int kBlock = 24;

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

// Multiply-adds that take as long as the transforms of a number at one point of a tile.
constexpr int64_t kTransform = 8;

// Blocks for each thread from which on each block is a part: no thread then waits for long,
// whichever is slower.
constexpr int kManyBlocks = 16;

inline bool has_many_blocks(const Tiling& tiling) {
  return tiling.blocks() >= kManyBlocks * threads();
}

template <class S>
int parts_of(const Tiling& tiling, int left_channels, int right_channels) {
  int64_t blocks = tiling.blocks();
  if (has_many_blocks(tiling)) {
    return static_cast<int>(blocks);
  }
  int64_t left = padded(left_channels);
  int64_t right = padded(right_channels);
  int64_t work = kAllProducts<S> * (left * right + kTransform * (left + right));
  return even_parts(smaller(blocks, parts_for(tiling.count * work, kTilesGrain)));
}

// Tiles that are transformed at once.
struct Block {
  int64_t first;
  int count;
  int64_t next;  // where this thread is likely to go on; perhaps behind all tiles
};

// Calls body for the blocks of a part. If each block is a part they come in order, as the last part
// is claimed first; otherwise parts have equally many tiles.
template <class Body>
void each_block(const Tiling& tiling, int part, int parts, const Body& body) {
  if (has_many_blocks(tiling) && parts == tiling.blocks()) {
    int64_t first = int64_t{parts - 1 - part} * tiling.block;
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

}  // namespace hgn::HGN_ISA
