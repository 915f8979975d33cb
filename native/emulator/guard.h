// Turns a fault of the host (a bad address, a division by zero) into a fault of the kernel.
#pragma once

#include <csetjmp>

#include "block.h"

namespace hgn::emulator {

// Catches the faults of this host thread while it exists:
//
//   Guard guard;
//   if (sigsetjmp(guard.target(), 0) == 0) { ... may fault ... } else { ... guard.fault() ... }
//
// Destructors between the fault and the target do not run.
class Guard {
 public:
  Guard();
  ~Guard();
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  sigjmp_buf& target() { return target_; }
  Fault fault() const { return fault_; }
  const void* address() const { return address_; }

  // Jumps to the target as after a fault.
  [[noreturn]] void raise(Fault fault);

  static Guard* innermost();

 private:
  friend struct GuardHandler;
  sigjmp_buf target_;
  Guard* outer_;
  volatile Fault fault_ = Fault::kNone;
  const void* volatile address_ = nullptr;
};

}  // namespace hgn::emulator
