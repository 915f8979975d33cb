// C = alpha op(A) op(B) + beta C, column-major as in BLAS.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tf32.h"

namespace hgn::emulator {

struct Gemm {
  bool transpose_a, transpose_b;
  int64_t m, n, k;
  float alpha;
  const float* a;
  int64_t lda;
  const float* b;
  int64_t ldb;
  float beta;
  float* c;
  int64_t ldc;
  bool tf32;  // whether factors are rounded to it

  // If beta is 0, C is not read.
  void run() const {
    std::vector<float> left(static_cast<size_t>(m * k));  // op(A)
    for (int64_t p = 0; p < k; p++) {
      for (int64_t i = 0; i < m; i++) {
        left[p * m + i] = factor(transpose_a ? a[p + i * lda] : a[i + p * lda]);
      }
    }
    std::vector<float> sum(static_cast<size_t>(m));
    for (int64_t j = 0; j < n; j++) {
      sum.assign(sum.size(), 0.0f);
      for (int64_t p = 0; p < k; p++) {
        float right = factor(transpose_b ? b[j + p * ldb] : b[p + j * ldb]);
        const float* column = left.data() + p * m;
        for (int64_t i = 0; i < m; i++) {
          sum[i] += column[i] * right;
        }
      }
      float* result = c + j * ldc;
      for (int64_t i = 0; i < m; i++) {
        result[i] = beta == 0.0f ? alpha * sum[i] : alpha * sum[i] + beta * result[i];
      }
    }
  }

 private:
  float factor(float value) const { return tf32 ? rounded_to_tf32(value) : value; }
};

}  // namespace hgn::emulator
