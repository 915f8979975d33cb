// One Adam update in place: g += decay w; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2)
// g^2; w -= rate m / (sqrt(v) / root + epsilon), where rate and root include the bias correction.
#include "map.h"
#include "ops.h"

namespace hgn::HGN_ISA {
namespace {

struct State {
  Vec w, g, m, v;
};

inline State step(State s, const AdamConstants& k) {
  Vec g = s.g + s.w * k.decay;
  Vec m = s.m * k.beta1 + g * k.gain1;
  Vec v = s.v * k.beta2 + g * g * k.gain2;
  Vec w = s.w - m * k.rate / (sqrt(v) / k.root + k.epsilon);
  return {w, g, m, v};
}

}  // namespace

void adam(float* w, const float* g, float* m, float* v, int64_t n, const AdamConstants& constants) {
  parallel_ranges(n, kHeavyGrain, kLanes, [&](int64_t begin, int64_t end) {
    int64_t i = begin;
    for (; i + kLanes <= end; i += kLanes) {
      State next = step({load(w + i), load(g + i), load(m + i), load(v + i)}, constants);
      store(w + i, next.w);
      store(m + i, next.m);
      store(v + i, next.v);
    }
    if (i < end) {
      int64_t rest = end - i;
      State next = step({load_part(w + i, rest), load_part(g + i, rest), load_part(m + i, rest),
                         load_part(v + i, rest)},
                        constants);
      store_part(w + i, next.w, rest);
      store_part(m + i, next.m, rest);
      store_part(v + i, next.v, rest);
    }
  });
}

}  // namespace hgn::HGN_ISA
