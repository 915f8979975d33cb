// Products of matrices.
#include <algorithm>
#include <cmath>
#include <memory>

#include "fuzz.h"

namespace hgn::fuzz {

Call product(Input& in) {
  Numbers kind = numbers(in);
  MatmulShape s = {in.size(130), in.size(130), in.size(130), in.flag(), in.flag()};
  auto a = std::make_shared<Floats>(in, int64_t{s.rows} * s.inner, kind);
  auto b = std::make_shared<Floats>(in, int64_t{s.inner} * s.columns, kind);
  auto y = std::make_shared<Floats>(int64_t{s.rows} * s.columns);
  return {"matmul", [=](const Kernels& k) { k.matmul(s, a->data(), b->data(), y->data()); },
          [=] {
            for (int64_t i = 0; kind == Numbers::kPlain && i < y->size(); i++) {
              int64_t row = i / s.columns, column = i % s.columns;
              double expected = 0;
              for (int k = 0; k < s.inner; k++) {
                expected +=
                    double{(*a)[s.transpose_a ? k * int64_t{s.rows} + row : row * s.inner + k]} *
                    (*b)[s.transpose_b ? column * s.inner + k : k * int64_t{s.columns} + column];
              }
              require_near("matmul", i, (*y)[i], expected, 2e-6 * s.inner + 1e-6);
            }
          }};
}

}  // namespace hgn::fuzz
