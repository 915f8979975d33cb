// Calls of the kernels that are decoded from bytes: which one, on which instruction set and how
// many threads, the sizes, and numbers of which kind. Every array ends where its memory does, so
// that a sanitizer sees an access beyond it. Results are compared with the definition, computed in
// double precision; where memory runs out the call must throw and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "isa.h"

namespace hgn::fuzz {

// Bytes taken from the front of an input; zeros behind its end.
class Input {
 public:
  Input(const uint8_t* data, size_t size) : next_(data), end_(data + size) {}

  uint32_t byte() { return next_ < end_ ? *next_++ : 0; }
  uint32_t word() { return byte() | byte() << 8; }

  // From low to high, both included.
  int number(int low, int high);

  // A size of at most `most`: small ones are more likely, and those around whole vectors.
  int size(int most);

  bool flag() { return (byte() & 1) != 0; }

  template <class Enum>
  Enum choice(Enum last) {
    return static_cast<Enum>(number(0, static_cast<int>(last)));
  }

 private:
  const uint8_t* next_;
  const uint8_t* end_;
};

// What numbers an array starts with.
enum class Numbers { kPlain, kPositive, kZero, kWild };

// An array of exactly n floats; it starts at any multiple of a float's size.
class Floats {
 public:
  Floats(Input& in, int64_t n, Numbers numbers);
  explicit Floats(int64_t n);  // a result, filled with a number that no kernel gives
  ~Floats();
  Floats(const Floats& other);
  Floats& operator=(const Floats&) = delete;

  float* data() const { return data_; }
  int64_t size() const { return n_; }
  float& operator[](int64_t i) const { return data_[i]; }

 private:
  void* block_;
  float* data_;
  int64_t n_;
};

// One call of a kernel: prepared once, run under any setup, then checked.
struct Call {
  const char* name = "";
  std::function<void(const Kernels&)> run;
  std::function<void()> check;  // may be empty
};

// Ends the process with a report unless y is within `tolerance` of `expected`, or both are NaN, or
// the same infinity.
void require_near(const char* what, int64_t index, float y, double expected, double tolerance);
void require(bool holds, const char* what);

// The numbers of this input: mostly plain ones, for which results are checked.
Numbers numbers(Input& in);

Call elementwise(Input& in);
Call broadcasting(Input& in);
Call reduction(Input& in);
Call movement(Input& in);
Call convolution(Input& in);
Call doubled_convolution(Input& in);
Call product(Input& in);
Call rollout(Input& in);

// After this many successful ones, every allocation of a large block fails; negative: none does.
void fail_allocations_after(int count);

}  // namespace hgn::fuzz
