// The parts of an evaluation backward, except for the products.
#include "parts.cuh"
#include "rollout_backward.cu"

#define HGN_DUAL(name, Blocks)                                                                  \
  HGN_PART(name##prepare, Blocks, prepare_dual(blocks, a, shared, Share(a, 1), 0, number))      \
  HGN_PART(name##keep, Blocks, keep_inputs(blocks, a, shared, Share(a, 1), number, 99, number)) \
  HGN_PART(name##activate_dual, Blocks, activate_dual<Softplus>(blocks, a, l, shared, false))   \
  HGN_PART(name##descend_dual, Blocks, descend_dual<Softplus>(blocks, a, l, shared))            \
  HGN_PART(name##pull_back, Blocks, pull_back(blocks, a, shared))

HGN_DUAL(, OneBlock)
HGN_DUAL(cluster_, OtherWarps)
