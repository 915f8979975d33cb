// The vector-Jacobian product of a rollout. See rollout.cuh.
#include "rollout_setup.cuh"

using namespace hgn;
using namespace hgn::rollout;

namespace {

// Writes rows of `channels`, `row` floats apart, and those that are `tangents` floats after them to
// `to` and to `apart` floats after it.
__device__ void keep(const float* rows, int row, int tangents, const SmallDivisor& channels,
                     int total, float* to, int64_t apart) {
  for (int i = threadIdx.x; i < total; i += kThreads) {
    const float* from = rows + i + channels.quotient(i) * (row - channels.d);
    to[i] = from[0];
    to[i + apart] = from[tangents];
  }
}

// Writes a and a' of layer k's input.
__device__ void keep_inputs(const Rollout& a, const float* shared, const Share& share,
                            int evaluation, int evaluations, int k) {
  const Layer& l = a.layers[k];
  int size = l.in_height * l.in_width * l.inputs.d;
  float* to = a.inputs[k] + (int64_t)(evaluation * a.samples + share.first) * size;
  int64_t apart = (int64_t)evaluations * a.samples * size;
  keep(shared + l.input, l.in_row, 4 * l.in_quads, l.inputs, share.count * size, to, apart);
}

// Writes delta' and delta of layer k, which have overwritten its output.
__device__ void keep_deltas(const Rollout& a, const float* shared, const Share& share,
                            int evaluation, int evaluations, int k) {
  const Layer& l = a.layers[k];
  int size = l.out_height * l.out_width * l.outputs.d;
  float* to = a.deltas[k] + (int64_t)(evaluation * a.samples + share.first) * size;
  int64_t apart = (int64_t)evaluations * a.samples * size;
  int tangents = 4 * l.out_quads;
  keep(shared + l.output + tangents, l.out_row, -tangents, l.outputs, share.count * size, to,
       apart);
}

// a = f(z + b) and a' = f'(z) z'.
template <typename F>
__device__ void activate_dual(const Rollout& a, const Layer& l, float* shared) {
  Result<false> z(a, l.up, shared);
  int rows = l.up.rows / 2;
  const float* bias = shared + held(l.bias);
  float* output = shared + held(l.output);
  each_quad(l.out_quads, l.down.quads, [&](int row, int quad, int at) {
    float4 b = load4(bias + 4 * quad);
    float4 y = each(z.quad(row, quad), b, [](float x, float bias) { return F::value(x + bias); });
    float* to = output + at;
    store4(to, y);
    store4(to + 4 * l.out_quads, each(y, z.quad(row + rows, quad), [](float v, float tangent) {
             return F::slope(v) * tangent;
           }));
  });
}

// Dual numbers up: planes of a, then of a', with the same samples. Writes the layers' inputs.
__device__ void forward_layers_dual(const Rollout& a, float* shared, const Share& share,
                                    int evaluation, int evaluations) {
  for (int k = 0; k < a.layer_count; k++) {
    const Layer& l = a.layers[k];
    keep_inputs(a, shared, share, evaluation, evaluations, k);
    multiply<false>(a, l, l.up, shared);
    with(l.activation, [&](auto f) { activate_dual<decltype(f)>(a, l, shared); });
    __syncthreads();
  }
}

// delta and delta' of the last layer, in place of its a and a'.
template <typename F>
__device__ void turn_dual(const Rollout& a, const Layer& l, float* shared) {
  each_quad(l.out_quads, l.down.quads, [&](int, int, int at) {
    float* to = shared + l.output + at;
    float* tangent = to + 4 * l.out_quads;
    float4 y = load4(to);
    store4(to, each(y, F::slope));
    store4(tangent,
           each(y, load4(tangent), [](float v, float t) { return F::slope_derivative(v) * t; }));
  });
}

// delta and delta' of the layer below, in place of its a and a'.
template <typename F>
__device__ void descend_dual(const Rollout& a, const Layer& l, float* shared) {
  Result<true> u(a, l.down, shared);
  int rows = l.down.rows / 2;
  float* input = shared + held(l.input);
  each_quad(l.in_quads, l.up.quads, [&](int row, int quad, int at) {
    float* to = input + at;
    float* tangent = to + 4 * l.in_quads;
    float4 y = load4(to);
    float4 by = u.quad(row, quad);
    float4 d = each(y, F::slope);
    float4 curved =
        each(each(y, F::slope_derivative), load4(tangent), [](float c, float t) { return c * t; });
    float4 straight = each(d, u.quad(row + rows, quad), [](float s, float t) { return s * t; });
    store4(tangent,
           make_float4(fmaf(curved.x, by.x, straight.x), fmaf(curved.y, by.y, straight.y),
                       fmaf(curved.z, by.z, straight.z), fmaf(curved.w, by.w, straight.w)));
    store4(to, each(d, by, [](float s, float v) { return s * v; }));
  });
}

// Dual numbers down, to the product that computes u' of the state.
__device__ void backward_layers_dual(const Rollout& a, float* shared, const Share& share,
                                     int evaluation, int evaluations) {
  const Layer& top = a.layers[a.layer_count - 1];
  with(top.activation, [&](auto f) { turn_dual<decltype(f)>(a, top, shared); });
  __syncthreads();
  for (int k = a.layer_count - 1; k >= 0; k--) {
    const Layer& l = a.layers[k];
    keep_deltas(a, shared, share, evaluation, evaluations, k);
    multiply<true>(a, l, l.down, shared);
    if (k > 0) {
      with(a.layers[k - 1].activation, [&](auto f) { descend_dual<decltype(f)>(a, l, shared); });
      __syncthreads();
    }
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
  int channels = a.channels.d;
  const float* from =
      a.visited + (int64_t)(evaluation * a.samples + share.first) * a.positions * 2 * channels;
  float factor = a.factor[number];
  bool last = number == a.moves - 1;
  float reach = last || a.splitting ? 0 : a.reach[number + 1];
  bool kick = a.kick[number];
  each_element(a, share.count, [&](int i, int j, int row) {
    int k = j + channels;
    int at = i + row * channels;
    state[j] = from[at];
    state[k] = from[at + channels];
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
  Result<true> u(a, l.down, shared);
  const float* c = shared + a.state + a.samples_per_block * a.positions * l.in_row;
  each_element(a, a.samples_per_block, [&](int i, int j, int row) {
    int channel = i - row * a.channels.d;
    int k = j + a.channels.d;
    float by_q = u.at(row, channel) + a.spring * c[j];
    float by_p = u.at(row, channel + a.channels.d) + a.kinetic * c[k];
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
  int64_t sample = (int64_t)a.positions * a.channels.d;
  float* by_q = a.cotangent + share.first * sample;
  float* by_p = by_q + a.samples * sample;
  each_element(a, share.count, [&](int i, int j, int) {
    to.sum[j] = by_q[i];
    to.sum[j + a.channels.d] = by_p[i];
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
    each_element(a, share.count, [&](int i, int j, int) {
      to.sum[j] += q[i];
      to.sum[j + a.channels.d] += p[i];
    });
  }
  each_element(a, share.count, [&](int i, int j, int) {
    by_q[i] = to.sum[j];
    by_p[i] = to.sum[j + a.channels.d];
  });
}
