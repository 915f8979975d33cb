// The Adam update of many tensors in one launch:
//
//   g += decay w;  m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2;
//   w -= rate m / (sqrt(v) / root + epsilon)
//
// rate and root include the bias correction and are read from device memory, so that a recorded
// launch can be replayed with other values. So is the veto: if it is not 0, nothing changes.
#include "common.cuh"
#include "tensors.cuh"

namespace {

using hgn::kTensors;

struct AdamTable {
  float* w[kTensors];
  const float* g[kTensors];
  float* m[kTensors];
  float* v[kTensors];
  hgn::TensorBlocks blocks;
};

struct AdamConstants {
  float beta1, gain1, beta2, gain2, epsilon, decay;
};

struct State {
  float w, m, v;
};

__device__ State step(float w, float g, float m, float v, const AdamConstants& k, float rate,
                      float root) {
  g = g + w * k.decay;
  m = m * k.beta1 + g * k.gain1;
  v = v * k.beta2 + g * g * k.gain2;
  return {w - m * rate / (sqrtf(v) / root + k.epsilon), m, v};
}

}  // namespace

// schedule = (rate, root).
extern "C" __global__ void adam(const __grid_constant__ AdamTable table, AdamConstants constants,
                                const float* schedule, const float* veto) {
  if (*veto != 0.0f) {
    return;
  }
  float rate = schedule[0];
  float root = schedule[1];
  int tensor = table.blocks.tensor();
  float* w = table.w[tensor];
  const float* g = table.g[tensor];
  float* m = table.m[tensor];
  float* v = table.v[tensor];
  table.blocks.for_elements(tensor, [&](int64_t i) {
    State next = step(w[i], g[i], m[i], v[i], constants, rate, root);
    w[i] = next.w;
    m[i] = next.m;
    v[i] = next.v;
  });
}
