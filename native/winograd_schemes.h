// Convolutions by fewer products (Winograd 1980; Lavin and Gray 2016), along one direction.
//
// A scheme computes kOut outputs y from kIn inputs d and three weights w with kProducts products:
//
//   v = B^T d (kPoints elements), u = G w (kProducts), m_s = sum of u_k v_p (kSums), y = A^T m
//
// where p is point_of(k), and product k belongs to the sum s = sum_of(k). Neighbouring tiles'
// inputs start kStep apart. An image takes the scheme along rows and columns. `input` is B^T d,
// `output` A^T m, `weights` G w. Where each product is a sum, `cotangent` is A g and `weights_back`
// G^T u, from which the gradient with respect to the weights is computed.
#pragma once

#include "simd.h"

namespace hgn::HGN_ISA {

// Four outputs of a window of three, 6 products for 12: modulo x, x^2 - 1/2, x^2 - 2. The usual
// points 1 and 2 lose twice as many digits as these roots, whose powers stay near 1.
struct FourByThree {
  static constexpr int kIn = 6, kStep = 4, kOut = 4, kPoints = 6, kProducts = 6, kSums = 6;
  static constexpr int point_of(int k) { return k; }
  static constexpr int sum_of(int k) { return k; }

  static constexpr float kSmall = 0.70710678118654752f;  // the root of 1/2
  static constexpr float kLarge = 1.41421356237309505f;  // the root of 2

  static void input(const Vec* d, Vec* v) {
    Vec even = d[4] - d[2] * 2.0f;
    Vec odd = (d[3] - d[1] * 2.0f) * kSmall;
    v[0] = d[0] + d[4] - d[2] * 2.5f;
    v[1] = even + odd;
    v[2] = even - odd;
    even = d[4] - d[2] * 0.5f;
    odd = (d[3] - d[1] * 0.5f) * kLarge;
    v[3] = even + odd;
    v[4] = even - odd;
    v[5] = d[1] + d[5] - d[3] * 2.5f;
  }
  static void output(const Vec* m, Vec* y) {
    Vec even = m[1] + m[2];
    Vec odd = (m[1] - m[2]) * kSmall;
    Vec large_even = m[3] + m[4];
    Vec large_odd = (m[3] - m[4]) * kLarge;
    y[0] = m[0] + even + large_even;
    y[1] = odd + large_odd;
    y[2] = even * 0.5f + large_even * 2.0f;
    y[3] = odd * 0.5f + large_odd * 2.0f + m[5];
  }
  static void cotangent(const Vec* g, Vec* p) {
    Vec even = g[0] + g[2] * 0.5f;
    Vec odd = (g[1] + g[3] * 0.5f) * kSmall;
    p[0] = g[0];
    p[1] = even + odd;
    p[2] = even - odd;
    even = g[0] + g[2] * 2.0f;
    odd = (g[1] + g[3] * 2.0f) * kLarge;
    p[3] = even + odd;
    p[4] = even - odd;
    p[5] = g[3];
  }
  static void weights(const Vec* w, Vec* u) {
    Vec even = (w[0] + w[2] * 0.5f) * (-1 / 1.5f);
    Vec odd = w[1] * (-kSmall / 1.5f);
    u[0] = w[0];
    u[1] = even + odd;
    u[2] = even - odd;
    even = (w[0] + w[2] * 2.0f) * (1 / 6.0f);
    odd = w[1] * (kLarge / 6.0f);
    u[3] = even + odd;
    u[4] = even - odd;
    u[5] = w[2];
  }
  static void weights_back(const Vec* u, Vec* w) {
    Vec small = (u[1] + u[2]) * (-1 / 1.5f);
    Vec large = (u[3] + u[4]) * (1 / 6.0f);
    w[0] = u[0] + small + large;
    w[1] = (u[1] - u[2]) * (-kSmall / 1.5f) + (u[3] - u[4]) * (kLarge / 6.0f);
    w[2] = small * 0.5f + large * 2.0f + u[5];
  }
};

// The points 0, 1, -1, 1/2, -2 and infinity of windows of six, from which four outputs of two
// windows of two are had: d_0, ..., d_4 by the `early` one, whose weight at infinity is 0, and d_1,
// ..., d_5 by the `late` one, whose weight at 0 is 0.
struct SixPoints {
  // (x - 1/2) (x + 2) and (x - 1) (x + 1), on elements k, k + 1 and k + 2.
  static Vec halves(const Vec* d, int k) { return d[k + 2] + d[k + 1] * 1.5f - d[k]; }
  static Vec ones(const Vec* d, int k) { return d[k + 2] - d[k]; }

  static Vec zero(const Vec* d) { return halves(d, 2) - halves(d, 0); }
  static Vec one(const Vec* d) { return halves(d, 2) + halves(d, 1); }
  static Vec infinity(const Vec* d) { return halves(d, 3) - halves(d, 1); }
  // At -1, 1/2 and -2.
  static void others(const Vec* d, Vec* v) {
    v[0] = halves(d, 2) - halves(d, 1);
    v[1] = ones(d, 2) + ones(d, 1) * 2.0f;
    v[2] = ones(d, 2) - ones(d, 1) * 0.5f;
  }

  // y_r = one + (-1)^r m_0 + (1/2)^r m_1 + (-2)^r m_2.
  static void powers(Vec one, const Vec* m, Vec* y) {
    Vec even = one + m[0];
    Vec odd = one - m[0];
    y[0] = even + (m[1] + m[2]);
    y[1] = odd + (m[1] * 0.5f - m[2] * 2.0f);
    y[2] = even + (m[1] * 0.25f + m[2] * 4.0f);
    y[3] = odd + (m[1] * 0.125f - m[2] * 8.0f);
  }
};

// A window of three over pixels that are each repeated, 9 products for 24. Outputs 2i and 2i + 1
// are a w0 + b (w1 + w2) and b (w0 + w1) + c w2 where a, b, c are pixels i - 1, i, i + 1: the early
// and the late window of SixPoints, which at 1 have the same weight, w0 + w1 + w2.
struct Doubled {
  static constexpr int kIn = 6, kStep = 4, kOut = 8, kPoints = 6, kProducts = 9, kSums = 9;
  // Products at 0 and 1; the early window's at -1, 1/2 and -2; the late one's; at infinity.
  static constexpr int point_of(int k) { return k < 5 ? k : k - 3; }
  static constexpr int sum_of(int k) { return k; }

  static void input(const Vec* d, Vec* v) {
    v[0] = SixPoints::zero(d);
    v[1] = SixPoints::one(d);
    SixPoints::others(d, v + 2);
    v[5] = SixPoints::infinity(d);
  }
  static void output(const Vec* m, Vec* y) {
    Vec early[4];
    Vec late[4];
    SixPoints::powers(m[1], m + 2, early);
    SixPoints::powers(m[1], m + 5, late);
    early[0] += m[0];
    late[3] += m[8];
#pragma GCC unroll 4
    for (int r = 0; r < 4; r++) {
      y[2 * r] = early[r];
      y[2 * r + 1] = late[r];
    }
  }
  static void cotangent(const Vec* g, Vec* p) {
    p[0] = g[0];
    p[1] = (g[0] + g[1]) + (g[2] + g[3]) + (g[4] + g[5]) + (g[6] + g[7]);
    others_back(g, p + 2);
    others_back(g + 1, p + 5);
    p[8] = g[7];
  }
  static void weights(const Vec* w, Vec* u) {
    Vec early = w[1] + w[2];
    Vec late = w[0] + w[1];
    u[0] = w[0];
    u[1] = (late + w[2]) * (1 / 3.0f);
    u[2] = (early - w[0]) * (1 / 3.0f);
    u[3] = (w[0] + early * 0.5f) * (-16 / 15.0f);
    u[4] = (w[0] - early * 2.0f) * (1 / 15.0f);
    u[5] = (late - w[2]) * (1 / 3.0f);
    u[6] = (late * 0.5f + w[2] * 0.25f) * (-16 / 15.0f);
    u[7] = (w[2] * 4.0f - late * 2.0f) * (1 / 15.0f);
    u[8] = w[2];
  }
  static void weights_back(const Vec* u, Vec* w) {
    Vec one = u[1] * (1 / 3.0f);
    Vec early = u[2] * (1 / 3.0f) - u[3] * (8 / 15.0f) - u[4] * (2 / 15.0f);
    Vec late = u[5] * (1 / 3.0f) - u[6] * (8 / 15.0f) - u[7] * (2 / 15.0f);
    w[0] = u[0] + one + late + (u[4] * (1 / 15.0f) - u[2] * (1 / 3.0f) - u[3] * (16 / 15.0f));
    w[1] = one + early + late;
    w[2] = u[8] + one + early + (u[7] * (4 / 15.0f) - u[5] * (1 / 3.0f) - u[6] * (4 / 15.0f));
  }

 private:
  // The adjoint of SixPoints::powers at -1, 1/2 and -2, of every second cotangent.
  static void others_back(const Vec* g, Vec* p) {
    p[0] = (g[0] + g[4]) - (g[2] + g[6]);
    p[1] = (g[0] + g[2] * 0.5f) + (g[4] * 0.25f + g[6] * 0.125f);
    p[2] = (g[0] - g[2] * 2.0f) + (g[4] * 4.0f - g[6] * 8.0f);
  }
};

// The adjoint of Doubled with respect to the pixels: pixel i collects the cotangents of outputs
// 2i - 1, ..., 2i + 2, to which it contributes by w2, w1 + w2, w0 + w1 and w0. Those of odd
// outputs are seen by an early window, w2 and w0 + w1, those of even ones by a late one, w1 + w2
// and w0; both end in the same sums. Weights are Doubled's of w turned round.
struct Halved {
  static constexpr int kIn = 10, kStep = 8, kOut = 4, kPoints = 9, kProducts = 9, kSums = 6;
  static constexpr int point_of(int k) { return k; }
  static constexpr int sum_of(int k) { return k < 5 ? k : k - 3; }

  static void input(const Vec* d, Vec* v) {
    Vec odd[6] = {d[0], d[2], d[4], d[6], d[8], d[8]};
    Vec even[6] = {d[1], d[1], d[3], d[5], d[7], d[9]};
    v[0] = SixPoints::zero(odd);
    v[1] = SixPoints::one(odd) + SixPoints::one(even);
    SixPoints::others(odd, v + 2);
    SixPoints::others(even, v + 5);
    v[8] = SixPoints::infinity(even);
  }
  static void output(const Vec* m, Vec* y) {
    SixPoints::powers(m[1], m + 2, y);
    y[0] += m[0];
    y[3] += m[5];
  }
  static void weights(const Vec* w, Vec* u) { Doubled::weights(w, u); }
};

}  // namespace hgn::HGN_ISA
