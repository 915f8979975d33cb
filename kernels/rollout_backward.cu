// The vector-Jacobian product of a rollout. See rollout.cuh.
#include "rollout_setup.cuh"

using namespace hgn;
using namespace hgn::rollout;

namespace {

// Writes rows of `channels`, `row` floats apart, and those that are `tangents` floats after them to
// `to` and to `apart` floats after it; the blocks divide them.
template <typename Blocks>
__device__ void keep(const Blocks& blocks, const float* rows, int row, int tangents,
                     const SmallDivisor& channels, int total, float* to, int64_t apart) {
  int first = blocks.rank() * kThreads + threadIdx.x;
  if (row == channels.d && apart % 4 == 0 && aligned(to)) {
#pragma unroll 1
    for (int i = 4 * first; i < total; i += 4 * Blocks::kSize * kThreads) {
      store4(to + i, load4(rows + i));
      store4(to + i + apart, load4(rows + i + tangents));
    }
    return;
  }
#pragma unroll 1
  for (int i = first; i < total; i += Blocks::kSize * kThreads) {
    const float* from = rows + i + channels.quotient(i) * (row - channels.d);
    to[i] = from[0];
    to[i + apart] = from[tangents];
  }
}

// Writes a and a' of layer k's input.
template <typename Blocks>
__device__ void keep_inputs(const Blocks& blocks, const Rollout& a, const float* shared,
                            const Share& share, int evaluation, int evaluations, int k) {
  const Layer& l = a.layers[k];
  int size = l.in_height * l.in_width * l.inputs.d;
  float* to = a.inputs[k] + (int64_t)(evaluation * a.samples + share.first) * size;
  int64_t apart = (int64_t)evaluations * a.samples * size;
  keep(blocks, shared + l.input, l.in_row, 4 * l.in_quads, l.inputs, share.count * size, to, apart);
}

// Writes delta' and delta of layer k, which have overwritten its output.
template <typename Blocks>
__device__ void keep_deltas(const Blocks& blocks, const Rollout& a, const float* shared,
                            const Share& share, int evaluation, int evaluations, int k) {
  const Layer& l = a.layers[k];
  int size = l.out_height * l.out_width * l.outputs.d;
  float* to = a.deltas[k] + (int64_t)(evaluation * a.samples + share.first) * size;
  int64_t apart = (int64_t)evaluations * a.samples * size;
  int tangents = 4 * l.out_quads;
  keep(blocks, shared + l.output + tangents, l.out_row, -tangents, l.outputs, share.count * size,
       to, apart);
}

// a = f(z + b) and a' = f'(z) z'. Of the last layer its delta and delta' instead.
template <typename F>
__device__ void activate_dual(const Rollout& a, const Layer& l, float* shared, bool last) {
  Result z(a, l.up, shared);
  const float* bias = shared + held(l.bias);
  float* output = shared + held(l.output);
  float* tangents = output + 4 * l.out_quads;
  each_spot<false>(l.up, shared, [&](const Spot& spot) {
    float4 b = load4(bias + spot.channels);
    float4 y = each(z.quad(spot.place), b, [](float x, float bias) { return F::value(x + bias); });
    float4 slope = each(y, F::slope);
    float4 tangent = each(slope, z.quad(spot.tangent), [](float s, float by) { return s * by; });
    if (last) {
      tangent = each(y, tangent, [](float v, float t) { return F::slope_derivative(v) * t; });
    }
    store4(output + spot.at, last ? slope : y);
    store4(tangents + spot.at, tangent);
  });
}

// delta and delta' of the layer below, in place of its a and a'.
template <typename F>
__device__ void descend_dual(const Rollout& a, const Layer& l, float* shared) {
  Result u(a, l.down, shared);
  float* input = shared + held(l.input);
  float* tangents = input + 4 * l.in_quads;
  each_spot<true>(l.down, shared, [&](const Spot& spot) {
    float4 y = load4(input + spot.at);
    float4 by = u.quad(spot.place);
    float4 d = each(y, F::slope);
    float4 curved = each(each(y, F::slope_derivative), load4(tangents + spot.at),
                         [](float c, float t) { return c * t; });
    float4 straight = each(d, u.quad(spot.tangent), [](float s, float t) { return s * t; });
    store4(tangents + spot.at,
           make_float4(fmaf(curved.x, by.x, straight.x), fmaf(curved.y, by.y, straight.y),
                       fmaf(curved.z, by.z, straight.z), fmaf(curved.w, by.w, straight.w)));
    store4(input + spot.at, each(d, by, [](float s, float v) { return s * v; }));
  });
}

// From the input of a layer to its output, or to delta of the last layer. Calls body() while the
// input may be read.
template <typename Body>
__device__ void ascend_dual(OneBlock blocks, const Rollout& a, int k, float* shared, bool last,
                            const Body& body) {
  const Layer& l = a.layers[k];
  multiply<false>(blocks, a, l, l.up, shared, 0, [&] {
    if (last) {
      body();
    }
  });
  with(l.activation, [&](auto f) { activate_dual<decltype(f)>(a, l, shared, last); });
  if (!last) {
    body();
  }
}

// From delta of layer k to that of the layer below. Calls body() while the former may be read.
template <typename Body>
__device__ void descend_dual(OneBlock blocks, const Rollout& a, int k, float* shared,
                             const Body& body) {
  const Layer& l = a.layers[k];
  multiply<true>(blocks, a, l, l.down, shared, 0, [] {});
  with(a.layers[k - 1].activation, [&](auto f) { descend_dual<decltype(f)>(a, l, shared); });
  body();
}

// The same of sums, in a cluster.
template <typename F>
__device__ void activate_dual(const ClusterBlocks& blocks, float* shared, const Errand& own,
                              const Biases& bias, bool last, int tangents, Kept<2>& sums) {
  sums.each([&](int i, float sum, float by) {
    float y = F::value(sum + bias.at(i));
    float slope = F::slope(y);
    float tangent = slope * by;
    blocks.store(shared + own.at + i, last ? slope : y, sums.copies);
    blocks.store(shared + own.at + tangents + i, last ? F::slope_derivative(y) * tangent : tangent,
                 sums.copies);
  });
}

// f'(z) and f''(z) z' where a thread keeps sums, which overwrite a and a' there. The first are
// computed before the product.
class Curves {
 public:
  __device__ Curves(Activation f, const Errand& own, const float* shared, int tangents)
      : y_(shared + (own.keeps() ? own.at : 0)), tangents_(own.keeps() ? tangents : 0), f_(f) {
    with(f, [&](auto kind) {
      slope_ = kind.slope(*y_);
      curved_ = kind.slope_derivative(*y_) * y_[tangents_];
    });
  }

  __device__ float slope(int i) const { return i == 0 ? slope_ : hgn::slope(f_, y_[i]); }

  __device__ float curved(int i) const {
    return i == 0 ? curved_ : slope_derivative(f_, y_[i]) * y_[tangents_ + i];
  }

 private:
  const float* y_;
  int tangents_;
  Activation f_;
  float slope_ = 0, curved_ = 0;
};

__device__ void descend_dual(const ClusterBlocks& blocks, float* shared, const Errand& own,
                             const Curves& curves, int tangents, Kept<2>& sums) {
  sums.each([&](int i, float sum, float by) {
    blocks.store(shared + own.at + i, curves.slope(i) * sum, sums.copies);
    blocks.store(shared + own.at + tangents + i, fmaf(curves.curved(i), sum, curves.slope(i) * by),
                 sums.copies);
  });
}

template <typename Body>
__device__ __forceinline__ void ascend_dual(ClusterBlocks& blocks, const Rollout& a, int k,
                                            float* shared, bool last, const Body& body) {
  const Layer& l = a.layers[k];
  int tangents = held(4 * l.out_quads);
  Errand own = errand(l.up, shared);
  Biases bias(blocks, l, own, shared);
  Kept<2> sums = share_of_product<2>(blocks, l.up, own, shared, 0, last ? kLater : 2 * tangents);
  if (own.keeps()) {
    with(l.activation, [&](auto f) {
      activate_dual<decltype(f)>(blocks, shared, own, bias, last, tangents, sums);
    });
  }
  body();
  if (last) {
    expect_later(blocks, 2 * tangents);
  }
}

template <typename Body>
__device__ __forceinline__ void descend_dual(ClusterBlocks& blocks, const Rollout& a, int k,
                                             float* shared, const Body& body) {
  const Layer& l = a.layers[k];
  int tangents = held(4 * l.in_quads);
  Errand own = errand(l.down, shared);
  Curves curves(a.layers[k - 1].activation, own, shared, tangents);
  Kept<2> sums = share_of_product<2>(blocks, l.down, own, shared, 0, 2 * tangents);
  if (own.keeps()) {
    descend_dual(blocks, shared, own, curves, tangents, sums);
  }
  body();
}

// Dual numbers up: planes of a, then of a', with the same samples. Writes the layers' inputs.
template <typename Blocks>
__device__ __forceinline__ void forward_layers_dual(Blocks& blocks, const Rollout& a, float* shared,
                                                    const Share& share, int evaluation,
                                                    int evaluations) {
  for (int k = 0; k < a.layer_count; k++) {
    ascend_dual(blocks, a, k, shared, k == a.layer_count - 1,
                [&] { keep_inputs(blocks, a, shared, share, evaluation, evaluations, k); });
  }
}

// Dual numbers down, to the product that computes u' of the state. Writes the layers' deltas.
template <typename Blocks>
__device__ __forceinline__ void backward_layers_dual(Blocks& blocks, const Rollout& a,
                                                     float* shared, const Share& share,
                                                     int evaluation, int evaluations) {
  auto keep = [&](int k) { keep_deltas(blocks, a, shared, share, evaluation, evaluations, k); };
  for (int k = a.layer_count - 1; k > 0; k--) {
    descend_dual(blocks, a, k, shared, [&] { keep(k); });
  }
  const Layer& l = a.layers[0];
  multiply<true>(blocks, a, l, l.down, shared, 0, [&] { keep(0); });
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
template <typename Blocks>
__device__ void prepare_dual(const Blocks& blocks, const Rollout& a, float* shared,
                             const Share& share, int evaluation, int number) {
  Adjoint to(a, shared);
  float* state = shared + a.state;
  int c = a.state + a.samples_per_block * a.positions * a.layers[0].in_row;
  int channels = a.channels.d;
  const float* from =
      a.visited + (int64_t)(evaluation * a.samples + share.first) * a.positions * 2 * channels;
  each_element(a, share.count, [&](int i, int j, int row) {
    int at = i + row * channels;
    state[j] = from[at];
    state[j + channels] = from[at + channels];
  });
  float factor = a.factor[number];
  bool last = number == a.moves - 1;
  float reach = last || a.splitting ? 0 : a.reach[number + 1];
  bool kick = a.kick[number];
  expect_states(blocks, a, share.count);
  each_own(blocks, a, shared, share.count, [&](const Own& own) {
    int j = own.j;
    int k = j + channels;
    if (a.splitting) {
      to.sum[k] += a.reach[number] * to.sum[j];
      blocks.store(shared + c + j, kick ? -factor * to.sum[k] : 0);
      blocks.store(shared + c + k, kick ? 0 : factor * to.sum[j]);
    } else {
      if (last) {
        to.after[j] = to.sum[j];
        to.after[k] = to.sum[k];
        to.next[j] = to.next[k] = 0;
      }
      blocks.store(shared + c + j, -factor * to.after[k] - reach * to.next[k]);
      blocks.store(shared + c + k, factor * to.after[j] + reach * to.next[j]);
    }
  });
}

// Adds the gradient of <dH, c> to the cotangent of the previous state.
template <typename Blocks>
__device__ void pull_back(const Blocks& blocks, const Rollout& a, float* shared) {
  Adjoint to(a, shared);
  const Layer& l = a.layers[0];
  Result u(a, l.down, shared);
  const float* c = shared + a.state + a.samples_per_block * a.positions * l.in_row;
  each_own(blocks, a, shared, a.samples_per_block, [&](const Own& own) {
    int j = own.j;
    int k = j + a.channels.d;
    float by_q = u.at(own.by_q) + a.spring * c[j];
    float by_p = u.at(own.by_p) + a.kinetic * c[k];
    to.sum[j] += by_q;
    to.sum[k] += by_p;
    if (!a.splitting) {
      to.next[j] = by_q;
      to.next[k] = by_p;
    }
  });
}

// Goes back through the steps from last_step - 1 to first_step. Replaces the total cotangent of the
// state after them by that of the state before them.
template <typename Blocks>
__device__ __forceinline__ void roll_back(const Rollout& a, float* shared) {
  clear(a, shared);
  Blocks blocks(shared + a.mail);
  blocks.meet();
  set_up(blocks, a, shared, 2);
  Share share(a, Blocks::kSize);
  Adjoint to(a, shared);
  int64_t sample = (int64_t)a.positions * a.channels.d;
  float* by_q = a.cotangent + share.first * sample;
  float* by_p = by_q + a.samples * sample;
  // of these sums each thread has its own, and needs no barrier
  each_own(blocks, a, shared, share.count, [&](const Own& own) {
    int i = own.i;
    int j = own.j;
    to.sum[j] = by_q[i];
    to.sum[j + a.channels.d] = by_p[i];
  });
  int evaluations = (a.last_step - a.first_step) * a.moves;
  for (int step = a.last_step - 1; step >= a.first_step; step--) {
    for (int number = a.moves - 1; number >= 0; number--) {
      int evaluation = step * a.moves + number;
      int kept = evaluation - a.first_step * a.moves;
      prepare_dual(blocks, a, shared, share, evaluation, number);
      forward_layers_dual(blocks, a, shared, share, kept, evaluations);
      backward_layers_dual(blocks, a, shared, share, kept, evaluations);
      pull_back(blocks, a, shared);
    }
    const float* q = a.states + (step * (int64_t)a.samples + share.first) * sample;
    const float* p = q + (a.steps + 1) * (int64_t)a.samples * sample;
    each_own(blocks, a, shared, share.count, [&](const Own& own) {
      int i = own.i;
      int j = own.j;
      to.sum[j] += q[i];
      to.sum[j + a.channels.d] += p[i];
    });
  }
  each_own(blocks, a, shared, share.count, [&](const Own& own) {
    int i = own.i;
    int j = own.j;
    by_q[i] = to.sum[j];
    by_p[i] = to.sum[j + a.channels.d];
  });
}

}  // namespace

// One block per samples_per_block samples.
extern "C" __global__ void __launch_bounds__(kThreads)
    rollout_backward(const __grid_constant__ Rollout a) {
  HGN_SHARED(float4, memory);
  roll_back<OneBlock>(a, reinterpret_cast<float*>(memory));
}

#ifdef HGN_CLUSTERS
// One cluster per samples_per_block samples.
extern "C" __global__ void __cluster_dims__(kClusterBlocks, 1, 1) __launch_bounds__(kThreads, 1)
    rollout_backward_cluster(const __grid_constant__ Rollout a) {
  HGN_SHARED(float4, memory);
  roll_back<ClusterBlocks>(a, reinterpret_cast<float*>(memory));
}
#endif
