// The states of a rollout. See rollout.cuh.
#include "rollout_setup.cuh"

using namespace hgn;
using namespace hgn::rollout;

namespace {

// a = f(z + b), or the slope there.
template <typename F>
__device__ void activate(const Rollout& a, const Layer& l, float* shared, bool slope) {
  Result z(a, l.up, shared);
  const float* bias = shared + held(l.bias);
  float* output = shared + held(l.output);
  each_spot<false>(l.up, shared, [&](const Spot& spot) {
    float4 b = load4(bias + spot.channels);
    float4 y = each(z.quad(spot.place), b, [](float x, float bias) { return F::value(x + bias); });
    store4(output + spot.at, slope ? each(y, F::slope) : y);
  });
}

// delta of the layer below: f'(z) u, in place of its a.
template <typename F>
__device__ void descend(const Rollout& a, const Layer& l, float* shared) {
  Result u(a, l.down, shared);
  float* input = shared + held(l.input);
  each_spot<true>(l.down, shared, [&](const Spot& spot) {
    float4 y = load4(input + spot.at);
    float4 delta = each(y, u.quad(spot.place), [](float v, float by) { return F::slope(v) * by; });
    store4(input + spot.at, delta);
  });
}

// From the input of layer k to its output, or to delta of the last layer. Calls body() while the
// input may be read.
template <typename Body>
__device__ void ascend(OneBlock blocks, const Rollout& a, int k, float* shared, bool last,
                       const Body& body) {
  const Layer& l = a.layers[k];
  multiply<false>(blocks, a, l, l.up, shared, 0, body);
  with(l.activation, [&](auto f) { activate<decltype(f)>(a, l, shared, last); });
}

// From delta of layer k to that of the layer below.
__device__ void descend(OneBlock blocks, const Rollout& a, int k, float* shared) {
  const Layer& l = a.layers[k];
  multiply<true>(blocks, a, l, l.down, shared, 0, [] {});
  with(a.layers[k - 1].activation, [&](auto f) { descend<decltype(f)>(a, l, shared); });
}

// The same of a sum and its bias, or of a sum and the slope there, in a cluster.
template <typename F>
__device__ void activate(const ClusterBlocks& blocks, float* shared, const Errand& own,
                         const Biases& bias, bool slope, Kept<1>& sums) {
  sums.each([&](int i, float sum, float) {
    float y = F::value(sum + bias.at(i));
    blocks.store(shared + own.at + i, slope ? F::slope(y) : y, sums.copies);
  });
}

__device__ void descend(const ClusterBlocks& blocks, float* shared, const Errand& own,
                        const Slopes& slope, Kept<1>& sums) {
  sums.each([&](int i, float sum, float) {
    blocks.store(shared + own.at + i, slope.at(i) * sum, sums.copies);
  });
}

template <typename Body>
__device__ __forceinline__ void ascend(ClusterBlocks& blocks, const Rollout& a, int k,
                                       float* shared, bool last, const Body& body) {
  const Layer& l = a.layers[k];
  int arriving = held(4 * l.out_quads);
  Errand own = errand(l.up, shared);
  Biases bias(blocks, l, own, shared);
  Kept<1> sums = share_of_product<1>(blocks, l.up, own, shared, 0, last ? kLater : arriving);
  if (own.keeps()) {
    with(l.activation,
         [&](auto f) { activate<decltype(f)>(blocks, shared, own, bias, last, sums); });
  }
  body();
  if (last) {
    expect_later(blocks, arriving);
  }
}

__device__ __forceinline__ void descend(ClusterBlocks& blocks, const Rollout& a, int k,
                                        float* shared) {
  const Layer& l = a.layers[k];
  Errand own = errand(l.down, shared);
  Slopes slope(a.layers[k - 1].activation, own, shared);
  Kept<1> sums = share_of_product<1>(blocks, l.down, own, shared, 0, held(4 * l.in_quads));
  if (own.keeps()) {
    descend(blocks, shared, own, slope, sums);
  }
}

// Up from the state to delta of the last layer, which overwrites its a. Calls body() while the
// state is there to be read.
template <typename Blocks, typename Body>
__device__ __forceinline__ void forward_layers(Blocks& blocks, const Rollout& a, float* shared,
                                               const Body& body) {
  ascend(blocks, a, 0, shared, a.layer_count == 1, body);
  for (int k = 1; k < a.layer_count; k++) {
    ascend(blocks, a, k, shared, k == a.layer_count - 1, [] {});
  }
}

// Down to delta of the lowest layer.
template <typename Blocks>
__device__ __forceinline__ void backward_layers(Blocks& blocks, const Rollout& a, float* shared) {
  for (int k = a.layer_count - 1; k > 0; k--) {
    descend(blocks, a, k, shared);
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

// A kick or drift of an element, p -= factor dH/dq or q += factor dH/dp, and the glide after it.
struct Moved {
  float q, p;

  __device__ void by(float slope, const Rollout& a, int number) {
    if (a.kick[number]) {
      p -= a.factor[number] * (slope + a.spring * q);
    } else {
      q += a.factor[number] * (slope + a.kinetic * p);
    }
    q += a.reach[number] * p;
  }
};

// The element of the state that a thread of a cluster moves first.
__device__ Moved first_of(const Rollout& a, const Errand& own, const float* shared) {
  const float* q = shared + (own.keeps() ? own.at : a.zeros);
  return {q[0], own.keeps() ? q[a.channels.d] : 0};
}

// By the sums of a product down to the state.
__device__ void move_by_sums(const Rollout& a, float* shared, int number) {
  Result u(a, a.layers[0].down, shared);
  float* state = shared + a.state;
  each_own(OneBlock(nullptr), a, shared, a.samples_per_block, [&](const Own& own) {
    Moved moved = {state[own.j], state[own.j + a.channels.d]};
    moved.by(u.at(own.by_q), a, number);  // or by p: it is the only one
    state[own.j] = moved.q;
    state[own.j + a.channels.d] = moved.p;
  });
}

// Moves the state by the gradient with respect to q or p, which comes from delta of the lowest
// layer.
__device__ void move(OneBlock blocks, const Rollout& a, float* shared, int number) {
  const Layer& l = a.layers[0];
  multiply<true>(blocks, a, l, l.down, shared, !a.kick[number], [] {});
  move_by_sums(a, shared, number);
}

// The same by threads of a cluster that keep the sums.
__device__ void move(const ClusterBlocks& blocks, const Rollout& a, float* shared, int number,
                     const Errand& own, Moved first, Kept<1>& sums) {
  float* q = shared + own.at;
  float* p = q + a.channels.d;
  int first_channel = blocks.rank() * a.own_channels.d + own.column;
  int columns = min(a.own_channels.d - own.column, a.channels.d - first_channel);
  sums.each([&](int i, float sum, float) {
    if (i >= columns) {
      return;
    }
    Moved moved = i == 0 ? first : Moved{q[i], p[i]};
    moved.by(sum, a, number);
    blocks.store(q + i, moved.q, sums.copies);
    blocks.store(p + i, moved.p, sums.copies);
  });
}

__device__ __forceinline__ void move(ClusterBlocks& blocks, const Rollout& a, float* shared,
                                     int number) {
  const Product& d = a.layers[0].down;
  Errand own = errand(d, shared);
  Moved first = first_of(a, own, shared);
  Kept<1> sums = share_of_product<1>(blocks, d, own, shared, !a.kick[number], kLater);
  if (own.keeps()) {
    move(blocks, a, shared, number, own, first, sums);
  }
  expect_later(blocks, state_floats(a, a.samples_per_block));
}

// One stage of a Runge-Kutta method, with the start of the step and the sum so far in `work`.
template <typename Blocks>
__device__ __forceinline__ void stage(Blocks& blocks, const Rollout& a, float* shared, int number) {
  const Layer& l = a.layers[0];
  multiply<true>(blocks, a, l, l.down, shared, 0, [] {});
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
__device__ __forceinline__ void roll_out(const Rollout& a, float* shared) {
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
      backward_layers(blocks, a, shared);
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
  int terms = down ? l.outputs.d : l.inputs.d;
  int columns = state ? a.channels.d : down ? l.inputs.d : l.outputs.d;
  int own = state ? a.own_channels.d : 4 * d.share.d;
  int column_quads = l.kernel_height * l.kernel_width * d.tap_quads;
  int half_quads = d.share.d * column_quads;
  bool apart = d.weight_quads > half_quads;
  int total = 4 * kClusterBlocks * d.weight_quads;
  for (int i = blockIdx.x * kThreads + threadIdx.x; i < total; i += gridDim.x * kThreads) {
    int at = i / 4;
    int part = at % kWeightRows;
    int term = at % d.tap_quads / kWeightRows * 4 + part;
    int tap = at % column_quads / d.tap_quads;
    int column = at % half_quads / column_quads * 4 + i % 4;
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
extern "C" __global__ void __cluster_dims__(kClusterBlocks, 1, 1) __launch_bounds__(kThreads, 1)
    rollout_forward_cluster(const __grid_constant__ Rollout a) {
  HGN_SHARED(float4, memory);
  roll_out<ClusterBlocks>(a, reinterpret_cast<float*>(memory));
}
#endif
