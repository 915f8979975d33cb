// Wraps parts of an evaluation into kernels of their own, so that their instructions can be told
// apart. Compiled, never run.
#pragma once

#include "rollout_setup.cuh"

namespace hgn::rollout {

// A cluster whose last warp expects what is to be stored, while the warps that are counted do the
// rest.
struct OtherWarps : ClusterBlocks {
  using ClusterBlocks::ClusterBlocks;
  __device__ explicit OtherWarps(const ClusterBlocks& all) : ClusterBlocks(all) {}
  __device__ void expect(int) const {}
};

}  // namespace hgn::rollout

// A kernel that calls `call` with a Rollout a, the number of a layer or move, the layer l, shared
// memory, and the blocks that share samples.
#define HGN_PART(name, Blocks, call)                               \
  extern "C" __global__ void __launch_bounds__(kThreads)           \
      part_##name(const __grid_constant__ Rollout a, int number) { \
    HGN_SHARED(float4, memory);                                    \
    float* shared = reinterpret_cast<float*>(memory);              \
    const Layer& l = a.layers[number];                             \
    Blocks blocks(shared + a.mail);                                \
    call;                                                          \
    __syncthreads();                                               \
    (void)l, (void)blocks;                                         \
  }
