#include "probes.h"

#include <cstdio>
#include <cstdlib>

namespace hgn::emulator {

namespace {

uint64_t initial_seed() {
  const char* text = std::getenv("HGN_EMULATOR_SEED");
  return text != nullptr ? std::strtoull(text, nullptr, 10) : 0;
}

uint64_t seed = initial_seed();

struct Counter {
  std::atomic<uint64_t> checks{0};

  ~Counter() {
    const char* name = std::getenv("HGN_EMULATOR_COUNTS");
    if (std::FILE* file = name != nullptr ? std::fopen(name, "a") : nullptr) {
      std::fprintf(file, "%llu\n", static_cast<unsigned long long>(checks));
      std::fclose(file);
    }
  }
};

Counter counter;

}  // namespace

uint64_t order_seed() { return seed; }

void set_order_seed(uint64_t value) { seed = value; }

void count_checks(size_t checks) { counter.checks.fetch_add(checks, std::memory_order_relaxed); }

}  // namespace hgn::emulator
