// Whole rollouts and their gradients, compared with those of the first instruction set that ran.
#include <algorithm>
#include <cmath>
#include <memory>

#include "fuzz.h"

namespace hgn::fuzz {
namespace {

// A task with all its arrays.
struct Rollout {
  RolloutTask task = {};
  std::vector<RolloutLayer> layers;
  std::vector<RolloutMove> moves;
  std::vector<std::unique_ptr<Floats>> numbers;

  const float* keep(Input& in, int64_t n, Numbers kind) {
    numbers.push_back(std::make_unique<Floats>(in, n, kind));
    Floats& kept = *numbers.back();
    for (int64_t i = 0; i < n; i++) {
      kept[i] *= 0.3f;  // so that a rollout stays near where it starts
    }
    return kept.data();
  }

  Rollout(Input& in, Numbers kind) {
    int height = in.number(1, 4), width = in.number(1, 4);
    task.batch = in.size(11);
    task.steps = in.number(1, 3);
    task.places = height * width;
    task.channels = in.number(1, 9);
    task.splitting = in.flag();
    task.kinetic = in.flag() ? 0.5f : 0;
    task.spring = in.flag() ? 0.25f : 0;
    int inputs = 2 * task.channels;
    for (int l = in.number(0, 2); l >= 0; l--) {
      ConvShape s = {1,
                     height,
                     width,
                     inputs,
                     in.number(1, 3),
                     in.number(1, 3),
                     std::max(1, in.size(20)),
                     0,
                     0,
                     in.number(1, 2),
                     in.number(0, 1),
                     in.number(0, 1)};
      s.out_height =
          (std::max(s.height + 2 * s.top, s.kernel_height) - s.kernel_height) / s.stride + 1;
      s.out_width =
          (std::max(s.width + 2 * s.left, s.kernel_width) - s.kernel_width) / s.stride + 1;
      const float* w = keep(in, int64_t{s.taps()} * s.channels * s.out_channels, kind);
      const float* bias = keep(in, s.out_channels, kind);
      layers.push_back({s, w, bias, in.choice(Activation::kTanh)});
      height = s.out_height;
      width = s.out_width;
      inputs = s.out_channels;
    }
    for (int m = in.number(0, 3); m >= 0; m--) {
      moves.push_back({in.flag(), 0.05f, in.flag() ? 0.05f : 0.0f});
    }
    task.layers = layers.data();
    task.layer_count = static_cast<int>(layers.size());
    task.moves = moves.data();
    task.move_count = static_cast<int>(moves.size());
  }

  int64_t half() const { return int64_t{task.batch} * task.places * task.channels; }
  int64_t evaluations() const { return int64_t{task.steps} * task.move_count; }
};

// The results of one run.
struct Results {
  std::vector<std::unique_ptr<Floats>> inputs, deltas;
  Floats states, visited, state;

  explicit Results(const Rollout& r)
      : states(2 * (r.task.steps + 1) * r.half()),
        visited(r.evaluations() * 2 * r.half()),
        state(2 * r.half()) {
    for (const RolloutLayer& layer : r.layers) {
      const ConvShape& s = layer.shape;
      int64_t rows = 2 * r.evaluations() * r.task.batch;
      inputs.push_back(std::make_unique<Floats>(rows * s.height * s.width * s.channels));
      deltas.push_back(
          std::make_unique<Floats>(rows * s.out_height * s.out_width * s.out_channels));
    }
  }
};

void run(const Rollout& r, const Kernels& k, const Floats& q, const Floats& p, const Floats& g,
         bool backward, Results& to) {
  k.rollout_forward(r.task,
                    {q.data(), p.data(), to.states.data(), backward ? to.visited.data() : nullptr});
  if (backward) {
    std::vector<float*> inputs, deltas;
    for (size_t l = 0; l < r.layers.size(); l++) {
      inputs.push_back(to.inputs[l]->data());
      deltas.push_back(to.deltas[l]->data());
    }
    std::fill(to.state.data(), to.state.data() + to.state.size(), 0.25f);
    k.rollout_backward(r.task, {to.visited.data(), g.data(), 0, r.task.steps, to.state.data(),
                                inputs.data(), deltas.data()});
  }
}

}  // namespace

Call rollout(Input& in) {
  Numbers kind = numbers(in);
  auto r = std::make_shared<Rollout>(in, kind);
  bool backward = in.flag();
  auto q = std::make_shared<Floats>(in, r->half(), kind);
  auto p = std::make_shared<Floats>(in, r->half(), kind);
  auto g = std::make_shared<Floats>(in, 2 * (r->task.steps + 1) * r->half(), kind);
  auto first = std::make_shared<std::unique_ptr<Results>>();
  auto now = std::make_shared<std::unique_ptr<Results>>();
  return {"rollout",
          [=](const Kernels& k) {
            *now = std::make_unique<Results>(*r);
            run(*r, k, *q, *p, *g, backward, **now);
          },
          [=] {
            if (kind != Numbers::kPlain) {
              return;
            }
            if (*first == nullptr) {
              *first = std::move(*now);
              return;
            }
            // a ReLU's slope may jump between two roundings
            bool smooth =
                std::all_of(r->layers.begin(), r->layers.end(), [](const RolloutLayer& layer) {
                  return layer.f != Activation::kRelu && layer.f != Activation::kLeakyRelu;
                });
            auto compare = [&](const Floats& a, const Floats& b) {
              double largest = 1;
              for (int64_t i = 0; i < b.size(); i++) {
                largest = std::max<double>(largest, std::abs(b[i]));
              }
              for (int64_t i = 0; smooth && std::isfinite(largest) && i < a.size(); i++) {
                require_near("rollout", i, a[i], b[i], 1e-3 * largest);
              }
            };
            compare((*now)->states, (*first)->states);
            compare((*now)->state, (*first)->state);
          }};
}

}  // namespace hgn::fuzz
