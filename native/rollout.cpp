// Whole rollouts of a network of convolutions: threads divide the samples, and each takes its own
// through all steps, with weights that are packed once and stay in the cache.
//
// Forward, an evaluation of g = dH/ds is a pass through the layers and one back. Backward, for a
// cotangent c of g, the derivatives of <g, c> are the tangent parts of the same two passes on dual
// numbers s + eps c (forward over reverse): with z' = conv(a', w), a' = f' z',
//
//   delta = f' u, delta' = f'' z' u + f' u',  u and u' from the layer above,
//
// the derivative with respect to s follows from delta' of the first layer, and those with respect
// to the weights from a, a', delta and delta', which are written out for one product over all
// evaluations.
#include <cstring>

#include "memory.h"
#include "ops.h"
#include "packed_conv.h"
#include "parallel.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int kFewestSamples = 4;  // per thread, to reuse a row of weights
constexpr int64_t kAlign = 16;     // floats; no two arrays share a cache line

enum Part { kBoth, kQ, kP };

int64_t aligned(int64_t floats) { return ceil_div(floats, kAlign) * kAlign; }

int64_t input_size(const RolloutLayer& layer) {
  return int64_t{layer.shape.height} * layer.shape.width * layer.shape.channels;
}

int64_t output_size(const RolloutLayer& layer) {
  return layer.shape.out_pixels() * layer.shape.out_channels;
}

// Allocates pieces of one block.
class Pieces {
 public:
  explicit Pieces(float* memory) : next_(memory) {}

  float* take(int64_t floats) {
    float* piece = next_;
    next_ += aligned(floats);
    return piece;
  }

 private:
  float* next_;
};

// The layers with their weights packed for both directions.
class Network {
 public:
  explicit Network(const RolloutTask& task) : task_(task) {
    int64_t floats = 0;
    for (int l = 0; l < task.layer_count; l++) {
      floats += 2 * aligned(packed_floats(task.layers[l].shape));
    }
    const ConvShape& first = task.layers[0].shape;
    int64_t half = int64_t{first.taps()} * task.channels * first.out_channels;
    floats += 2 * (aligned(half) + aligned(packed_floats(first)));
    int64_t tables = ceil_div(2 * task.layer_count * sizeof(PackedWeights), sizeof(float));
    Pieces memory(scratch_floats(Slot::kRollout, floats + aligned(tables)));
    forward_ = reinterpret_cast<PackedWeights*>(memory.take(tables));
    back_ = forward_ + task.layer_count;
    for (int l = 0; l < task.layer_count; l++) {
      const RolloutLayer& layer = task.layers[l];
      forward_[l] =
          pack_forward(layer.shape, layer.weight, memory.take(packed_floats(layer.shape)));
      back_[l] = pack_backward(layer.shape, layer.weight, memory.take(packed_floats(layer.shape)));
    }
    half_shape_ = first;
    half_shape_.channels = task.channels;
    for (int part = 0; part < 2; part++) {
      float* weights = memory.take(half);
      int64_t block = int64_t{task.channels} * first.out_channels;
      for (int tap = 0; tap < first.taps(); tap++) {
        std::memcpy(weights + tap * block, task.layers[0].weight + (2 * tap + part) * block,
                    block * sizeof(float));
      }
      half_back_[part] = pack_backward(half_shape_, weights, memory.take(packed_floats(first)));
    }
  }

  void forward(int l, int samples, const float* x, bool tangent, float* y) const {
    const RolloutLayer& layer = task_.layers[l];
    ConvShape shape = layer.shape;
    shape.samples = samples;
    convolve(shape, forward_[l], x, tangent ? nullptr : layer.bias,
             tangent ? Activation::kIdentity : layer.f, y);
  }

  void back(int l, int samples, const float* g, float* x) const {
    ConvShape shape = task_.layers[l].shape;
    shape.samples = samples;
    convolve_back(shape, back_[l], g, x);
  }

  // Back through the first layer to q or p only.
  void back_to(Part part, int samples, const float* g, float* x) const {
    ConvShape shape = half_shape_;
    shape.samples = samples;
    convolve_back(shape, half_back_[part == kQ ? 0 : 1], g, x);
  }

 private:
  const RolloutTask& task_;
  PackedWeights* forward_;
  PackedWeights* back_;
  PackedWeights half_back_[2];
  ConvShape half_shape_;
};

// Samples first, ..., first + count - 1, and this thread's arrays for them; arrays of a layer hold
// the values of these samples, followed by their tangents on dual numbers.
class Group {
 public:
  Group(const RolloutTask& task, const Network& network, int first, int count, bool dual)
      : task_(task), network_(network), first_(first), count_(count) {
    int64_t samples = int64_t{dual ? 2 : 1} * count;
    int64_t half = count * half_size();
    int64_t widest = count * 2 * half_size();
    int64_t floats = 0;
    for (int l = 0; l < task.layer_count; l++) {
      int64_t size = output_size(task.layers[l]);
      widest = larger(widest, samples * size);
      floats += aligned(samples * size) * 2;
    }
    floats += aligned(samples * 2 * half_size()) + 2 * aligned(widest) + 8 * aligned(half) +
              2 * aligned(2 * half);
    int64_t tables = ceil_div((2 * task.layer_count + 1) * sizeof(float*), sizeof(float));
    Pieces memory(scratch_floats(Slot::kTiles, floats + aligned(tables)));
    a_ = reinterpret_cast<float**>(memory.take(tables));
    z_dot_ = a_ + task.layer_count + 1;
    a_[0] = memory.take(samples * 2 * half_size());
    for (int l = 0; l < task.layer_count; l++) {
      int64_t size = output_size(task.layers[l]);
      a_[l + 1] = memory.take(samples * size);
      z_dot_[l] = memory.take(samples * size);
    }
    u_ = memory.take(widest);
    other_ = memory.take(widest);
    q_ = memory.take(half);
    p_ = memory.take(half);
    sum_q_ = memory.take(half);
    sum_p_ = memory.take(half);
    g_q_ = memory.take(half);
    g_p_ = memory.take(half);
    c_q_ = memory.take(half);
    c_p_ = memory.take(half);
    both_ = memory.take(2 * half);
    back_ = memory.take(2 * half);
  }

  void forward(const RolloutPath& path) {
    std::memcpy(q_, path.q + first_ * half_size(), bytes());
    std::memcpy(p_, path.p + first_ * half_size(), bytes());
    keep(path, 0);
    for (int step = 0; step < task_.steps; step++) {
      int64_t evaluation = int64_t{step} * task_.move_count;
      if (task_.splitting) {
        for (int m = 0; m < task_.move_count; m++) {
          move(task_.moves[m], path.visited, evaluation + m);
        }
      } else {
        stages(path.visited, evaluation);
      }
      keep(path, step + 1);
    }
  }

  void backward(const RolloutBack& back) {
    int64_t half = int64_t{task_.batch} * half_size();
    float* state_q = back.state + first_ * half_size();
    float* state_p = state_q + half;
    std::memcpy(sum_q_, state_q, bytes());
    std::memcpy(sum_p_, state_p, bytes());
    for (int step = back.end - 1; step >= back.first; step--) {
      if (task_.splitting) {
        for (int m = task_.move_count - 1; m >= 0; m--) {
          unmove(task_.moves[m], back, step * int64_t{task_.move_count} + m);
        }
      } else {
        unstage(back, step * int64_t{task_.move_count});
      }
      const float* g = back.cotangents + step * half + first_ * half_size();
      add(g, 1, sum_q_);
      add(g + (task_.steps + int64_t{1}) * half, 1, sum_p_);
    }
    std::memcpy(state_q, sum_q_, bytes());
    std::memcpy(state_p, sum_p_, bytes());
  }

 private:
  int64_t half_size() const { return int64_t{task_.places} * task_.channels; }
  int64_t half_floats() const { return count_ * half_size(); }
  size_t bytes() const { return half_floats() * sizeof(float); }

  void keep(const RolloutPath& path, int step) {
    int64_t row = (int64_t{step} * task_.batch + first_) * half_size();
    std::memcpy(path.states + row, q_, bytes());
    row += (task_.steps + int64_t{1}) * task_.batch * half_size();
    std::memcpy(path.states + row, p_, bytes());
  }

  void add(const float* x, float factor, float* to) const {
    for (int64_t i = 0; i < half_floats(); i++) {
      to[i] += factor * x[i];
    }
  }

  // to[place] = (q[place], p[place]); `to` has room for both.
  void join(const float* q, const float* p, float* to) const {
    for (int64_t i = 0; i < int64_t{count_} * task_.places; i++) {
      std::memcpy(to + 2 * i * task_.channels, q + i * task_.channels,
                  task_.channels * sizeof(float));
      std::memcpy(to + (2 * i + 1) * task_.channels, p + i * task_.channels,
                  task_.channels * sizeof(float));
    }
  }

  void part(const float* both, float* q, float* p) const {
    for (int64_t i = 0; i < int64_t{count_} * task_.places; i++) {
      std::memcpy(q + i * task_.channels, both + 2 * i * task_.channels,
                  task_.channels * sizeof(float));
      std::memcpy(p + i * task_.channels, both + (2 * i + 1) * task_.channels,
                  task_.channels * sizeof(float));
    }
  }

  // dH/dq into g_q, dH/dp into g_p, or one of them, at (q, p).
  void gradient(Part wanted, const float* q, const float* p, float* visited, int64_t evaluation) {
    join(q, p, a_[0]);
    if (visited != nullptr) {
      std::memcpy(visited + (evaluation * task_.batch + first_) * 2 * half_size(), a_[0],
                  2 * bytes());
    }
    int last = task_.layer_count - 1;
    for (int l = 0; l <= last; l++) {
      network_.forward(l, count_, a_[l], false, a_[l + 1]);
    }
    int64_t floats = count_ * output_size(task_.layers[last]);
    for (int64_t i = 0; i < floats; i++) {
      u_[i] = 1;
    }
    for (int l = last; l >= 0; l--) {
      slope_span(task_.layers[l].f, a_[l + 1], u_, count_ * output_size(task_.layers[l]));
      if (l > 0) {
        network_.back(l, count_, u_, other_);
        swap();
      }
    }
    if (wanted == kBoth) {
      network_.back(0, count_, u_, both_);
      part(both_, g_q_, g_p_);
    } else {
      network_.back_to(wanted, count_, u_, wanted == kQ ? g_q_ : g_p_);
    }
    if (wanted != kP && task_.spring != 0) {
      add(q, task_.spring, g_q_);
    }
    if (wanted != kQ && task_.kinetic != 0) {
      add(p, task_.kinetic, g_p_);
    }
  }

  void swap() {
    float* keep = u_;
    u_ = other_;
    other_ = keep;
  }

  void move(const RolloutMove& move, float* visited, int64_t evaluation) {
    gradient(move.kick ? kQ : kP, q_, p_, visited, evaluation);
    if (move.kick) {
      add(g_q_, -move.factor, p_);
    } else {
      add(g_p_, move.factor, q_);
    }
    if (move.reach != 0) {
      add(p_, move.reach, q_);
    }
  }

  void stages(float* visited, int64_t evaluation) {
    std::memcpy(sum_q_, q_, bytes());
    std::memcpy(sum_p_, p_, bytes());
    for (int i = 0; i < task_.move_count; i++) {
      const RolloutMove& stage = task_.moves[i];
      std::memcpy(c_q_, q_, bytes());
      std::memcpy(c_p_, p_, bytes());
      if (i > 0) {
        add(g_p_, stage.reach, c_q_);
        add(g_q_, -stage.reach, c_p_);
      }
      gradient(kBoth, c_q_, c_p_, visited, evaluation + i);
      add(g_p_, stage.factor, sum_q_);
      add(g_q_, -stage.factor, sum_p_);
    }
    std::memcpy(q_, sum_q_, bytes());
    std::memcpy(p_, sum_p_, bytes());
  }

  // The derivative of <dH, c> with respect to the state visited at `evaluation`, c = (c_q, c_p),
  // into (g_q, g_p); writes the factors of the weights' gradients.
  void tangent(const RolloutBack& back, int64_t evaluation) {
    int64_t row = evaluation * task_.batch + first_;
    int64_t evaluations = int64_t{back.end - back.first} * task_.move_count;
    int64_t out = row - int64_t{back.first} * task_.move_count * task_.batch;
    int64_t tangents = evaluations * task_.batch;  // rows between values and tangents
    std::memcpy(a_[0], back.visited + row * 2 * half_size(), 2 * bytes());
    join(c_q_, c_p_, a_[0] + 2 * half_floats());
    int last = task_.layer_count - 1;
    for (int l = 0; l <= last; l++) {
      const RolloutLayer& layer = task_.layers[l];
      int64_t in = count_ * input_size(layer);
      int64_t size = count_ * output_size(layer);
      copy_out(a_[l], in, a_[l] + in, back.inputs[l], input_size(layer), out, tangents);
      network_.forward(l, count_, a_[l], false, a_[l + 1]);
      network_.forward(l, count_, a_[l] + in, true, z_dot_[l]);
      std::memcpy(a_[l + 1] + size, z_dot_[l], size * sizeof(float));
      slope_span(layer.f, a_[l + 1], a_[l + 1] + size, size);
    }
    int64_t top = count_ * output_size(task_.layers[last]);
    for (int64_t i = 0; i < top; i++) {
      u_[i] = 1;
      u_[top + i] = 0;
    }
    for (int l = last; l >= 0; l--) {
      const RolloutLayer& layer = task_.layers[l];
      int64_t size = count_ * output_size(layer);
      dual_slope_span(layer.f, a_[l + 1], z_dot_[l], u_, u_ + size, size);
      copy_out(u_ + size, size, u_, back.deltas[l], output_size(layer), out, tangents);
      if (l > 0) {
        network_.back(l, 2 * count_, u_, other_);
        swap();
      }
    }
    network_.back(0, count_, u_ + count_ * output_size(task_.layers[0]), back_);
    part(back_, g_q_, g_p_);
    add(c_q_, task_.spring, g_q_);
    add(c_p_, task_.kinetic, g_p_);
  }

  // Writes rows, starting at `out`, of the first half of a tensor and of its second half.
  static void copy_out(const float* x, int64_t floats, const float* y, float* to, int64_t size,
                       int64_t out, int64_t rows) {
    std::memcpy(to + out * size, x, floats * sizeof(float));
    std::memcpy(to + (rows + out) * size, y, floats * sizeof(float));
  }

  void clear(float* x) const { std::memset(x, 0, bytes()); }

  void unmove(const RolloutMove& move, const RolloutBack& back, int64_t evaluation) {
    if (move.reach != 0) {
      add(sum_q_, move.reach, sum_p_);
    }
    clear(c_q_);
    clear(c_p_);
    if (move.kick) {
      add(sum_p_, -move.factor, c_q_);
    } else {
      add(sum_q_, move.factor, c_p_);
    }
    tangent(back, evaluation);
    add(g_q_, 1, sum_q_);
    add(g_p_, 1, sum_p_);
  }

  // With k = (dH/dp, -dH/dq), a cotangent (k_q, k_p) of k is (-k_p, k_q) of dH.
  void unstage(const RolloutBack& back, int64_t evaluation) {
    std::memcpy(q_, sum_q_, bytes());  // cotangent of the step's end
    std::memcpy(p_, sum_p_, bytes());
    for (int i = task_.move_count - 1; i >= 0; i--) {
      clear(c_q_);
      clear(c_p_);
      add(p_, -task_.moves[i].factor, c_q_);
      add(q_, task_.moves[i].factor, c_p_);
      if (i + 1 < task_.move_count) {  // the next stage's start, whose cotangent is in g
        add(g_p_, -task_.moves[i + 1].reach, c_q_);
        add(g_q_, task_.moves[i + 1].reach, c_p_);
      }
      tangent(back, evaluation + i);
      add(g_q_, 1, sum_q_);
      add(g_p_, 1, sum_p_);
    }
  }

  const RolloutTask& task_;
  const Network& network_;
  int first_;
  int count_;
  float** a_;
  float** z_dot_;
  float* u_;
  float* other_;
  float* q_;
  float* p_;
  float* sum_q_;
  float* sum_p_;
  float* g_q_;
  float* g_p_;
  float* c_q_;
  float* c_p_;
  float* both_;
  float* back_;
};

// Calls body(group) for all samples, each thread with some of them.
template <class Body>
void for_groups(const RolloutTask& task, bool dual, const Body& body) {
  if (task.batch == 0) {
    return;
  }
  Network network(task);
  int parts = parts_for(task.batch, kFewestSamples);
  parallel_parts(parts, [&](int part) {
    int first = task.batch * part / parts;
    int end = task.batch * (part + 1) / parts;
    Group group(task, network, first, end - first, dual);
    body(group);
  });
}

}  // namespace

void rollout_forward(const RolloutTask& task, const RolloutPath& path) {
  for_groups(task, false, [&](Group& group) { group.forward(path); });
}

void rollout_backward(const RolloutTask& task, const RolloutBack& back) {
  for_groups(task, true, [&](Group& group) { group.backward(back); });
}

}  // namespace hgn::HGN_ISA
