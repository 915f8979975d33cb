// The parts of an evaluation forward, and the products of both ways.
#include "parts.cuh"
#include "rollout_forward.cu"

#define HGN_UP(name, Outputs, Rows) \
  HGN_PART(name, OneBlock, (product<Outputs, Rows, false, true>(a, l, l.up, shared, 0)))
#define HGN_DOWN(name, Outputs, Rows) \
  HGN_PART(name, OneBlock, (product<Outputs, Rows, true, true>(a, l, l.down, shared, 0)))

HGN_UP(up_4x4, 4, 4)
HGN_UP(up_4x8, 4, 8)
HGN_UP(up_8x4, 8, 4)
HGN_UP(up_8x8, 8, 8)
HGN_DOWN(down_2x8, 2, 8)
HGN_DOWN(down_4x4, 4, 4)
HGN_DOWN(down_4x8, 4, 8)
HGN_DOWN(down_8x4, 8, 4)
HGN_DOWN(down_8x8, 8, 8)
HGN_PART(activate, OneBlock, activate<Softplus>(a, l, shared, false))
HGN_PART(descend, OneBlock, descend<Softplus>(a, l, shared))
HGN_PART(move, OneBlock, move_by_sums(a, shared, number))

// In a cluster, products with what becomes of them: where a warp has nothing else to do than to say
// what is to come, and where it has.

namespace {

template <int Rows, int Shift, int Turns, typename Blocks>
__device__ Kept<1> sums_of(Blocks& blocks, const Product& d, const Errand& own, float* shared,
                           int arriving) {
  return turns_of_product<Rows, Shift, Turns, 1>(d, own, shared, 0, [&] {
    blocks.wait();
    blocks.expect(arriving);
  });
}

template <int Rows, int Shift, int Turns, typename Blocks>
__device__ void share_up(Blocks& blocks, const Layer& l, float* shared) {
  Errand own = errand(l.up, shared);
  Biases bias(blocks, l, own, shared);
  Kept<1> sums = sums_of<Rows, Shift, Turns>(blocks, l.up, own, shared, 4 * l.out_quads);
  if (own.keeps()) {
    activate<Softplus>(blocks, shared, own, bias, false, sums);
  }
}

template <int Rows, int Shift, int Turns, typename Blocks>
__device__ void share_down(Blocks& blocks, const Layer& l, float* shared) {
  Errand own = errand(l.down, shared);
  Slopes slope(Activation::kSoftplus, own, shared);
  Kept<1> sums = sums_of<Rows, Shift, Turns>(blocks, l.down, own, shared, 4 * l.in_quads);
  if (own.keeps()) {
    descend(blocks, shared, own, slope, sums);
  }
}

template <int Rows, int Shift, int Turns, typename Blocks>
__device__ void share_of_state(Blocks& blocks, const Layer& l, float* shared) {
  Errand own = errand(l.down, shared);
  auto wait = [&] { blocks.wait(); };
  Kept<1> sums = turns_of_product<Rows, Shift, Turns, 1>(l.down, own, shared, 1, wait);
  store_sums(own, sums, shared);
}

template <int Rows, int Shift, int Turns, typename Blocks>
__device__ void share_and_move(Blocks& blocks, const Rollout& a, float* shared, int number) {
  const Product& d = a.layers[0].down;
  Errand own = errand(d, shared);
  Moved first = first_of(a, own, shared);
  auto wait = [&] { blocks.wait(); };
  bool half = !a.kick[number];
  Kept<1> sums = turns_of_product<Rows, Shift, Turns, 1>(d, own, shared, half, wait);
  if (own.keeps()) {
    move(blocks, a, shared, number, own, first, sums);
  }
  const ClusterBlocks& all = blocks;
  expect_later(all, state_floats(a, a.samples_per_block));
}

// To the last layer, after which a block says later what is to come.
template <int Rows, int Shift, int Turns>
__device__ void share_last(ClusterBlocks& blocks, const Layer& l, float* shared) {
  OtherWarps others(blocks);
  share_up<Rows, Shift, Turns>(others, l, shared);
  expect_later(blocks, 4 * l.out_quads);
}

}  // namespace

#define HGN_SHARE(name, Blocks, size, Rows, Shift, Turns)                                         \
  HGN_PART(name##_up_##size##_##Turns, Blocks, (share_up<Rows, Shift, Turns>(blocks, l, shared))) \
  HGN_PART(name##_down_##size##_##Turns, Blocks,                                                  \
           (share_down<Rows, Shift, Turns>(blocks, l, shared)))                                   \
  HGN_PART(name##_state_##size##_##Turns, Blocks,                                                 \
           (share_of_state<Rows, Shift, Turns>(blocks, l, shared)))                               \
  HGN_PART(name##_move_##size##_##Turns, Blocks,                                                  \
           (share_and_move<Rows, Shift, Turns>(blocks, a, shared, number)))
#define HGN_LAST(size, Rows, Shift, Turns)               \
  HGN_PART(cluster_last_##size##_##Turns, ClusterBlocks, \
           (share_last<Rows, Shift, Turns>(blocks, l, shared)))

#define HGN_SHARES(size, Rows, Shift, Turns)               \
  HGN_SHARE(cluster, OtherWarps, size, Rows, Shift, Turns) \
  HGN_SHARE(cluster_all, ClusterBlocks, size, Rows, Shift, Turns)

HGN_SHARES(2x8, 2, 3, 1)
HGN_SHARES(2x32, 2, 5, 1)
HGN_SHARES(2x32, 2, 5, 2)
HGN_SHARES(4x16, 4, 4, 1)
HGN_SHARES(4x32, 4, 5, 1)
HGN_SHARES(4x32, 4, 5, 2)
HGN_SHARES(4x32, 4, 5, 3)
HGN_SHARES(8x32, 8, 5, 1)
HGN_SHARES(8x32, 8, 5, 2)
HGN_SHARES(8x32, 8, 5, 3)
HGN_LAST(2x32, 2, 5, 2)
