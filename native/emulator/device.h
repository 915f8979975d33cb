// The part of CUDA C++ that the kernels use, for the host compiler. Included before each kernel
// file.
#pragma once

#ifdef HGN_EMULATOR_SCAN
// A marker by which the kernels' names are found in the preprocessed file.
#define __global__ hgn_emulated_kernel
#define __cluster_dims__(...) hgn_emulated_cluster(__VA_ARGS__)
#else
#define __global__
#define __cluster_dims__(...)
#endif

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ctime>

#include "block.h"
#include "cluster.h"
#include "races.h"

#define __device__
#define __host__
#define __constant__
#define __grid_constant__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __align__(bytes) __attribute__((aligned(bytes)))

// The blocks of a cluster would share it, but no kernel with clusters has static shared memory.
#define __shared__ static thread_local
#define HGN_SHARED(type, name) type* const name = static_cast<type*>(hgn::emulator::shared_memory())

#define threadIdx (hgn::emulator::current->index)
#define blockIdx (hgn::emulator::current->block->index())
#define blockDim (hgn::emulator::current->block->launch().block)
#define gridDim (hgn::emulator::current->block->launch().grid)
constexpr int warpSize = 32;

#ifdef HGN_EMULATOR_RACES
#define HGN_UNWATCHED __attribute__((no_sanitize("thread"), noinline))
#else
#define HGN_UNWATCHED
#endif

namespace hgn::emulator {

inline void* shared_memory() { return current->block->shared(); }

template <typename T>
uint64_t to_bits(T value) {
  static_assert(sizeof(T) <= 8, "a lane passes at most 8 bytes");
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(T));
  return bits;
}

template <typename T>
T from_bits(uint64_t bits) {
  T value;
  std::memcpy(&value, &bits, sizeof(T));
  return value;
}

// The value of `lane` of the mask; for a missing lane, bits that no result should contain.
template <typename T>
T from_lane(unsigned mask, T value, unsigned lane) {
  auto exchange = current->block->gather(mask, to_bits(value));
  return from_bits<T>((exchange.present >> lane & 1) != 0 ? exchange.values[lane] : ~uint64_t{0});
}

// A result that is not contracted with what is done to it, where the compiler contracts.
template <typename T>
T rounded(T value) {
#ifdef HGN_EMULATOR_CONTRACTION
  asm("" : "+x"(value));
#endif
  return value;
}

template <typename T, typename Combine>
T reduce(unsigned mask, T value, Combine combine) {
  auto exchange = current->block->gather(mask, to_bits(value));
  T result = value;
  bool first = true;
  for (unsigned lane = 0; lane < 32; lane++) {
    if ((exchange.present >> lane & 1) != 0) {
      T other = from_bits<T>(exchange.values[lane]);
      result = first ? other : combine(result, other);
      first = false;
    }
  }
  return result;
}

template <typename T, typename Update>
HGN_UNWATCHED T atomically(T* address, Update update) {
#ifdef HGN_EMULATOR_RACES
  hgn_emulator_before_atomic(address, sizeof(T));
#endif
  T old;
  __atomic_load(address, &old, __ATOMIC_RELAXED);
  for (;;) {
    T desired = update(old);
    if (__atomic_compare_exchange(address, &old, &desired, true, __ATOMIC_RELAXED,
                                  __ATOMIC_RELAXED)) {
      break;
    }
  }
#ifdef HGN_EMULATOR_RACES
  hgn_emulator_after_atomic();
#endif
  return old;
}

}  // namespace hgn::emulator

// ---- vector types

#ifdef HGN_EMULATOR_RACES
// Vectors that refuse to lie where the device could not load or store them at once. The compiler
// takes their alignment for granted, so it must not know where the address comes from.
template <size_t alignment>
inline void check_alignment(const void* vector) {
  uintptr_t address = reinterpret_cast<uintptr_t>(vector);
  asm("" : "+r"(address));
  if ((address & (alignment - 1)) != 0) {
    hgn_emulator_misaligned(vector, alignment);
  }
}

#define HGN_VECTOR(T, name, bytes)                                             \
  struct alignas(bytes / 2) name##2 {                                          \
    T x, y;                                                                    \
    name##2() = default;                                                       \
    name##2(T a, T b) : x(a), y(b) {}                                          \
    name##2(const name##2 & v) : x(v.x), y(v.y) { v.check(); }                 \
    name##2 & operator=(const name##2 & v) {                                   \
      check();                                                                 \
      v.check();                                                               \
      x = v.x, y = v.y;                                                        \
      return *this;                                                            \
    }                                                                          \
    void check() const { check_alignment<bytes / 2>(this); }                   \
  };                                                                           \
  struct name##3 {                                                             \
    T x, y, z;                                                                 \
  };                                                                           \
  struct alignas(bytes <= 16 ? bytes : 16) name##4 {                           \
    T x, y, z, w;                                                              \
    name##4() = default;                                                       \
    name##4(T a, T b, T c, T d) : x(a), y(b), z(c), w(d) {}                    \
    name##4(const name##4 & v) : x(v.x), y(v.y), z(v.z), w(v.w) { v.check(); } \
    name##4 & operator=(const name##4 & v) {                                   \
      check();                                                                 \
      v.check();                                                               \
      x = v.x, y = v.y, z = v.z, w = v.w;                                      \
      return *this;                                                            \
    }                                                                          \
    void check() const { check_alignment<(bytes <= 16 ? bytes : 16)>(this); }  \
  };                                                                           \
  inline name##2 make_##name##2(T x, T y) { return {x, y}; }                   \
  inline name##3 make_##name##3(T x, T y, T z) { return {x, y, z}; }           \
  inline name##4 make_##name##4(T x, T y, T z, T w) { return {x, y, z, w}; }
#else
#define HGN_VECTOR(T, name, bytes)                                   \
  struct alignas(bytes / 2) name##2 {                                \
    T x, y;                                                          \
  };                                                                 \
  struct name##3 {                                                   \
    T x, y, z;                                                       \
  };                                                                 \
  struct alignas(bytes <= 16 ? bytes : 16) name##4 {                 \
    T x, y, z, w;                                                    \
  };                                                                 \
  inline name##2 make_##name##2(T x, T y) { return {x, y}; }         \
  inline name##3 make_##name##3(T x, T y, T z) { return {x, y, z}; } \
  inline name##4 make_##name##4(T x, T y, T z, T w) { return {x, y, z, w}; }
#endif

HGN_VECTOR(float, float, 16)
HGN_VECTOR(int, int, 16)
HGN_VECTOR(unsigned, uint, 16)
HGN_VECTOR(double, double, 32)
#undef HGN_VECTOR

using dim3 = hgn::emulator::Extent;

// ---- barriers, votes and shuffles

inline void __syncthreads() { hgn::emulator::current->block->barrier(false); }
inline int __syncthreads_count(int vote) {
  return static_cast<int>(hgn::emulator::current->block->barrier(vote != 0));
}
inline int __syncthreads_or(int vote) { return __syncthreads_count(vote) != 0; }
inline int __syncthreads_and(int vote) { return __syncthreads_count(vote == 0) == 0; }

inline void __syncwarp(unsigned mask = 0xffffffffu) {
  hgn::emulator::current->block->order_warp(mask);
}

inline unsigned __activemask() { return 1u << hgn::emulator::current->lane(); }

template <typename T>
T __shfl_sync(unsigned mask, T value, int source, int width = 32) {
  unsigned lane = hgn::emulator::current->lane();
  unsigned w = static_cast<unsigned>(width);
  return hgn::emulator::from_lane(mask, value,
                                  (lane & ~(w - 1)) + (static_cast<unsigned>(source) & (w - 1)));
}

template <typename T>
T __shfl_xor_sync(unsigned mask, T value, int pattern, int width = 32) {
  unsigned lane = hgn::emulator::current->lane();
  unsigned w = static_cast<unsigned>(width);
  unsigned source = lane ^ static_cast<unsigned>(pattern);
  return hgn::emulator::from_lane(mask, value, source < (lane & ~(w - 1)) + w ? source : lane);
}

template <typename T>
T __shfl_down_sync(unsigned mask, T value, unsigned delta, int width = 32) {
  unsigned lane = hgn::emulator::current->lane();
  unsigned w = static_cast<unsigned>(width);
  return hgn::emulator::from_lane(mask, value, (lane & (w - 1)) + delta < w ? lane + delta : lane);
}

template <typename T>
T __shfl_up_sync(unsigned mask, T value, unsigned delta, int width = 32) {
  unsigned lane = hgn::emulator::current->lane();
  unsigned w = static_cast<unsigned>(width);
  return hgn::emulator::from_lane(mask, value, (lane & (w - 1)) >= delta ? lane - delta : lane);
}

inline unsigned __ballot_sync(unsigned mask, int predicate) {
  unsigned bit = predicate != 0 ? 1u << hgn::emulator::current->lane() : 0u;
  return hgn::emulator::reduce(mask, bit, [](unsigned a, unsigned b) { return a | b; });
}
inline int __any_sync(unsigned mask, int predicate) { return __ballot_sync(mask, predicate) != 0; }
inline int __all_sync(unsigned mask, int predicate) {
  return __ballot_sync(mask, predicate == 0) == 0;
}

template <typename T>
T __reduce_add_sync(unsigned mask, T value) {
  return hgn::emulator::reduce(mask, value, [](T a, T b) { return a + b; });
}
template <typename T>
T __reduce_max_sync(unsigned mask, T value) {
  return hgn::emulator::reduce(mask, value, [](T a, T b) { return a > b ? a : b; });
}
template <typename T>
T __reduce_min_sync(unsigned mask, T value) {
  return hgn::emulator::reduce(mask, value, [](T a, T b) { return a < b ? a : b; });
}

// ---- clusters, as kernels/cluster.cuh has them

namespace hgn {

inline int cluster_rank() {
  const emulator::Block& block = *emulator::current->block;
  return static_cast<int>(block.index().x % block.launch().cluster);
}

inline void cluster_arrive() { emulator::current->block->cluster().arrive(); }
inline void cluster_wait() { emulator::current->block->cluster().wait(); }

class Delivery {
 public:
  explicit Delivery(void* place) : place_(place) {}

  void init() const { cluster().init_counter(place_); }
  void expect(int bytes) const { cluster().expect(place_, static_cast<size_t>(bytes)); }
  void wait(int parity) const { cluster().wait_for_bytes(place_, static_cast<unsigned>(parity)); }
  template <typename T>
  void store(T* own, int rank, T value) const {
#ifdef HGN_EMULATOR_RACES
    hgn_emulator_async_store(cluster().map(own, static_cast<unsigned>(rank)), sizeof(T));
#endif
    cluster().store_async(own, static_cast<unsigned>(rank), &value, sizeof(T), place_);
  }

 private:
  static emulator::Cluster& cluster() { return emulator::current->block->cluster(); }

  void* place_;
};

}  // namespace hgn

// ---- memory

template <typename T>
T atomicAdd(T* address, std::common_type_t<T> value) {
  return hgn::emulator::atomically(address, [value](T old) { return static_cast<T>(old + value); });
}
template <typename T>
T atomicMax(T* address, std::common_type_t<T> value) {
  return hgn::emulator::atomically(address, [value](T old) { return old > value ? old : value; });
}
template <typename T>
T atomicMin(T* address, std::common_type_t<T> value) {
  return hgn::emulator::atomically(address, [value](T old) { return old < value ? old : value; });
}
template <typename T>
T atomicOr(T* address, std::common_type_t<T> value) {
  return hgn::emulator::atomically(address, [value](T old) { return old | value; });
}
template <typename T>
T atomicAnd(T* address, std::common_type_t<T> value) {
  return hgn::emulator::atomically(address, [value](T old) { return old & value; });
}
template <typename T>
T atomicExch(T* address, std::common_type_t<T> value) {
  return hgn::emulator::atomically(address, [value](T) { return value; });
}
template <typename T>
T atomicCAS(T* address, std::common_type_t<T> compare, std::common_type_t<T> value) {
  return hgn::emulator::atomically(
      address, [compare, value](T old) { return old == compare ? value : old; });
}

#ifdef HGN_EMULATOR_RACES
inline void __threadfence() { hgn_emulator_fence(); }
#else
inline void __threadfence() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
#endif
inline void __threadfence_block() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
inline void __threadfence_system() { __threadfence(); }

// Loads and stores with a hint on caching.
template <typename T>
T __ldg(const T* address) {
  return *address;
}
template <typename T>
T __ldcg(const T* address) {
  return *address;
}
template <typename T>
T __ldcs(const T* address) {
  return *address;
}
template <typename T>
void __stcg(T* address, std::common_type_t<T> value) {
  *address = value;
}
template <typename T>
void __stcs(T* address, std::common_type_t<T> value) {
  *address = value;
}

[[noreturn]] inline void __trap() {
  hgn::emulator::current->block->stop(hgn::emulator::Fault::kTrap);
}

void hgn_emulator_nap();
inline void __nanosleep(unsigned) { hgn_emulator_nap(); }
inline long long clock64() { return static_cast<long long>(std::clock()); }

// ---- arithmetic

using std::isfinite;
using std::isinf;
using std::isnan;

#define HGN_MINMAX(T)                              \
  inline T min(T a, T b) { return b < a ? b : a; } \
  inline T max(T a, T b) { return a < b ? b : a; }
HGN_MINMAX(int)
HGN_MINMAX(unsigned)
HGN_MINMAX(long)
HGN_MINMAX(unsigned long)
HGN_MINMAX(long long)
HGN_MINMAX(unsigned long long)
#undef HGN_MINMAX
inline float min(float a, float b) { return fminf(a, b); }
inline float max(float a, float b) { return fmaxf(a, b); }
inline double min(double a, double b) { return fmin(a, b); }
inline double max(double a, double b) { return fmax(a, b); }

inline float rsqrtf(float x) { return 1.0f / sqrtf(x); }
inline double rsqrt(double x) { return 1.0 / sqrt(x); }
inline float __expf(float x) { return expf(x); }
inline float __logf(float x) { return logf(x); }
inline float __sinf(float x) { return sinf(x); }
inline float __cosf(float x) { return cosf(x); }
inline float __powf(float x, float y) { return powf(x, y); }
inline float __fdividef(float x, float y) { return x / y; }
inline float __frcp_rn(float x) { return 1.0f / x; }
inline float __fsqrt_rn(float x) { return sqrtf(x); }
inline float __fdiv_rn(float x, float y) { return x / y; }
inline float __fadd_rn(float x, float y) { return hgn::emulator::rounded(x + y); }
inline float __fsub_rn(float x, float y) { return hgn::emulator::rounded(x - y); }
inline float __fmul_rn(float x, float y) { return hgn::emulator::rounded(x * y); }
inline double __dadd_rn(double x, double y) { return hgn::emulator::rounded(x + y); }
inline double __dsub_rn(double x, double y) { return hgn::emulator::rounded(x - y); }
inline double __dmul_rn(double x, double y) { return hgn::emulator::rounded(x * y); }
inline float __fmaf_rn(float x, float y, float z) { return fmaf(x, y, z); }
inline float __saturatef(float x) { return fminf(fmaxf(x, 0.0f), 1.0f); }
inline void sincospif(float x, float* sine, float* cosine) {
  double angle = 3.14159265358979323846 * static_cast<double>(x);
  *sine = static_cast<float>(std::sin(angle));
  *cosine = static_cast<float>(std::cos(angle));
}
inline float sinpif(float x) {
  return static_cast<float>(std::sin(3.14159265358979323846 * static_cast<double>(x)));
}
inline float cospif(float x) {
  return static_cast<float>(std::cos(3.14159265358979323846 * static_cast<double>(x)));
}

inline unsigned __umulhi(unsigned a, unsigned b) {
  return static_cast<unsigned>(static_cast<uint64_t>(a) * b >> 32);
}
inline unsigned long long __umul64hi(unsigned long long a, unsigned long long b) {
  return static_cast<unsigned long long>(static_cast<unsigned __int128>(a) * b >> 64);
}
inline int __clz(int x) { return x == 0 ? 32 : __builtin_clz(static_cast<unsigned>(x)); }
inline int __ffs(int x) { return __builtin_ffs(x); }
inline int __popc(unsigned x) { return __builtin_popcount(x); }

inline int __float_as_int(float x) {
  return hgn::emulator::from_bits<int>(hgn::emulator::to_bits(x));
}
inline unsigned __float_as_uint(float x) {
  return hgn::emulator::from_bits<unsigned>(hgn::emulator::to_bits(x));
}
inline float __int_as_float(int x) {
  return hgn::emulator::from_bits<float>(hgn::emulator::to_bits(x));
}
inline float __uint_as_float(unsigned x) {
  return hgn::emulator::from_bits<float>(hgn::emulator::to_bits(x));
}
inline float __uint2float_rn(unsigned x) { return static_cast<float>(x); }
inline float __int2float_rn(int x) { return static_cast<float>(x); }
