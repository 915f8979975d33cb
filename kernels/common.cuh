// Shared by the kernel sources: the grid-stride loop and 16-byte accesses.
//
// Any grid gives the right result: a thread starts at its index in the grid and advances by the
// number of threads. Such loops are not unrolled, since the compiler would count their iterations
// by a division in 64 bits, and stores that may alias the next loads leave nothing to overlap.
// Pointers may be aligned to an element only, since tensors may be views. If all pointers of a call
// are aligned to 16 bytes, four floats are moved at once.
#pragma once

#include <cstdint>

// Dynamic shared memory of the launch, as an array `name` of `type`.
#ifdef __CUDACC__
#define HGN_SHARED(type, name)                                        \
  extern __shared__ __align__(128) unsigned char hgn_shared_memory[]; \
  type* const name = reinterpret_cast<type*>(hgn_shared_memory)
#endif

namespace hgn {

__device__ inline int64_t grid_start() {
  return static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
}

__device__ inline int64_t grid_step() { return static_cast<int64_t>(gridDim.x) * blockDim.x; }

__device__ inline bool aligned(const void* p) { return (reinterpret_cast<uintptr_t>(p) & 15) == 0; }

__device__ inline float4 load4(const float* p) { return *reinterpret_cast<const float4*>(p); }

__device__ inline void store4(float* p, float4 v) { *reinterpret_cast<float4*>(p) = v; }

// y[i] = v.
__device__ inline void put(float* y, int64_t n, float v) {
  int64_t quads = aligned(y) ? n / 4 : 0;
#pragma unroll 1
  for (int64_t i = grid_start(); i < quads; i += grid_step()) {
    store4(y + 4 * i, make_float4(v, v, v, v));
  }
#pragma unroll 1
  for (int64_t i = 4 * quads + grid_start(); i < n; i += grid_step()) {
    y[i] = v;
  }
}

// y[i] = f(x[i]); y may be x.
template <class F>
__device__ void map(const float* x, float* y, int64_t n, const F& f) {
  int64_t quads = aligned(x) && aligned(y) ? n / 4 : 0;
#pragma unroll 1
  for (int64_t i = grid_start(); i < quads; i += grid_step()) {
    float4 v = load4(x + 4 * i);
    store4(y + 4 * i, make_float4(f(v.x), f(v.y), f(v.z), f(v.w)));
  }
#pragma unroll 1
  for (int64_t i = 4 * quads + grid_start(); i < n; i += grid_step()) {
    y[i] = f(x[i]);
  }
}

// r[i] = f(a[i], b[i]); r may be either.
template <class F>
__device__ void map(const float* a, const float* b, float* r, int64_t n, const F& f) {
  int64_t quads = aligned(a) && aligned(b) && aligned(r) ? n / 4 : 0;
#pragma unroll 1
  for (int64_t i = grid_start(); i < quads; i += grid_step()) {
    float4 u = load4(a + 4 * i);
    float4 v = load4(b + 4 * i);
    store4(r + 4 * i, make_float4(f(u.x, v.x), f(u.y, v.y), f(u.z, v.z), f(u.w, v.w)));
  }
#pragma unroll 1
  for (int64_t i = 4 * quads + grid_start(); i < n; i += grid_step()) {
    r[i] = f(a[i], b[i]);
  }
}

}  // namespace hgn
