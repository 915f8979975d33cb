// bfloat16: the upper half of a float32, 8 significant bits. Rounding is to the nearest, of two
// equally near ones to the even; not-a-number stays that. Where the processor rounds, numbers below
// the smallest normal one become 0.
#pragma once

#include "simd.h"

namespace hgn::HGN_ISA {

typedef uint16_t Bfloat;
typedef WordVec UnalignedWordVec __attribute__((aligned(4), may_alias));

// Each lane rounded, in the lower half of a word.
inline WordVec rounded(Vec v) {
#if defined(__AVX512BF16__)
  __m256bh halves = _mm512_cvtneps_pbh(reinterpret_cast<__m512>(v));
  return reinterpret_cast<WordVec>(
      _mm512_maskz_cvtepu16_epi32(0xffff, reinterpret_cast<__m256i>(halves)));
#else
  WordVec word = reinterpret_cast<WordVec>(v);
  WordVec nearest = word + 0x7fff + (word >> 16 & 1);
  return (v == v ? nearest : word | 0x400000) >> 16;
#endif
}

// Lane i of low before lane i of high, both rounded.
inline WordVec pairs(Vec low, Vec high) {
#if defined(__AVX512BF16__)
  // clang-format off
  alignas(64) static const uint16_t kInTurn[] = {
      0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23,
      8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
  // clang-format on
  __m512bh halves =
      _mm512_cvtne2ps_pbh(reinterpret_cast<__m512>(high), reinterpret_cast<__m512>(low));
  return reinterpret_cast<WordVec>(_mm512_maskz_permutexvar_epi16(
      0xffffffff, _mm512_load_si512(kInTurn), reinterpret_cast<__m512i>(halves)));
#else
  return rounded(low) | rounded(high) << 16;
#endif
}

inline void store_words(void* p, WordVec v) { *reinterpret_cast<UnalignedWordVec*>(p) = v; }
inline WordVec load_words(const void* p) { return *reinterpret_cast<const UnalignedWordVec*>(p); }

inline Vec low_of(WordVec pairs) { return reinterpret_cast<Vec>(pairs << 16); }
inline Vec high_of(WordVec pairs) { return reinterpret_cast<Vec>(pairs & 0xffff0000u); }

// Asks for what will be read a little later by a loop over an image's floats: more than the
// processor asks for by itself where it has two places in turn.
inline void ask_ahead(const float* p) {
  constexpr int kAhead = 1024;
  __builtin_prefetch(p + kAhead);
}

// As many floats as a vector has lanes, rounded.
inline void store_rounded(Bfloat* to, Vec v) {
#if defined(__AVX512BF16__)
  __m256bh halves = _mm512_cvtneps_pbh(reinterpret_cast<__m512>(v));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), reinterpret_cast<__m256i>(halves));
#else
  WordVec words = rounded(v);
  for (int i = 0; i < kLanes; i++) {
    to[i] = static_cast<Bfloat>(words[i]);
  }
#endif
}

}  // namespace hgn::HGN_ISA
