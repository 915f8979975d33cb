// The states of a rollout. See rollout.cuh.
#include "rollout_setup.cuh"

using namespace hgn;
using namespace hgn::rollout;

namespace {

// a = f(z + b), or the slope there.
template <typename F>
__device__ void activate(const Rollout& a, const Layer& l, float* shared, bool slope) {
  Result<false> z(a, l.up, shared);
  const float* bias = shared + held(l.bias);
  float* output = shared + held(l.output);
  each_quad(l.out_quads, l.down.quads, [&](int row, int quad, int at) {
    float4 b = load4(bias + 4 * quad);
    float4 y = each(z.quad(row, quad), b, [](float x, float bias) { return F::value(x + bias); });
    store4(output + at, slope ? each(y, F::slope) : y);
  });
}

// Up from the state to delta of the last layer, which overwrites its a.
__device__ void forward_layers(const Rollout& a, float* shared) {
  for (int k = 0; k < a.layer_count; k++) {
    const Layer& l = a.layers[k];
    multiply<false>(a, l, l.up, shared);
    bool last = k == a.layer_count - 1;
    with(l.activation, [&](auto f) { activate<decltype(f)>(a, l, shared, last); });
    __syncthreads();
  }
}

// delta of the layer below: f'(z) u, in place of its a.
template <typename F>
__device__ void descend(const Rollout& a, const Layer& l, float* shared) {
  Result<true> u(a, l.down, shared);
  float* input = shared + held(l.input);
  each_quad(l.in_quads, l.up.quads, [&](int row, int quad, int at) {
    float* y = input + at;
    store4(y,
           each(load4(y), u.quad(row, quad), [](float v, float by) { return F::slope(v) * by; }));
  });
}

// Down to the product that computes the gradient, starting at column `first` of the state.
__device__ void backward_layers(const Rollout& a, float* shared, int first) {
  for (int k = a.layer_count - 1; k >= 0; k--) {
    const Layer& l = a.layers[k];
    multiply<true>(a, l, l.down, shared, k == 0 ? first : 0);
    if (k > 0) {
      with(a.layers[k - 1].activation, [&](auto f) { descend<decltype(f)>(a, l, shared); });
      __syncthreads();
    }
  }
}

// Writes the state of evaluation number `index`.
__device__ void keep_state(const Rollout& a, const float* shared, const Share& share, int index) {
  if (a.visited == nullptr) {
    return;
  }
  int64_t before = (int64_t)(index * a.samples + share.first) * a.positions * 2 * a.channels.d;
  float* to = a.visited + before;
  each_element(a, share.count, [&](int i, int j, int row) {
    float* q = to + i + row * a.channels.d;
    q[0] = shared[a.state + j];
    q[a.channels.d] = shared[a.state + j + a.channels.d];
  });
}

__device__ void write_states(const Rollout& a, const float* shared, const Share& share, int index) {
  int64_t sample = (int64_t)a.positions * a.channels.d;
  float* q = a.states + (index * (int64_t)a.samples + share.first) * sample;
  float* p = q + (a.steps + 1) * (int64_t)a.samples * sample;
  each_element(a, share.count, [&](int i, int j, int) {
    q[i] = shared[a.state + j];
    p[i] = shared[a.state + j + a.channels.d];
  });
}

// One kick or drift, p -= factor dH/dq or q += factor dH/dp, and the glide after it.
__device__ void move(const Rollout& a, float* shared, int number) {
  bool kick = a.kick[number];
  Result<true> u(a, a.layers[0].down, shared);
  float* state = shared + a.state;
  float factor = a.factor[number];
  float glide = a.reach[number];
  each_element(a, a.samples_per_block, [&](int i, int j, int row) {
    float slope = u.at(row, i - row * a.channels.d);
    if (kick) {
      state[j + a.channels.d] -= factor * (slope + a.spring * state[j]);
    } else {
      state[j] += factor * (slope + a.kinetic * state[j + a.channels.d]);
    }
    state[j] += glide * state[j + a.channels.d];
  });
}

// One stage of a Runge-Kutta method, with the start of the step and the sum so far in `work`.
__device__ void stage(const Rollout& a, float* shared, int number) {
  const Layer& l = a.layers[0];
  Result<true> u(a, l.down, shared);
  float* state = shared + a.state;
  float* start = shared + a.work;
  float* sum = start + a.samples_per_block * a.positions * l.in_row;
  bool first = number == 0;
  bool last = number == a.moves - 1;
  float factor = a.factor[number];
  float reach = last ? 0 : a.reach[number + 1];
  each_element(a, a.samples_per_block, [&](int i, int j, int row) {
    int c = i - row * a.channels.d;
    int k = j + a.channels.d;
    float by_q = u.at(row, c) + a.spring * state[j];
    float by_p = u.at(row, c + a.channels.d) + a.kinetic * state[k];
    if (first) {
      start[j] = sum[j] = state[j];
      start[k] = sum[k] = state[k];
    }
    sum[j] += factor * by_p;
    sum[k] -= factor * by_q;
    state[j] = last ? sum[j] : start[j] + reach * by_p;
    state[k] = last ? sum[k] : start[k] - reach * by_q;
  });
}

}  // namespace

// Pads and swizzles the weights, each followed by its bias.
extern "C" __global__ void __launch_bounds__(kThreads)
    rollout_pack(const __grid_constant__ Rollout a) {
  for (int k = 0; k < a.layer_count; k++) {
    const Layer& l = a.layers[k];
    float* to = a.packed + l.packed;
    int size = l.kernel_height * l.kernel_width * l.in_row * l.out_row;
    for (int i = blockIdx.x * kThreads + threadIdx.x; i < size; i += gridDim.x * kThreads) {
      int row = i / l.out_row;
      int o = i % l.out_row;
      int tap = row / l.in_row;
      int input = row % l.in_row;
      bool padding = o >= l.outputs.d || input >= l.inputs.d;
      float w = padding ? 0.0f : a.weight[k][(tap * l.inputs.d + input) * l.outputs.d + o];
      to[row * l.out_row + 4 * swizzled(l, input, o / 4) + o % 4] = w;
    }
    for (int i = blockIdx.x * kThreads + threadIdx.x; i < l.out_row; i += gridDim.x * kThreads) {
      to[size + i] = i < l.outputs.d ? a.bias[k][i] : 0.0f;
    }
  }
}

// All states, starting at q and p. One block per samples_per_block samples.
extern "C" __global__ void __launch_bounds__(kThreads)
    rollout_forward(const __grid_constant__ Rollout a) {
  HGN_SHARED(float4, memory);
  float* shared = reinterpret_cast<float*>(memory);
  set_up(a, shared, 1);
  Share share(a);
  int64_t before = (int64_t)share.first * a.positions * a.channels.d;
  each_element(a, share.count, [&](int i, int j, int) {
    shared[a.state + j] = a.q[before + i];
    shared[a.state + j + a.channels.d] = a.p[before + i];
  });
  __syncthreads();
  write_states(a, shared, share, 0);
  for (int step = 0; step < a.steps; step++) {
    for (int number = 0; number < a.moves; number++) {
      keep_state(a, shared, share, step * a.moves + number);
      forward_layers(a, shared);
      backward_layers(a, shared, a.splitting && !a.kick[number] ? a.channels.d : 0);
      if (a.splitting) {
        move(a, shared, number);
      } else {
        stage(a, shared, number);
      }
      __syncthreads();
    }
    write_states(a, shared, share, step + 1);
  }
}
