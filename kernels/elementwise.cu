// Elementwise maps: y[i] = f(x[i], ...) for i in 0..n-1, in any launch that covers n threads.
#include "common.cuh"

// y[i] = value.
extern "C" __global__ void fill(float* __restrict__ y, float value, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {
    y[i] = value;
  }
}
