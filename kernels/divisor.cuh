// Division of an index by a size that all threads share, without a division.
#pragma once

#include <cstdint>

namespace hgn {

// Made by hgn.backend.cuda.Divisor: with 2^(shift - 1) < value <= 2^shift, the multiplier is
// 2^(63 + shift) / value, rounded up. It is too large by less than 2^-63 of itself, so the quotient
// of every n below 2^63 is exact. A division in 64 bits would be a call of some hundred
// instructions, one in 32 bits about twenty; this is about ten.
struct Divisor {
  uint64_t multiplier;
  int64_t value;
  int64_t shift;

  __device__ int64_t quotient(int64_t n) const {
    return static_cast<int64_t>(__umul64hi(2 * static_cast<uint64_t>(n), multiplier) >> shift);
  }
};

// Moves *n to the quotient and returns the remainder.
__device__ inline int64_t split(int64_t* n, const Divisor& divisor) {
  int64_t quotient = divisor.quotient(*n);
  int64_t remainder = *n - quotient * divisor.value;
  *n = quotient;
  return remainder;
}

}  // namespace hgn
