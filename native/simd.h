// Vectors of the instruction set that this translation unit is compiled for.
//
// HGN_ISA names the namespace and HGN_VECTOR_BYTES the width of a register; both come from the
// build. Everything here is in that namespace, so that no two instruction sets share a symbol.
#pragma once

#include <cstdint>
#include <cstring>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hgn::HGN_ISA {

constexpr int kLanes = HGN_VECTOR_BYTES / 4;
typedef float Vec __attribute__((vector_size(HGN_VECTOR_BYTES)));
typedef int32_t IntVec __attribute__((vector_size(HGN_VECTOR_BYTES)));
typedef uint32_t WordVec __attribute__((vector_size(HGN_VECTOR_BYTES)));
typedef float UnalignedVec __attribute__((vector_size(HGN_VECTOR_BYTES), aligned(4), may_alias));

template <int... Lane>
struct LaneList {};
#if HGN_VECTOR_BYTES == 64
using AllLanes = LaneList<0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15>;
#elif HGN_VECTOR_BYTES == 32
using AllLanes = LaneList<0, 1, 2, 3, 4, 5, 6, 7>;
#else
using AllLanes = LaneList<0, 1, 2, 3>;
#endif

inline Vec load(const float* p) { return *reinterpret_cast<const UnalignedVec*>(p); }
inline void store(float* p, Vec v) { *reinterpret_cast<UnalignedVec*>(p) = v; }
inline Vec broadcast(float x) { return x - Vec{}; }

// The first n < kLanes floats, zeros behind them.
inline Vec load_part(const float* p, int64_t n) {
#if HGN_VECTOR_BYTES == 64 && defined(__AVX512F__)
  __mmask16 mask = static_cast<__mmask16>((1u << n) - 1);
  return reinterpret_cast<Vec>(_mm512_maskz_loadu_ps(mask, p));
#else
  float lanes[kLanes] = {};
  std::memcpy(lanes, p, (n & (kLanes - 1)) * sizeof(float));
  return load(lanes);
#endif
}
inline void store_part(float* p, Vec v, int64_t n) {
#if HGN_VECTOR_BYTES == 64 && defined(__AVX512F__)
  __mmask16 mask = static_cast<__mmask16>((1u << n) - 1);
  _mm512_mask_storeu_ps(p, mask, reinterpret_cast<__m512>(v));
#else
  float lanes[kLanes];
  store(lanes, v);
  std::memcpy(p, lanes, (n & (kLanes - 1)) * sizeof(float));
#endif
}

inline IntVec bits(Vec v) { return reinterpret_cast<IntVec>(v); }
inline Vec from_bits(IntVec v) { return reinterpret_cast<Vec>(v); }

// a - b; of any bits, so it may wrap.
inline IntVec difference(IntVec a, IntVec b) {
  return reinterpret_cast<IntVec>(reinterpret_cast<WordVec>(a) - reinterpret_cast<WordVec>(b));
}

// NaN in v is preserved, since a comparison with it is false.
inline Vec at_least(Vec v, float low) { return v < low ? broadcast(low) : v; }
inline Vec at_most(Vec v, float high) { return v > high ? broadcast(high) : v; }
inline Vec abs(Vec v) { return from_bits(bits(v) & 0x7fffffff); }

inline Vec sqrt(Vec v) {
#if HGN_VECTOR_BYTES == 64 && defined(__AVX512F__)
  return reinterpret_cast<Vec>(_mm512_maskz_sqrt_ps(0xffff, reinterpret_cast<__m512>(v)));
#elif HGN_VECTOR_BYTES == 32 && defined(__AVX__)
  return reinterpret_cast<Vec>(_mm256_sqrt_ps(reinterpret_cast<__m256>(v)));
#elif HGN_VECTOR_BYTES == 16 && defined(__SSE__)
  return reinterpret_cast<Vec>(_mm_sqrt_ps(reinterpret_cast<__m128>(v)));
#else
  Vec root;
  for (int i = 0; i < kLanes; i++) {
    root[i] = __builtin_sqrtf(v[i]);
  }
  return root;
#endif
}

inline float lane_sum(Vec v) {
  float lanes[kLanes];
  store(lanes, v);
  for (int half = kLanes / 2; half > 0; half /= 2) {
    for (int i = 0; i < half; i++) {
      lanes[i] += lanes[i + half];
    }
  }
  return lanes[0];
}

// Shuffles lanes of a and b by constant indices; lanes of b are numbered from kLanes.
#if defined(__clang__)
#define HGN_SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define HGN_SHUFFLE(a, b, ...) __builtin_shuffle(a, b, IntVec{__VA_ARGS__})
#endif

// One step of adding up lanes: sums of lanes S apart, of a where lane & S is 0, otherwise of b.
template <int S, int... Lane>
inline Vec fold(Vec a, Vec b, LaneList<Lane...>) {
  return HGN_SHUFFLE(a, b, ((Lane & S) != 0 ? kLanes + Lane - S : Lane)...) +
         HGN_SHUFFLE(a, b, ((Lane & S) != 0 ? kLanes + Lane : Lane + S)...);
}

template <int S>
inline void fold_all(Vec* v) {
  for (int i = 0; i < S; i++) {
    v[i] = fold<S>(v[i], v[i + S], AllLanes());
  }
  if constexpr (S > 1) {
    fold_all<S / 2>(v);
  }
}

// Lane i of the result is the sum of the lanes of v[i], for kLanes vectors; v is overwritten.
inline Vec lane_sums(Vec* v) {
  fold_all<kLanes / 2>(v);
  return v[0];
}

}  // namespace hgn::HGN_ISA
