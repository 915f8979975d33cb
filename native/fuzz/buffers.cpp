// Inputs, arrays, and memory that runs out.
#include <sys/mman.h>

#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "fuzz.h"

namespace hgn::fuzz {
namespace {

std::atomic<int> allocations_left{-1};

bool may_allocate() {
  int left = allocations_left.load();
  while (left > 0) {
    if (allocations_left.compare_exchange_weak(left, left - 1)) {
      return true;
    }
  }
  return left < 0;
}

constexpr float kUnwritten = -123456.75f;

const float kWild[] = {0.0f,   -0.0f,  1.0f,    -1.0f,   INFINITY, -INFINITY, NAN,     1e30f,
                       -1e30f, 1e-40f, -1e-45f, 3.4e38f, -3.4e38f, 88.9f,     -104.0f, 1e-30f};

float next_float(uint32_t& state, Numbers numbers) {
  state = state * 1664525u + 1013904223u;
  float plain = static_cast<float>(static_cast<int32_t>(state) * 0x1p-31);
  switch (numbers) {
    case Numbers::kPlain:
      return plain;
    case Numbers::kPositive:
      return 0.5f + 0.49f * plain;
    case Numbers::kZero:
      return 0.0f;
    case Numbers::kWild:
      return (state >> 16) % 3 == 0 ? kWild[(state >> 24) % 16] : plain;
  }
  return plain;
}

}  // namespace

int Input::number(int low, int high) {
  uint32_t span = static_cast<uint32_t>(high - low) + 1;
  return low + static_cast<int>((span <= 256 ? byte() : word()) % span);
}

int Input::size(int most) {
  static const int kEdges[] = {1,  2,  3,  4,  5,  7,  8,  9,  15,  16,
                               17, 31, 32, 33, 48, 63, 64, 65, 127, 128};
  uint32_t kind = byte();
  int size = kind < 100   ? kEdges[kind % 20]
             : kind < 110 ? 0
             : kind < 200 ? number(1, most < 20 ? most : 20)
                          : number(1, most);
  return size < most ? size : most;
}

void fail_allocations_after(int count) { allocations_left = count; }

Floats::Floats(int64_t n) : n_(n) {
  block_ = std::malloc(n * sizeof(float) + (n == 0));
  data_ = static_cast<float*>(block_);
  for (int64_t i = 0; i < n; i++) {
    data_[i] = kUnwritten;
  }
}

Floats::Floats(Input& in, int64_t n, Numbers numbers) : n_(n) {
  int offset = in.number(0, 3);
  block_ = std::malloc((n + offset) * sizeof(float) + (n + offset == 0));
  data_ = static_cast<float*>(block_) + offset;
  uint32_t state = in.word();
  for (int64_t i = 0; i < n; i++) {
    data_[i] = next_float(state, numbers);
  }
}

Floats::Floats(const Floats& other) : Floats(other.n_) {
  std::memcpy(data_, other.data_, n_ * sizeof(float));
}

Floats::~Floats() { std::free(block_); }

Numbers numbers(Input& in) {
  int kind = in.number(0, 15);
  return kind < 12 ? Numbers::kPlain : kind < 13 ? Numbers::kZero : Numbers::kWild;
}

void require(bool holds, const char* what) {
  if (!holds) {
    std::fprintf(stderr, "WRONG: %s\n", what);
    std::abort();
  }
}

void require_near(const char* what, int64_t index, float y, double expected, double tolerance) {
  bool same = std::isnan(expected)   ? std::isnan(y)
              : std::isinf(expected) ? y == expected
                                     : std::abs(y - expected) <= tolerance;
  if (!same) {
    std::fprintf(stderr, "WRONG: %s: element %lld is %.9g, not %.9g +- %.3g\n", what,
                 static_cast<long long>(index), y, expected, tolerance);
    std::abort();
  }
}

}  // namespace hgn::fuzz

// The linker puts these in the place of the functions of that name, and names those __real.
extern "C" {

void* __real_aligned_alloc(size_t alignment, size_t bytes);
void* __real_mmap(void* at, size_t bytes, int protection, int flags, int file, off_t offset);

void* __wrap_aligned_alloc(size_t alignment, size_t bytes) {
  return hgn::fuzz::may_allocate() ? __real_aligned_alloc(alignment, bytes) : nullptr;
}

void* __wrap_mmap(void* at, size_t bytes, int protection, int flags, int file, off_t offset) {
  return hgn::fuzz::may_allocate() ? __real_mmap(at, bytes, protection, flags, file, offset)
                                   : MAP_FAILED;
}

}  // extern "C"
