// Thread-block clusters: blocks that run at the same time and store into each other's shared
// memory. From compute capability 9.0 on; a kernel with __cluster_dims__ is compiled for those
// only, between #ifdef HGN_CLUSTERS and #endif.
//
// A block may store into another's shared memory only after a barrier of the cluster has shown that
// the other has started, and the other may end only when it has waited for all that is stored.
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

// A barrier of all threads of the cluster in two parts. It also waits for all stores to global
// memory, so it is for the start of a kernel only.
__device__ inline void cluster_arrive() {
  asm volatile("barrier.cluster.arrive.release.aligned;" ::: "memory");
}

__device__ inline void cluster_wait() {
  asm volatile("barrier.cluster.wait.acquire.aligned;" ::: "memory");
}

// Counts the bytes that others store into this block's shared memory, in phases: one ends when as
// many bytes as were expected have arrived. An mbarrier of eight bytes in shared memory, at the
// same place in all blocks.
class Delivery {
 public:
  __device__ explicit Delivery(void* place)
      : place_(static_cast<unsigned>(__cvta_generic_to_shared(place))) {}

  // By one thread, before a barrier of the cluster.
  __device__ void init() const {
    asm volatile("mbarrier.init.shared::cta.b64 [%0], 1;" ::"r"(place_) : "memory");
    asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
  }

  // By one thread, once a phase.
  __device__ void expect(int bytes) const {
    asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(place_), "r"(bytes)
                 : "memory");
  }

  // Waits for the end of the phase of that parity, 0 for the first. Acquires at the scope of the
  // cluster, as the stores release.
  __device__ void wait(int parity) const {
    unsigned done;
    do {
      asm volatile(
          "{\n\t"
          ".reg .pred done;\n\t"
          "mbarrier.try_wait.parity.acquire.cluster.shared::cta.b64 done, [%1], %2;\n\t"
          "selp.u32 %0, 1, 0, done;\n\t"
          "}"
          : "=r"(done)
          : "r"(place_), "r"(parity)
          : "memory");
    } while (done == 0);
  }

  // Stores to the block of a rank, where `own` is in this block's shared memory.
  __device__ void store(float* own, int rank, float v) const {
    asm volatile(
        "st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.f32 [%0], %1, [%2];" ::"r"(
            mapped(own, rank)),
        "f"(v), "r"(mapped(place_, rank))
        : "memory");
  }

  __device__ void store(float4* own, int rank, float4 v) const {
    asm volatile(
        "st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.v4.f32 [%0], {%1, %2, %3, %4}, "
        "[%5];" ::"r"(mapped(own, rank)),
        "f"(v.x), "f"(v.y), "f"(v.z), "f"(v.w), "r"(mapped(place_, rank))
        : "memory");
  }

 private:
  static __device__ unsigned mapped(const void* own, int rank) {
    return mapped(static_cast<unsigned>(__cvta_generic_to_shared(own)), rank);
  }

  static __device__ unsigned mapped(unsigned own, int rank) {
    unsigned there;
    asm("mapa.shared::cluster.u32 %0, %1, %2;" : "=r"(there) : "r"(own), "r"(rank));
    return there;
  }

  unsigned place_;
};

}  // namespace hgn
#endif

namespace hgn {

__device__ inline void cluster_sync() {
  cluster_arrive();
  cluster_wait();
}

}  // namespace hgn
