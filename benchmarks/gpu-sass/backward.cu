// The parts of an evaluation backward, except for the products of one block.
#include "parts.cuh"
#include "rollout_backward.cu"

#define HGN_DUAL(name, Blocks)                                                                  \
  HGN_PART(name##prepare, Blocks, prepare_dual(blocks, a, shared, Share(a, 1), 0, number))      \
  HGN_PART(name##keep, Blocks, keep_inputs(blocks, a, shared, Share(a, 1), number, 99, number)) \
  HGN_PART(name##pull_back, Blocks, pull_back(blocks, a, shared))

HGN_DUAL(, OneBlock)
HGN_DUAL(cluster_, OtherWarps)
HGN_PART(activate_dual, OneBlock, activate_dual<Softplus>(a, l, shared, false))
HGN_PART(descend_dual, OneBlock, descend_dual<Softplus>(a, l, shared))

// In a cluster, products with what becomes of them: where a warp has nothing else to do than to say
// what is to come, and where it has.

namespace {

template <int Rows, int Shift, int Turns, typename Blocks>
__device__ Kept<2> sums_of(Blocks& blocks, const Product& d, const Errand& own, float* shared,
                           int arriving) {
  return turns_of_product<Rows, Shift, Turns, 2>(d, own, shared, 0, [&] {
    blocks.wait();
    blocks.expect(arriving);
  });
}

template <int Rows, int Shift, int Turns, typename Blocks>
__device__ void share_up(Blocks& blocks, const Layer& l, float* shared) {
  int tangents = held(4 * l.out_quads);
  Errand own = errand(l.up, shared);
  Biases bias(blocks, l, own, shared);
  Kept<2> sums = sums_of<Rows, Shift, Turns>(blocks, l.up, own, shared, 2 * tangents);
  if (own.keeps()) {
    activate_dual<Softplus>(blocks, shared, own, bias, false, tangents, sums);
  }
}

template <int Rows, int Shift, int Turns, typename Blocks>
__device__ void share_down(Blocks& blocks, const Layer& l, float* shared) {
  int tangents = held(4 * l.in_quads);
  Errand own = errand(l.down, shared);
  Curves curves(Activation::kSoftplus, own, shared, tangents);
  Kept<2> sums = sums_of<Rows, Shift, Turns>(blocks, l.down, own, shared, 2 * tangents);
  if (own.keeps()) {
    descend_dual(blocks, shared, own, curves, tangents, sums);
  }
}

// To the last layer, after which a block says later what is to come.
template <int Rows, int Shift, int Turns>
__device__ void share_last(ClusterBlocks& blocks, const Layer& l, float* shared) {
  OtherWarps others(blocks);
  share_up<Rows, Shift, Turns>(others, l, shared);
  expect_later(blocks, 8 * l.out_quads);
}

}  // namespace

#define HGN_SHARE(name, Blocks, size, Rows, Shift, Turns)     \
  HGN_PART(name##_up_dual_##size##_##Turns, Blocks,           \
           (share_up<Rows, Shift, Turns>(blocks, l, shared))) \
  HGN_PART(name##_down_dual_##size##_##Turns, Blocks,         \
           (share_down<Rows, Shift, Turns>(blocks, l, shared)))
#define HGN_LAST(size, Rows, Shift, Turns)                    \
  HGN_PART(cluster_last_dual_##size##_##Turns, ClusterBlocks, \
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
