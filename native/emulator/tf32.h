// TensorFloat-32: float32 with 10 bits of fraction, which tensor units multiply exactly.
#pragma once

#include <cstdint>
#include <cstring>

namespace hgn::emulator {

// Rounds to the nearest, ties away from zero, as the hardware's cvt.rna.tf32 does. A value that is
// not finite stays as it is.
inline float rounded_to_tf32(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  if ((bits & 0x7f800000u) != 0x7f800000u) {
    bits = (bits + 0x1000u) & ~0x1fffu;
  }
  std::memcpy(&value, &bits, sizeof bits);
  return value;
}

}  // namespace hgn::emulator
