#include "snapshot.h"

#include <algorithm>
#include <cstring>

#include "memory.h"

namespace hgn::emulator {

namespace {

std::vector<unsigned char> copied(const void* from, size_t bytes) {
  auto* first = static_cast<const unsigned char*>(from);
  return {first, first + bytes};
}

}  // namespace

// Arguments are searched for pointers word by word, as tables of tensors are arguments too.
Snapshot::Snapshot(const Kernel& kernel, const Launch& launch) {
  for (size_t a = 0; a < kernel.argument_bytes.size(); a++) {
    auto* argument = static_cast<const unsigned char*>(launch.arguments[a]);
    for (size_t at = 0; at + sizeof(void*) <= kernel.argument_bytes[a]; at += sizeof(void*)) {
      void* pointer;
      std::memcpy(&pointer, argument + at, sizeof pointer);
      add(pointer);
    }
  }
}

void Snapshot::add(const void* pointer) {
  void* base;
  size_t bytes;
  if (allocation_of(pointer, &base, &bytes) &&
      std::none_of(copies_.begin(), copies_.end(),
                   [base](const Copy& copy) { return copy.address == base; })) {
    copies_.push_back({base, copied(base, bytes)});
  }
}

void Snapshot::restore() const {
  for (const Copy& copy : copies_) {
    std::memcpy(copy.address, copy.bytes.data(), copy.bytes.size());
  }
}

std::string Snapshot::difference() const {
  for (const Copy& copy : copies_) {
    if (std::memcmp(copy.address, copy.bytes.data(), copy.bytes.size()) != 0) {
      auto* now = static_cast<const unsigned char*>(copy.address);
      auto at = std::mismatch(copy.bytes.begin(), copy.bytes.end(), now).second - now;
      return "byte " + std::to_string(at) + " of " + std::to_string(copy.bytes.size()) +
             " of an allocation";
    }
  }
  return "";
}

size_t Snapshot::bytes() const {
  size_t sum = 0;
  for (const Copy& copy : copies_) {
    sum += copy.bytes.size();
  }
  return sum;
}

Snapshot Snapshot::renewed() const {
  Snapshot now;
  for (const Copy& copy : copies_) {
    now.copies_.push_back({copy.address, copied(copy.address, copy.bytes.size())});
  }
  return now;
}

}  // namespace hgn::emulator
