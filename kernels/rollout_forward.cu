// The states of a rollout. See rollout.cuh.
#include "rollout_setup.cuh"

using namespace hgn::rollout;

namespace {

// Up from the state to delta of the last layer, which overwrites its a.
__device__ void forward_layers(const Rollout& a, float* shared) {
  for (int k = 0; k < a.layer_count; k++) {
    const Layer& l = a.layers[k];
    multiply<false>(a, l, l.up, shared);
    Result z(a, l.up, shared);
    bool last = k == a.layer_count - 1;
    int rows = a.samples_per_block * l.out_height * l.out_width;
    for (int i = threadIdx.x; i < rows * l.outputs; i += kThreads) {
      int row = i / l.outputs;
      int o = i % l.outputs;
      float y = value(l.activation, z.at(row, o) + shared[l.bias + o]);
      shared[l.output + row * l.out_row + o] = last ? slope(l.activation, y) : y;
    }
    __syncthreads();
  }
}

// Down to the product that computes the gradient, starting at column `first` of the state.
__device__ void backward_layers(const Rollout& a, float* shared, int first) {
  for (int k = a.layer_count - 1; k >= 0; k--) {
    const Layer& l = a.layers[k];
    multiply<true>(a, l, l.down, shared, k == 0 ? first : 0);
    if (k > 0) {
      Result u(a, l.down, shared);
      auto f = a.layers[k - 1].activation;
      int rows = a.samples_per_block * l.in_height * l.in_width;
      for (int i = threadIdx.x; i < rows * l.inputs; i += kThreads) {
        int row = i / l.inputs;
        int c = i % l.inputs;
        float* y = shared + l.input + row * l.in_row + c;
        *y = slope(f, *y) * u.at(row, c);
      }
      __syncthreads();
    }
  }
}

// Writes the state of evaluation number `index`.
__device__ void keep_state(const Rollout& a, const float* shared, const Share& share, int index) {
  if (a.visited == nullptr) {
    return;
  }
  int width = 2 * a.channels;
  float* to = a.visited + (int64_t)(index * a.samples + share.first) * a.positions * width;
  int total = share.count * a.positions * width;
  for (int i = threadIdx.x; i < total; i += kThreads) {
    to[i] = shared[a.state + i / width * a.layers[0].in_row + i % width];
  }
}

__device__ void write_states(const Rollout& a, const float* shared, const Share& share, int index) {
  int64_t sample = (int64_t)a.positions * a.channels;
  float* q = a.states + (index * (int64_t)a.samples + share.first) * sample;
  float* p = q + (a.steps + 1) * (int64_t)a.samples * sample;
  each_element(a, share.count, [&](int i, int j) {
    q[i] = shared[a.state + j];
    p[i] = shared[a.state + j + a.channels];
  });
}

// One kick or drift, p -= factor dH/dq or q += factor dH/dp, and the glide after it.
__device__ void move(const Rollout& a, float* shared, int number) {
  bool kick = a.kick[number];
  Result u(a, a.layers[0].down, shared);
  float* state = shared + a.state;
  float factor = a.factor[number];
  float glide = a.reach[number];
  each_element(a, a.samples_per_block, [&](int i, int j) {
    float slope = u.at(i / a.channels, i % a.channels);
    if (kick) {
      state[j + a.channels] -= factor * (slope + a.spring * state[j]);
    } else {
      state[j] += factor * (slope + a.kinetic * state[j + a.channels]);
    }
    state[j] += glide * state[j + a.channels];
  });
}

// One stage of a Runge-Kutta method, with the start of the step and the sum so far in `work`.
__device__ void stage(const Rollout& a, float* shared, int number) {
  const Layer& l = a.layers[0];
  Result u(a, l.down, shared);
  float* state = shared + a.state;
  float* start = shared + a.work;
  float* sum = start + a.samples_per_block * a.positions * l.in_row;
  bool first = number == 0;
  bool last = number == a.moves - 1;
  float factor = a.factor[number];
  float reach = last ? 0 : a.reach[number + 1];
  each_element(a, a.samples_per_block, [&](int i, int j) {
    int row = i / a.channels;
    int c = i % a.channels;
    int k = j + a.channels;
    float by_q = u.at(row, c) + a.spring * state[j];
    float by_p = u.at(row, c + a.channels) + a.kinetic * state[k];
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
      int input = row % l.in_row;
      bool padding = o >= l.outputs || input >= l.inputs;
      float w = padding ? 0.0f : a.weight[k][(row / l.in_row * l.inputs + input) * l.outputs + o];
      to[4 * swizzled(l, row, o / 4) + o % 4] = w;
    }
    for (int i = blockIdx.x * kThreads + threadIdx.x; i < l.out_row; i += gridDim.x * kThreads) {
      to[size + i] = i < l.outputs ? a.bias[k][i] : 0.0f;
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
  int64_t before = (int64_t)share.first * a.positions * a.channels;
  each_element(a, share.count, [&](int i, int j) {
    shared[a.state + j] = a.q[before + i];
    shared[a.state + j + a.channels] = a.p[before + i];
  });
  __syncthreads();
  write_states(a, shared, share, 0);
  for (int step = 0; step < a.steps; step++) {
    for (int number = 0; number < a.moves; number++) {
      keep_state(a, shared, share, step * a.moves + number);
      forward_layers(a, shared);
      backward_layers(a, shared, a.splitting && !a.kick[number] ? a.channels : 0);
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
