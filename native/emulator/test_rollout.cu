// Parts of the rollout kernels, to test them by themselves.
#include "activation.cuh"
#include "rollout.cuh"

// y[i] = x[i] / divisor.
extern "C" __global__ void test_small_divide(const int* x, hgn::rollout::SmallDivisor divisor,
                                             int* y, int n) {
  for (int64_t i = hgn::grid_start(); i < n; i += hgn::grid_step()) {
    y[i] = divisor.quotient(x[i]);
  }
}

// y[i] = softplus(x[i]).
extern "C" __global__ void test_softplus(const float* x, float* y, int n) {
  for (int64_t i = hgn::grid_start(); i < n; i += hgn::grid_step()) {
    y[i] = hgn::Softplus::value(x[i]);
  }
}

// y[i] is the slope of softplus where it is x[i].
extern "C" __global__ void test_softplus_slope(const float* x, float* y, int n) {
  for (int64_t i = hgn::grid_start(); i < n; i += hgn::grid_step()) {
    y[i] = hgn::Softplus::slope(x[i]);
  }
}

// y[i] = ln(1 + x[i]).
extern "C" __global__ void test_log1p(const float* x, float* y, int n) {
  for (int64_t i = hgn::grid_start(); i < n; i += hgn::grid_step()) {
    y[i] = hgn::log1p_of_fraction(x[i]);
  }
}
