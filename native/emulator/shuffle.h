// Orders at random that a seed repeats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace hgn::emulator {

class Shuffle {
 public:
  explicit Shuffle(uint64_t seed) : state_(seed) {}

  template <typename List>
  void operator()(List& list) {
    for (size_t i = list.size(); i > 1; i--) {
      std::swap(list[i - 1], list[next() % i]);
    }
  }

 private:
  // SplitMix64
  uint64_t next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  uint64_t state_;
};

}  // namespace hgn::emulator
