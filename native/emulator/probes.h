// What the probes have seen in this process.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

namespace hgn::emulator {

// How the kernels were compiled; a private limit of the driver tells it to tests.
enum class Build { kPlain, kRaces, kContraction };

#if defined(HGN_EMULATOR_RACES)
constexpr Build kBuild = Build::kRaces;
#elif defined(HGN_EMULATOR_CONTRACTION)
constexpr Build kBuild = Build::kContraction;
#else
constexpr Build kBuild = Build::kPlain;
#endif

// Orders of threads and blocks are drawn from it, and every launch has to leave the same bits in a
// second order; 0: no shuffling. HGN_EMULATOR_SEED from the environment, or 0.
uint64_t order_seed();
void set_order_seed(uint64_t seed);

// What was looked at: accesses to memory, or bytes compared. Where HGN_EMULATOR_LOG in the
// environment names a file, the sum is appended to it when the process ends.
void count_checks(size_t checks);

// Appends what made a launch fail to that file.
void log_fault(const std::string& message);

}  // namespace hgn::emulator
