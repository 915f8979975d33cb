// Standard normal numbers by Philox4x32-10 and the Box-Muller transform, the same as
// hgn.random.Philox but for roundings of double precision.
//
// Block k of a stream gives four words from the counter (k, stream) under the key `seed`; words (0,
// 1) and (2, 3) each give radius sqrt(-2 ln u) and angle 2 pi u', cosine before sine. Each lane
// computes a block.
#include "double_math.h"
#include "map.h"
#include "ops.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int kRounds = 10;
constexpr int kNumbers = 4 * kDoubleLanes;  // that are computed at once

typedef uint64_t UnsignedLongVec __attribute__((vector_size(HGN_VECTOR_BYTES)));

constexpr uint64_t kLow = 0xffffffff;

// Words have 32 bits, in lanes of 64.
struct Words {
  UnsignedLongVec word[4];
};

// The product of words, in 64 bits.
inline UnsignedLongVec product(UnsignedLongVec words, uint32_t factor) {
  UnsignedLongVec factors = UnsignedLongVec{} + factor;
#if HGN_VECTOR_BYTES == 64 && defined(__AVX512F__)
  return reinterpret_cast<UnsignedLongVec>(_mm512_maskz_mul_epu32(
      0xff, reinterpret_cast<__m512i>(words), reinterpret_cast<__m512i>(factors)));
#elif HGN_VECTOR_BYTES == 32 && defined(__AVX2__)
  return reinterpret_cast<UnsignedLongVec>(
      _mm256_mul_epu32(reinterpret_cast<__m256i>(words), reinterpret_cast<__m256i>(factors)));
#elif HGN_VECTOR_BYTES == 16 && defined(__SSE2__)
  return reinterpret_cast<UnsignedLongVec>(
      _mm_mul_epu32(reinterpret_cast<__m128i>(words), reinterpret_cast<__m128i>(factors)));
#else
  return words * factors;
#endif
}

inline Words philox(uint64_t seed, uint64_t stream, UnsignedLongVec block) {
  uint32_t key0 = static_cast<uint32_t>(seed);
  uint32_t key1 = static_cast<uint32_t>(seed >> 32);
  UnsignedLongVec c0 = block & kLow;
  UnsignedLongVec c1 = block >> 32;
  UnsignedLongVec c2 = UnsignedLongVec{} + (stream & kLow);
  UnsignedLongVec c3 = UnsignedLongVec{} + (stream >> 32);
  for (int round = 0; round < kRounds; round++) {
    UnsignedLongVec product0 = product(c0, 0xD2511F53u);
    UnsignedLongVec product1 = product(c2, 0xCD9E8D57u);
    c0 = (product1 >> 32) ^ c1 ^ key0;
    c2 = (product0 >> 32) ^ c3 ^ key1;
    c1 = product1 & kLow;
    c3 = product0 & kLow;
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  return {{c0, c1, c2, c3}};
}

// (word + 1/2) / 2^32.
inline DoubleVec uniform(UnsignedLongVec word) {
  return (to_double(reinterpret_cast<LongVec>(word)) + 0.5) * 0x1p-32;
}

// Numbers i, ..., i + kNumbers - 1 of the stream; i is a multiple of four.
inline void normals(int64_t seed, int64_t stream, int64_t i, float* y) {
  UnsignedLongVec block;
  for (int lane = 0; lane < kDoubleLanes; lane++) {
    block[lane] = i / 4 + lane;
  }
  Words words = philox(seed, stream, block);
  for (int pair = 0; pair < 4; pair += 2) {
    DoubleVec radius = sqrt(log(uniform(words.word[pair])) * -2.0);
    SineCosine of = sine_cosine_of_turns(uniform(words.word[pair + 1]));
    DoubleVec first = radius * of.cosine;
    DoubleVec second = radius * of.sine;
    for (int lane = 0; lane < kDoubleLanes; lane++) {
      y[4 * lane + pair] = static_cast<float>(first[lane]);
      y[4 * lane + pair + 1] = static_cast<float>(second[lane]);
    }
  }
}

}  // namespace

void normal(int64_t seed, int64_t stream, float* y, int64_t n) {
  parallel_ranges(n, kHeavyGrain / 2, kNumbers, [&](int64_t begin, int64_t end) {
    int64_t i = begin;
    for (; i + kNumbers <= end; i += kNumbers) {
      normals(seed, stream, i, y + i);
    }
    if (i < end) {
      float some[kNumbers];
      normals(seed, stream, i, some);
      std::memcpy(y + i, some, (end - i) * sizeof(float));
    }
  });
}

}  // namespace hgn::HGN_ISA
