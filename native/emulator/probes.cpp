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

void log(const std::string& line) {
  const char* name = std::getenv("HGN_EMULATOR_LOG");
  if (std::FILE* file = name != nullptr ? std::fopen(name, "a") : nullptr) {
    std::fprintf(file, "%s\n", line.c_str());
    std::fclose(file);
  }
}

struct Counter {
  std::atomic<uint64_t> checks{0};

  ~Counter() { log("checks " + std::to_string(checks)); }
};

Counter counter;

}  // namespace

uint64_t order_seed() { return seed; }

void set_order_seed(uint64_t value) { seed = value; }

void count_checks(size_t checks) { counter.checks.fetch_add(checks, std::memory_order_relaxed); }

void log_fault(const std::string& message) { log("fault " + message); }

}  // namespace hgn::emulator
