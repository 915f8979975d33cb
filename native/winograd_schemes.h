// Convolutions by fewer products (Winograd 1980; Lavin and Gray 2016), along one direction.
//
// A scheme computes kOut outputs from kIn inputs d and three weights w with kPoints products:
//
//   y = A^T [(G w) * (B^T d)]
//
// where * is the elementwise product; neighbouring tiles' inputs start kStep apart. An image takes
// the scheme along rows and columns. `input` is B^T d, `output` A^T m, `weights` G w; `cotangent`
// is A g and `weights_back` G^T u, from which the gradient with respect to the weights is computed.
#pragma once

#include "simd.h"

namespace hgn::HGN_ISA {

// Four outputs of a window of three, 6 products for 12: modulo x, x^2 - 1/2, x^2 - 2. The usual
// points 1 and 2 lose twice as many digits as these roots, whose powers stay near 1.
struct FourByThree {
  static constexpr int kIn = 6, kStep = 4, kOut = 4, kPoints = 6;
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

// A window of three over pixels that are each repeated, 3 products for 6. Outputs 2i and 2i + 1 are
// a w0 + b (w1 + w2) and b (w0 + w1) + c w2 where a, b, c are pixels i - 1, i, i + 1.
struct Doubled {
  static constexpr int kIn = 3, kStep = 1, kOut = 2, kPoints = 3;

  static void input(const Vec* d, Vec* v) {
    v[0] = d[0] - d[1];
    v[1] = d[1];
    v[2] = d[2] - d[1];
  }
  static void output(const Vec* m, Vec* y) {
    y[0] = m[0] + m[1];
    y[1] = m[1] + m[2];
  }
  static void cotangent(const Vec* g, Vec* p) {
    p[0] = g[0];
    p[1] = g[0] + g[1];
    p[2] = g[1];
  }
  static void weights(const Vec* w, Vec* u) {
    u[0] = w[0];
    u[1] = w[0] + w[1] + w[2];
    u[2] = w[2];
  }
  static void weights_back(const Vec* u, Vec* w) {
    w[0] = u[0] + u[1];
    w[1] = u[1];
    w[2] = u[1] + u[2];
  }
};

// The adjoint of Doubled with respect to the pixels: pixel i collects the cotangents d of outputs
// 2i - 1, ..., 2i + 2, to which it contributes by w2, w1 + w2, w0 + w1 and w0. The sum of the
// products is the result.
struct Halved {
  static constexpr int kIn = 4, kStep = 2, kOut = 1, kPoints = 3;

  static void input(const Vec* d, Vec* v) {
    v[0] = d[3] - d[1];
    v[1] = d[1] + d[2];
    v[2] = d[0] - d[2];
  }
  static void output(const Vec* m, Vec* y) { y[0] = m[0] + m[1] + m[2]; }
  static void weights(const Vec* w, Vec* u) { Doubled::weights(w, u); }
};

}  // namespace hgn::HGN_ISA
