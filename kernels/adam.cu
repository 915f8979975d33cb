// The Adam update of many tensors in one launch:
//
//   g += decay w;  m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2;
//   w -= rate m / (sqrt(v) / root + epsilon)
//
// rate and root, corrected for bias by the caller, stand in device memory, so that a recorded
// launch can be repeated with other ones; so does the veto, which, if not 0, leaves all as it is.
#include "common.cuh"

namespace {

constexpr int kTensors = 64;
constexpr int kBlockElements = 4096;  // of one tensor that one block updates

// Block b works on the last tensor whose first block is not above b.
struct AdamTable {
  float* w[kTensors];
  const float* g[kTensors];
  float* m[kTensors];
  float* v[kTensors];
  int64_t count[kTensors];
  int first_block[kTensors];
  int tensors;
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
extern "C" __global__ void adam(AdamTable table, AdamConstants constants, const float* schedule,
                                const float* veto) {
  if (*veto != 0.0f) {
    return;
  }
  float rate = schedule[0];
  float root = schedule[1];
  int block = static_cast<int>(blockIdx.x);
  int tensor = 0;
  for (int above = table.tensors; above - tensor > 1;) {
    int middle = (tensor + above) / 2;
    if (table.first_block[middle] <= block) {
      tensor = middle;
    } else {
      above = middle;
    }
  }
  float* w = table.w[tensor];
  const float* g = table.g[tensor];
  float* m = table.m[tensor];
  float* v = table.v[tensor];
  int64_t begin = static_cast<int64_t>(block - table.first_block[tensor]) * kBlockElements;
  int64_t end =
      begin + kBlockElements < table.count[tensor] ? begin + kBlockElements : table.count[tensor];
  for (int64_t i = begin + threadIdx.x; i < end; i += blockDim.x) {
    State next = step(w[i], g[i], m[i], v[i], constants, rate, root);
    w[i] = next.w;
    m[i] = next.m;
    v[i] = next.v;
  }
}
