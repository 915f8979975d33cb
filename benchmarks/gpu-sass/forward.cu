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
HGN_PART(cluster_4x4, ClusterBlocks, share_of_product<4>(blocks, l.up, shared, 0))
HGN_PART(cluster_4x8, ClusterBlocks, share_of_product<8>(blocks, l.up, shared, 0))

HGN_PART(activate, OneBlock, activate<Softplus>(blocks, a, l, shared, false))
HGN_PART(descend, OneBlock, descend<Softplus>(blocks, a, l, shared))
HGN_PART(move, OneBlock, move(blocks, a, shared, number))
HGN_PART(cluster_activate, OtherWarps, activate<Softplus>(blocks, a, l, shared, false))
HGN_PART(cluster_descend, OtherWarps, descend<Softplus>(blocks, a, l, shared))
HGN_PART(cluster_move, OtherWarps, move(blocks, a, shared, number))
