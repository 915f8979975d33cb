// C = alpha op(A) op(B) + beta C, column-major as in BLAS.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

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

  // If beta is 0, C is not read.
  void run() const {
    std::vector<float> left(static_cast<size_t>(m * k));  // op(A)
    for (int64_t p = 0; p < k; p++) {
      for (int64_t i = 0; i < m; i++) {
        left[p * m + i] = transpose_a ? a[p + i * lda] : a[i + p * lda];
      }
    }
    std::vector<float> sum(static_cast<size_t>(m));
    for (int64_t j = 0; j < n; j++) {
      sum.assign(sum.size(), 0.0f);
      for (int64_t p = 0; p < k; p++) {
        float factor = transpose_b ? b[j + p * ldb] : b[p + j * ldb];
        const float* column = left.data() + p * m;
        for (int64_t i = 0; i < m; i++) {
          sum[i] += column[i] * factor;
        }
      }
      float* result = c + j * ldc;
      for (int64_t i = 0; i < m; i++) {
        result[i] = beta == 0.0f ? alpha * sum[i] : alpha * sum[i] + beta * result[i];
      }
    }
  }
};

}  // namespace hgn::emulator
