// Device memory before and after a launch.
#pragma once

#include <string>
#include <vector>

#include "block.h"
#include "registry.h"

namespace hgn::emulator {

// A copy of every allocation that an argument of the launch points to.
class Snapshot {
 public:
  Snapshot(const Kernel& kernel, const Launch& launch);

  void restore() const;

  // The first byte that differs from what is in memory now, in words; empty if there is none.
  std::string difference() const;

  size_t bytes() const;

  // The same allocations as they are now.
  Snapshot renewed() const;

 private:
  struct Copy {
    void* address;
    std::vector<unsigned char> bytes;
  };

  Snapshot() = default;
  void add(const void* pointer);

  std::vector<Copy> copies_;
};

}  // namespace hgn::emulator
