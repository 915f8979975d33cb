// The kernels' division, to test it with numbers that no test has memory for.
#include "common.cuh"
#include "divisor.cuh"

// y[i] = x[i] / divisor.
extern "C" __global__ void test_divide(const int64_t* x, hgn::Divisor divisor, int64_t* y, int n) {
  for (int64_t i = hgn::grid_start(); i < n; i += hgn::grid_step()) {
    y[i] = divisor.quotient(x[i]);
  }
}
