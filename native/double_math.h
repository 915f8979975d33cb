// ln, sine and cosine on vectors of double precision, with errors of about 2e-16.
//
// ln x = k ln 2 + 2 atanh(s), s = (m - 1)/(m + 1), x = 2^k m with m from sqrt(1/2) to sqrt(2), so
// that s^2 < 0.0295. An angle is reduced to |r| <= pi/4 and a number of quarter turns. Series are
// Taylor's, as long as they change the result.
#pragma once

#include "simd.h"

namespace hgn::HGN_ISA {

constexpr int kDoubleLanes = HGN_VECTOR_BYTES / 8;
typedef double DoubleVec __attribute__((vector_size(HGN_VECTOR_BYTES)));
typedef int64_t LongVec __attribute__((vector_size(HGN_VECTOR_BYTES)));

inline LongVec bits(DoubleVec v) { return reinterpret_cast<LongVec>(v); }
inline DoubleVec from_bits(LongVec v) { return reinterpret_cast<DoubleVec>(v); }
inline DoubleVec broadcast_double(double x) { return x - DoubleVec{}; }

// 1.5 * 2^52: a double near it has an integer in the low bits of its mantissa.
constexpr double kIntegers = 6755399441055744.0;

// Of |v| < 2^51.
inline DoubleVec to_double(LongVec v) {
  return from_bits(v + bits(broadcast_double(kIntegers))) - kIntegers;
}

template <int N>
inline DoubleVec polynomial(DoubleVec x, const double (&highest_first)[N]) {
  DoubleVec y = broadcast_double(highest_first[0]);
#pragma GCC unroll 16
  for (int i = 1; i < N; i++) {
    y = y * x + highest_first[i];
  }
  return y;
}

// Of normal numbers x > 0.
inline DoubleVec log(DoubleVec x) {
  const LongVec root_half = bits(broadcast_double(0.70710678118654752));
  LongVec k = (bits(x) - root_half) >> 52;
  DoubleVec m = from_bits(bits(x) - (k << 52));
  DoubleVec s = (m - 1.0) / (m + 1.0);
  DoubleVec tail = polynomial(s * s, {1 / 21.0, 1 / 19.0, 1 / 17.0, 1 / 15.0, 1 / 13.0, 1 / 11.0,
                                      1 / 9.0, 1 / 7.0, 1 / 5.0, 1 / 3.0});
  const double ln2 = 0.69314718055994531;
  return to_double(k) * ln2 + ((s + s) + (s + s) * (s * s) * tail);
}

struct SineCosine {
  DoubleVec sine, cosine;
};

// Of 2 pi x for |x| < 2^49.
inline SineCosine sine_cosine_of_turns(DoubleVec x) {
  DoubleVec shifted = x * 4.0 + kIntegers;
  LongVec quarter = bits(shifted);
  const double half_pi = 1.5707963267948966;
  DoubleVec r = (x * 4.0 - (shifted - kIntegers)) * half_pi;
  DoubleVec z = r * r;
  DoubleVec sine = r + r * z *
                           polynomial(z, {-1 / 1307674368000.0, 1 / 6227020800.0, -1 / 39916800.0,
                                          1 / 362880.0, -1 / 5040.0, 1 / 120.0, -1 / 6.0});
  DoubleVec cosine =
      1.0 + z * polynomial(z, {1 / 20922789888000.0, -1 / 87178291200.0, 1 / 479001600.0,
                               -1 / 3628800.0, 1 / 40320.0, -1 / 720.0, 1 / 24.0, -1 / 2.0});
  LongVec odd = -(quarter & 1);
  LongVec sine_sign = (quarter & 2) << 62;
  LongVec cosine_sign = ((quarter + 1) & 2) << 62;
  return {from_bits(((bits(sine) & ~odd) | (bits(cosine) & odd)) ^ sine_sign),
          from_bits(((bits(cosine) & ~odd) | (bits(sine) & odd)) ^ cosine_sign)};
}

inline DoubleVec sqrt(DoubleVec v) {
#if HGN_VECTOR_BYTES == 64 && defined(__AVX512F__)
  return reinterpret_cast<DoubleVec>(_mm512_maskz_sqrt_pd(0xff, reinterpret_cast<__m512d>(v)));
#elif HGN_VECTOR_BYTES == 32 && defined(__AVX__)
  return reinterpret_cast<DoubleVec>(_mm256_sqrt_pd(reinterpret_cast<__m256d>(v)));
#elif HGN_VECTOR_BYTES == 16 && defined(__SSE2__)
  return reinterpret_cast<DoubleVec>(_mm_sqrt_pd(reinterpret_cast<__m128d>(v)));
#else
  DoubleVec root;
  for (int i = 0; i < kDoubleLanes; i++) {
    root[i] = __builtin_sqrt(v[i]);
  }
  return root;
#endif
}

}  // namespace hgn::HGN_ISA
