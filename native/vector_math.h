// exp, log and related functions on vectors, with a relative error below 1e-6 over the whole range
// of float.
//
// exp x = 2^k exp r with k = round(x / ln 2), |r| <= ln 2 / 2, exp r = 1 + r + r^2 Q(r).
// ln x = k ln 2 + 2 atanh(s), s = (m - 1)/(m + 1), x = 2^k m, atanh s = s + s^3 A(s^2).
// ln(1 + t) = 2 atanh(t / (2 + t)) for t in [0, 1], exact also for tiny t.
// Q and A minimise the largest relative error on |r| <= ln 2 / 2 and s^2 <= 1/9 (3e-9 and 5e-9).
#pragma once

#include "simd.h"

namespace hgn::HGN_ISA {

constexpr float kLog2E = 1.44269504f;
constexpr float kLn2High = 0.693115234375f;  // 12 bits, so that k kLn2High is exact
constexpr float kLn2Low = 3.194618494528623e-05f;

inline Vec power_of_two(IntVec k) { return from_bits((k + 127) << 23); }

// exp r - 1 for |r| <= ln 2 / 2.
inline Vec small_expm1(Vec r) {
  Vec q = r * 1.381453790e-03f + 8.368745320e-03f;
  q = q * r + 4.166839083e-02f;
  q = q * r + 1.666652040e-01f;
  q = q * r + 4.999999343e-01f;
  return r + r * r * q;
}

struct Reduced {
  Vec remainder;
  Vec quotient;
  IntVec exponent;
};

inline Reduced reduce_by_ln2(Vec x) {
  const float shift = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
  Vec shifted = x * kLog2E + shift;
  Vec k = shifted - shift;
  IntVec exponent = difference(bits(shifted), bits(broadcast(shift)));
  return {x - k * kLn2High - k * kLn2Low, k, exponent};
}

inline Vec exp(Vec x) {
  x = at_most(at_least(x, -104.0f), 89.0f);  // beyond these the result is 0 or infinite
  Reduced part = reduce_by_ln2(x);
  Vec y = small_expm1(part.remainder) + 1.0f;
  IntVec half = part.exponent >> 1;  // two factors, since 2^k itself may overflow
  return y * power_of_two(half) * power_of_two(part.exponent - half);
}

// exp x - 1 for x <= 87, without cancellation near 0.
inline Vec expm1(Vec x) {
  x = at_most(at_least(x, -40.0f), 87.0f);
  Reduced part = reduce_by_ln2(x);
  Vec scale = power_of_two(part.exponent);
  return scale * small_expm1(part.remainder) + (scale - 1.0f);
}

// 2 atanh(s) for s^2 <= 1/9.
inline Vec twice_atanh(Vec s) {
  Vec z = s * s;
  Vec a = z * 1.400642290e-01f + 1.400081346e-01f;
  a = a * z + 2.001076914e-01f;
  a = a * z + 3.333320805e-01f;
  Vec twice = s + s;
  return twice + twice * z * a;
}

// ln(1 + t) for t in [0, 1].
inline Vec log1p_unit(Vec t) { return twice_atanh(t / (t + 2.0f)); }

inline Vec log(Vec x) {
  const float infinity = __builtin_inff();
  IntVec tiny = x < 1.17549435e-38f;  // subnormals are scaled into the normal range first
  Vec scaled = tiny ? x * 8388608.0f : x;
  IntVec above = difference(bits(scaled), bits(broadcast(0.70710678f)));
  IntVec k = above >> 23;
  Vec m = from_bits(difference(bits(scaled), k << 23));
  k = tiny ? k - 23 : k;
  Vec exponent = __builtin_convertvector(k, Vec);
  Vec y = exponent * kLn2High + (twice_atanh((m - 1.0f) / (m + 1.0f)) + exponent * kLn2Low);
  y = x == infinity ? broadcast(infinity) : y;
  y = x == 0.0f ? broadcast(-infinity) : y;
  y = x < 0.0f ? broadcast(__builtin_nanf("")) : y;
  return x != x ? x : y;
}

inline Vec sigmoid(Vec x) {
  Vec e = exp(-abs(x));
  return (x < 0.0f ? e : broadcast(1.0f)) / (e + 1.0f);
}

inline Vec tanh(Vec x) {
  Vec e = expm1(at_most(abs(x), 10.0f) * 2.0f);  // tanh 10 rounds to 1
  Vec y = e / (e + 2.0f);
  return from_bits(bits(y) | (bits(x) & INT32_MIN));
}

}  // namespace hgn::HGN_ISA
