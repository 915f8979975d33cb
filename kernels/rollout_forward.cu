// The states of a rollout. See rollout.cuh.
#include "rollout_setup.cuh"

using namespace hgn;
using namespace hgn::rollout;

namespace {

// a = f(z + b), or the slope there.
template <typename F, typename Blocks>
__device__ void activate(const Blocks& blocks, const Rollout& a, const Layer& l, float* shared,
                         bool slope) {
  Result z(a, l.up, shared);
  const float* bias = shared + held(l.bias);
  int output = held(l.output);
  blocks.expect(from_others(blocks, l.up.plane_rows, 4 * l.up.share.d, 4 * l.down.quads.d));
  each_spot<false>(blocks, l.up, shared, [&](const Spot& spot) {
    float4 b = load4(bias + spot.channels);
    float4 y = each(z.quad(spot.place), b, [](float x, float bias) { return F::value(x + bias); });
    blocks.store(quad_at(shared, output + spot.at), slope ? each(y, F::slope) : y);
  });
}

// Up from the state to delta of the last layer, which overwrites its a. Calls body() while the
// state is there to be read.
template <typename Blocks, typename Body>
__device__ void forward_layers(Blocks& blocks, const Rollout& a, float* shared, const Body& body) {
  for (int k = 0; k < a.layer_count; k++) {
    const Layer& l = a.layers[k];
    bool last = k == a.layer_count - 1;
    multiply<false>(blocks, a, l, l.up, shared, 0, [&] {
      if (k == 0 && last) {
        body();
      }
    });
    with(l.activation, [&](auto f) { activate<decltype(f)>(blocks, a, l, shared, last); });
    if (k == 0 && !last) {
      body();  // while others' results are under way
    }
  }
}

// delta of the layer below: f'(z) u, in place of its a.
template <typename F, typename Blocks>
__device__ void descend(const Blocks& blocks, const Rollout& a, const Layer& l, float* shared) {
  Result u(a, l.down, shared);
  int input = held(l.input);
  blocks.expect(from_others(blocks, l.down.plane_rows, 4 * l.down.share.d, 4 * l.up.quads.d));
  each_spot<true>(blocks, l.down, shared, [&](const Spot& spot) {
    float4 y = load4(shared + input + spot.at);
    float4 delta = each(y, u.quad(spot.place), [](float v, float by) { return F::slope(v) * by; });
    blocks.store(quad_at(shared, input + spot.at), delta);
  });
}

// Down to the product that computes the gradient with respect to q or p, or both.
template <typename Blocks>
__device__ void backward_layers(Blocks& blocks, const Rollout& a, float* shared, int half) {
  for (int k = a.layer_count - 1; k >= 0; k--) {
    const Layer& l = a.layers[k];
    multiply<true>(blocks, a, l, l.down, shared, k == 0 ? half : 0, [] {});
    if (k > 0) {
      with(a.layers[k - 1].activation, [&](auto f) { descend<decltype(f)>(blocks, a, l, shared); });
    }
  }
}

// Writes the state of evaluation number `index`.
template <typename Blocks>
__device__ void keep_state(const Blocks& blocks, const Rollout& a, const float* shared,
                           const Share& share, int index) {
  if (a.visited == nullptr) {
    return;
  }
  int64_t before = (int64_t)(index * a.samples + share.first) * a.positions * 2 * a.channels.d;
  float* to = a.visited + before;
  each_divided(blocks, a, share.count, [&](int i, int j, int row) {
    float* q = to + i + row * a.channels.d;
    q[0] = shared[a.state + j];
    q[a.channels.d] = shared[a.state + j + a.channels.d];
  });
}

template <typename Blocks>
__device__ void write_states(const Blocks& blocks, const Rollout& a, const float* shared,
                             const Share& share, int index) {
  int64_t sample = (int64_t)a.positions * a.channels.d;
  float* q = a.states + (index * (int64_t)a.samples + share.first) * sample;
  float* p = q + (a.steps + 1) * (int64_t)a.samples * sample;
  each_divided(blocks, a, share.count, [&](int i, int j, int) {
    q[i] = shared[a.state + j];
    p[i] = shared[a.state + j + a.channels.d];
  });
}

// One kick or drift, p -= factor dH/dq or q += factor dH/dp, and the glide after it.
template <typename Blocks>
__device__ void move(const Blocks& blocks, const Rollout& a, float* shared, int number) {
  bool kick = a.kick[number];
  Result u(a, a.layers[0].down, shared);
  const float* state = shared + a.state;
  float factor = a.factor[number];
  float glide = a.reach[number];
  expect_states(blocks, a, a.samples_per_block);
  each_own(blocks, a, shared, a.samples_per_block, [&](const Own& own) {
    int j = own.j;
    float slope = u.at(own.by_q);  // or by p: it is the only one
    float q = state[j];
    float p = state[j + a.channels.d];
    if (kick) {
      p -= factor * (slope + a.spring * q);
    } else {
      q += factor * (slope + a.kinetic * p);
    }
    q += glide * p;
    blocks.store(shared + a.state + j, q);
    blocks.store(shared + a.state + j + a.channels.d, p);
  });
}

// One stage of a Runge-Kutta method, with the start of the step and the sum so far in `work`.
template <typename Blocks>
__device__ void stage(const Blocks& blocks, const Rollout& a, float* shared, int number) {
  const Layer& l = a.layers[0];
  Result u(a, l.down, shared);
  const float* state = shared + a.state;
  float* start = shared + a.work;
  float* sum = start + a.samples_per_block * a.positions * l.in_row;
  bool first = number == 0;
  bool last = number == a.moves - 1;
  float factor = a.factor[number];
  float reach = last ? 0 : a.reach[number + 1];
  expect_states(blocks, a, a.samples_per_block);
  each_own(blocks, a, shared, a.samples_per_block, [&](const Own& own) {
    int j = own.j;
    int k = j + a.channels.d;
    float by_q = u.at(own.by_q) + a.spring * state[j];
    float by_p = u.at(own.by_p) + a.kinetic * state[k];
    if (first) {
      start[j] = sum[j] = state[j];
      start[k] = sum[k] = state[k];
    }
    sum[j] += factor * by_p;
    sum[k] -= factor * by_q;
    blocks.store(shared + a.state + j, last ? sum[j] : start[j] + reach * by_p);
    blocks.store(shared + a.state + k, last ? sum[k] : start[k] - reach * by_q);
  });
}

// All states, starting at q and p.
template <typename Blocks>
__device__ void roll_out(const Rollout& a, float* shared) {
  clear(a, shared);
  Blocks blocks(shared + a.mail);
  blocks.meet();
  set_up(blocks, a, shared, 1);
  Share share(a, Blocks::kSize);
  int64_t before = (int64_t)share.first * a.positions * a.channels.d;
  each_element(a, share.count, [&](int i, int j, int) {
    shared[a.state + j] = a.q[before + i];
    shared[a.state + j + a.channels.d] = a.p[before + i];
  });
  blocks.expect(0);
  for (int step = 0; step < a.steps; step++) {
    for (int number = 0; number < a.moves; number++) {
      forward_layers(blocks, a, shared, [&] {
        if (number == 0) {
          write_states(blocks, a, shared, share, step);
        }
        keep_state(blocks, a, shared, share, step * a.moves + number);
      });
      backward_layers(blocks, a, shared, a.splitting && !a.kick[number]);
      if (a.splitting) {
        move(blocks, a, shared, number);
      } else {
        stage(blocks, a, shared, number);
      }
    }
  }
  blocks.wait();
  write_states(blocks, a, shared, share, a.steps);
}

// Pads the weights of one product, as ClusterBlocks keep them, for the blocks of a cluster in turn.
__device__ void pack_shares(const Rollout& a, int k, const Product& d, bool down) {
  const Layer& l = a.layers[k];
  bool state = down && k == 0;  // columns are those of q, then those of p, or of one of them
  int share = d.share.d;
  int terms = down ? l.outputs.d : l.inputs.d;
  int columns = state ? a.channels.d : down ? l.inputs.d : l.outputs.d;
  int own = state ? a.own_channels.d : 4 * share;
  int half_quads = l.kernel_height * l.kernel_width * d.tap_quads;
  bool apart = d.weight_quads > half_quads;
  int total = 4 * kClusterBlocks * d.weight_quads;
  for (int i = blockIdx.x * kThreads + threadIdx.x; i < total; i += gridDim.x * kThreads) {
    int at = i / 4;
    int part = at % kWeightRows;
    int column = at / kWeightRows % share * 4 + i % 4;
    int term = at % d.tap_quads / share / kWeightRows * 4 + part;
    int tap = at % half_quads / d.tap_quads;
    int half = at % d.weight_quads / half_quads + column / own;
    int within = at / d.weight_quads * own + column % own;
    bool padding = part == 4 || term >= terms || within >= columns || half >= (state ? 2 : 1) ||
                   (apart && column >= own);
    int number = half * columns + within;
    int input = down ? number : term;
    int output = down ? term : number;
    a.packed[d.packed + i] =
        padding ? 0.0f : a.weight[k][(tap * l.inputs.d + input) * l.outputs.d + output];
  }
}

__device__ void pack_bias(const Rollout& a, int k) {
  const Layer& l = a.layers[k];
  for (int i = blockIdx.x * kThreads + threadIdx.x; i < l.out_row; i += gridDim.x * kThreads) {
    a.packed[l.packed_bias + i] = i < l.outputs.d ? a.bias[k][i] : 0.0f;
  }
}

}  // namespace

// Pads and swizzles the weights.
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
    pack_bias(a, k);
  }
}

// The same for clusters of blocks.
extern "C" __global__ void __launch_bounds__(kThreads)
    rollout_pack_shares(const __grid_constant__ Rollout a) {
  for (int k = 0; k < a.layer_count; k++) {
    pack_shares(a, k, a.layers[k].up, false);
    pack_shares(a, k, a.layers[k].down, true);
    pack_bias(a, k);
  }
}

// One block per samples_per_block samples.
extern "C" __global__ void __launch_bounds__(kThreads)
    rollout_forward(const __grid_constant__ Rollout a) {
  HGN_SHARED(float4, memory);
  roll_out<OneBlock>(a, reinterpret_cast<float*>(memory));
}

#ifdef HGN_CLUSTERS
// One cluster per samples_per_block samples.
extern "C" __global__ void __cluster_dims__(kClusterBlocks, 1, 1) __launch_bounds__(kThreads)
    rollout_forward_cluster(const __grid_constant__ Rollout a) {
  HGN_SHARED(float4, memory);
  roll_out<ClusterBlocks>(a, reinterpret_cast<float*>(memory));
}
#endif
