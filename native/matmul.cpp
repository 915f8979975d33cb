// y = op(a) op(b). If a is not transposed, its rows are pixels with a single tap (gather_gemm.h).
// If it is, y = sum over k of a[k]^T b[k] is a sum of outer products (outer_gemm.h). A transposed b
// is copied into untransposed layout.
#include "gather_gemm.h"
#include "memory.h"
#include "ops.h"
#include "outer_gemm.h"
#include "parallel.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int64_t kRowsWorthPacking = 96;
constexpr Tap kOneTap = {0, 0, 0, 0};

// The rows of a matrix as pixels.
PixelGrid rows_of(const float* a, int rows, int columns) {
  return {a, 1, 1, columns, rows, 1, 1, 1, &kOneTap, 1};
}

}  // namespace

void matmul(const MatmulShape& s, const float* a, const float* b, float* y) {
  int64_t floats = int64_t{s.rows} * s.columns;
  if (floats == 0 || s.inner == 0) {
    return fill(y, floats, 0);
  }
  if (s.transpose_a) {
    const float* right = b;
    if (s.transpose_b) {
      float* turned = scratch_floats(Slot::kWeights, int64_t{s.inner} * s.columns);
      transpose(b, s.inner, s.columns, s.inner, turned, s.columns);
      right = turned;
    }
    outer_gemm({rows_of(a, s.inner, s.rows), right, s.columns, true}, y);
    return;
  }
  Panels panels = panels_for(s.columns, kPanelVectors);
  PanelView view;
  if (!s.transpose_b && s.columns % kLanes == 0 &&
      (panels.count == 1 || s.rows < kRowsWorthPacking)) {
    view = view_of(b, s.inner, s.columns, panels);
  } else {
    float* packed =
        scratch_floats(Slot::kWeights, int64_t{s.inner} * panels.count * panels.width());
    view = s.transpose_b ? pack_transposed(b, 1, s.inner, s.columns, panels, packed)
                         : pack(b, 1, s.inner, s.columns, panels, packed);
  }
  gather_gemm(rows_of(a, s.rows, s.inner), view, panels,
              {y, s.columns, 0, 0, s.columns, nullptr, Activation::kIdentity});
}

}  // namespace hgn::HGN_ISA
