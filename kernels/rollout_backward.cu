// The vector-Jacobian product of a rollout. See rollout.cuh.
#include "rollout_setup.cuh"

using namespace hgn::rollout;

namespace {

// Dual numbers up: planes of a, then of a', with the same samples. Writes the layers' inputs.
__device__ void forward_layers_dual(const Rollout& a, float* shared, const Share& share,
                                    int evaluation, int evaluations) {
  int samples = a.samples_per_block;
  for (int k = 0; k < a.layer_count; k++) {
    const Layer& l = a.layers[k];
    int in_size = l.in_height * l.in_width * l.inputs;
    float* kept = a.inputs[k] + (int64_t)(evaluation * a.samples + share.first) * in_size;
    int64_t apart = (int64_t)evaluations * a.samples * in_size;
    int tangents = samples * l.in_height * l.in_width * l.in_row;
    for (int i = threadIdx.x; i < share.count * in_size; i += kThreads) {
      const float* from = shared + l.input + i / l.inputs * l.in_row + i % l.inputs;
      kept[i] = from[0];
      kept[i + apart] = from[tangents];
    }
    multiply<false>(a, l, l.up, shared);
    Result z(a, l.up, shared);
    int rows = samples * l.out_height * l.out_width;
    for (int i = threadIdx.x; i < rows * l.outputs; i += kThreads) {
      int row = i / l.outputs;
      int o = i % l.outputs;
      float y = value(l.activation, z.at(row, o) + shared[l.bias + o]);
      float* to = shared + l.output + row * l.out_row + o;
      to[0] = y;
      to[rows * l.out_row] = slope(l.activation, y) * z.at(row + rows, o);
    }
    __syncthreads();
  }
}

// Writes delta' and delta of layer k, which have overwritten its output.
__device__ void keep_deltas(const Rollout& a, const float* shared, const Share& share,
                            int evaluation, int evaluations, int k) {
  const Layer& l = a.layers[k];
  int size = l.out_height * l.out_width * l.outputs;
  float* kept = a.deltas[k] + (int64_t)(evaluation * a.samples + share.first) * size;
  int64_t apart = (int64_t)evaluations * a.samples * size;
  int tangents = a.samples_per_block * l.out_height * l.out_width * l.out_row;
  for (int i = threadIdx.x; i < share.count * size; i += kThreads) {
    const float* from = shared + l.output + i / l.outputs * l.out_row + i % l.outputs;
    kept[i] = from[tangents];
    kept[i + apart] = from[0];
  }
}

// Dual numbers down, to the product that computes u' of the state.
__device__ void backward_layers_dual(const Rollout& a, float* shared, const Share& share,
                                     int evaluation, int evaluations) {
  int samples = a.samples_per_block;
  const Layer& top = a.layers[a.layer_count - 1];
  int top_size = samples * top.out_height * top.out_width * top.out_row;
  for (int i = threadIdx.x; i < top_size; i += kThreads) {
    float* y = shared + top.output + i;
    if (i % top.out_row < top.outputs) {
      y[top_size] *= slope_derivative(top.activation, y[0]);
      y[0] = slope(top.activation, y[0]);
    }
  }
  __syncthreads();
  for (int k = a.layer_count - 1; k >= 0; k--) {
    const Layer& l = a.layers[k];
    keep_deltas(a, shared, share, evaluation, evaluations, k);
    multiply<true>(a, l, l.down, shared);
    if (k == 0) {
      break;
    }
    Result u(a, l.down, shared);
    auto f = a.layers[k - 1].activation;
    int rows = samples * l.in_height * l.in_width;
    for (int i = threadIdx.x; i < rows * l.inputs; i += kThreads) {
      int row = i / l.inputs;
      int c = i % l.inputs;
      float* y = shared + l.input + row * l.in_row + c;
      float* tangent = y + rows * l.in_row;
      float by = u.at(row, c);
      float d = slope(f, *y);
      *tangent = slope_derivative(f, *y) * *tangent * by + d * u.at(row + rows, c);
      *y = d * by;
    }
    __syncthreads();
  }
}

// The states that the integrator's adjoint keeps: cotangents of the step's result and others.
struct Adjoint {
  float* sum;    // of the state before the part processed so far
  float* after;  // stages: of the state after the step
  float* next;   // stages: of the state of the next stage

  __device__ Adjoint(const Rollout& a, float* shared) {
    int size = a.samples_per_block * a.positions * a.layers[0].in_row;
    sum = shared + a.work;
    after = sum + size;
    next = after + size;
  }
};

// Reads the state of an evaluation, and sets c for move `number` next to it.
__device__ void prepare_dual(const Rollout& a, float* shared, const Share& share, int evaluation,
                             int number) {
  Adjoint to(a, shared);
  const Layer& l = a.layers[0];
  float* state = shared + a.state;
  float* c = state + a.samples_per_block * a.positions * l.in_row;
  const float* from =
      a.visited + (int64_t)(evaluation * a.samples + share.first) * a.positions * 2 * a.channels;
  float factor = a.factor[number];
  bool last = number == a.moves - 1;
  float reach = last || a.splitting ? 0 : a.reach[number + 1];
  bool kick = a.kick[number];
  each_element(a, share.count, [&](int i, int j) {
    int k = j + a.channels;
    int at = i / a.channels * 2 * a.channels + i % a.channels;
    state[j] = from[at];
    state[k] = from[at + a.channels];
    if (a.splitting) {
      to.sum[k] += a.reach[number] * to.sum[j];
      c[j] = kick ? -factor * to.sum[k] : 0;
      c[k] = kick ? 0 : factor * to.sum[j];
    } else {
      if (last) {
        to.after[j] = to.sum[j];
        to.after[k] = to.sum[k];
        to.next[j] = to.next[k] = 0;
      }
      c[j] = -factor * to.after[k] - reach * to.next[k];
      c[k] = factor * to.after[j] + reach * to.next[j];
    }
  });
  __syncthreads();
}

// Adds the gradient of <dH, c> to the cotangent of the previous state.
__device__ void pull_back(const Rollout& a, float* shared) {
  Adjoint to(a, shared);
  const Layer& l = a.layers[0];
  Result u(a, l.down, shared);
  const float* c = shared + a.state + a.samples_per_block * a.positions * l.in_row;
  each_element(a, a.samples_per_block, [&](int i, int j) {
    int row = i / a.channels;
    int channel = i % a.channels;
    int k = j + a.channels;
    float by_q = u.at(row, channel) + a.spring * c[j];
    float by_p = u.at(row, channel + a.channels) + a.kinetic * c[k];
    to.sum[j] += by_q;
    to.sum[k] += by_p;
    if (!a.splitting) {
      to.next[j] = by_q;
      to.next[k] = by_p;
    }
  });
  __syncthreads();
}

}  // namespace

// Goes back through the steps from last_step - 1 to first_step. Replaces the total cotangent of the
// state after them by that of the state before them.
extern "C" __global__ void __launch_bounds__(kThreads)
    rollout_backward(const __grid_constant__ Rollout a) {
  HGN_SHARED(float4, memory);
  float* shared = reinterpret_cast<float*>(memory);
  set_up(a, shared, 2);
  Share share(a);
  Adjoint to(a, shared);
  int64_t sample = (int64_t)a.positions * a.channels;
  float* by_q = a.cotangent + share.first * sample;
  float* by_p = by_q + a.samples * sample;
  each_element(a, share.count, [&](int i, int j) {
    to.sum[j] = by_q[i];
    to.sum[j + a.channels] = by_p[i];
  });
  int evaluations = (a.last_step - a.first_step) * a.moves;
  for (int step = a.last_step - 1; step >= a.first_step; step--) {
    for (int number = a.moves - 1; number >= 0; number--) {
      __syncthreads();
      int evaluation = step * a.moves + number;
      int kept = evaluation - a.first_step * a.moves;
      prepare_dual(a, shared, share, evaluation, number);
      forward_layers_dual(a, shared, share, kept, evaluations);
      backward_layers_dual(a, shared, share, kept, evaluations);
      pull_back(a, shared);
    }
    const float* q = a.states + (step * (int64_t)a.samples + share.first) * sample;
    const float* p = q + (a.steps + 1) * (int64_t)a.samples * sample;
    each_element(a, share.count, [&](int i, int j) {
      to.sum[j] += q[i];
      to.sum[j + a.channels] += p[i];
    });
  }
  each_element(a, share.count, [&](int i, int j) {
    by_q[i] = to.sum[j];
    by_p[i] = to.sum[j + a.channels];
  });
}
