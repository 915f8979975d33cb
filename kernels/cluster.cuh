// Thread-block clusters: blocks that run at the same time and store into each other's shared
// memory. From compute capability 9.0 on; a kernel with __cluster_dims__ is compiled for those
// only, between #ifdef HGN_CLUSTERS and #endif.
//
// A block may store into another's shared memory only after a barrier of the cluster has shown that
// the other has started, and the other may end only after one that follows the store.
#pragma once

#include "common.cuh"

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 900
#define HGN_CLUSTERS
#endif

#ifdef __CUDACC__
namespace hgn {

// The block's number in its cluster.
__device__ inline int cluster_rank() {
  int rank;
  asm("mov.u32 %0, %%cluster_ctarank;" : "=r"(rank));
  return rank;
}

// A barrier of all threads of the cluster in two parts. What a thread has stored before it arrives
// is seen by all threads that have waited; in between it may do what does not depend on that.
__device__ inline void cluster_arrive() {
  asm volatile("barrier.cluster.arrive.release.aligned;" ::: "memory");
}

__device__ inline void cluster_wait() {
  asm volatile("barrier.cluster.wait.acquire.aligned;" ::: "memory");
}

// A place in the shared memory of the cluster's block of a rank: where `own` is in that of this
// block. Offsets count floats.
class Remote {
 public:
  __device__ Remote(const float* own, int rank) {
    asm("mapa.shared::cluster.u32 %0, %1, %2;"
        : "=r"(address_)
        : "r"(static_cast<unsigned>(__cvta_generic_to_shared(own))), "r"(rank));
  }

  __device__ void store(int offset, float v) const {
    asm volatile("st.shared::cluster.f32 [%0], %1;" ::"r"(address_ + 4 * offset), "f"(v)
                 : "memory");
  }

  __device__ void store4(int offset, float4 v) const {
    asm volatile("st.shared::cluster.v4.f32 [%0], {%1, %2, %3, %4};" ::"r"(address_ + 4 * offset),
                 "f"(v.x), "f"(v.y), "f"(v.z), "f"(v.w)
                 : "memory");
  }

 private:
  unsigned address_;
};

}  // namespace hgn
#endif

namespace hgn {

__device__ inline void cluster_sync() {
  cluster_arrive();
  cluster_wait();
}

}  // namespace hgn
