#include "memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <string>

namespace hgn::emulator {

namespace {

constexpr size_t kPage = 4096;
constexpr size_t kAlignment = 16;

struct Allocation {
  size_t bytes;
  char* mapping;
  size_t mapped;
};

std::mutex mutex;
std::map<uintptr_t, Allocation> device;  // by address
std::map<uintptr_t, size_t> pinned;
size_t in_use = 0;

size_t initial_total() {
  const char* text = std::getenv("HGN_EMULATOR_MEMORY");
  return text != nullptr ? std::strtoull(text, nullptr, 10) : size_t{2} << 30;
}
size_t total = initial_total();

uintptr_t number(const void* address) { return reinterpret_cast<uintptr_t>(address); }

size_t round_up(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

constexpr size_t kPatternBytes = 4 << 20;

// A file filled with the pattern of uninitialised memory.
int pattern_file() {
  static int file = [] {
    int created = memfd_create("emulated device memory", MFD_CLOEXEC);
    if (created >= 0) {
      std::string bits(kPatternBytes, '\xff');
      if (write(created, bits.data(), bits.size()) != static_cast<ssize_t>(bits.size())) {
        close(created);
        created = -1;
      }
    }
    return created;
  }();
  return file;
}

// Maps the pattern to these pages copy-on-write, so that a large block that is hardly used costs
// little.
bool map_pattern(char* start, size_t bytes) {
  for (size_t done = 0; done < bytes; done += kPatternBytes) {
    size_t part = std::min(kPatternBytes, bytes - done);
    if (mmap(start + done, part, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE,
             pattern_file(), 0) == MAP_FAILED) {
      return false;
    }
  }
  return true;
}

}  // namespace

size_t total_memory() { return total; }

void set_total_memory(size_t bytes) {
  std::lock_guard<std::mutex> lock(mutex);
  total = bytes;
}

size_t free_memory() {
  std::lock_guard<std::mutex> lock(mutex);
  return total > in_use ? total - in_use : 0;
}

Status allocate(size_t bytes, void** address) {
  if (bytes == 0 || address == nullptr) {
    return kInvalidValue;
  }
  std::lock_guard<std::mutex> lock(mutex);
  if (bytes > total || in_use > total - bytes) {
    return kOutOfMemory;
  }
  size_t inner = round_up(bytes, kPage);
  size_t mapped = inner + 2 * kPage;
  void* mapping = mmap(nullptr, mapped, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) {
    return kOutOfMemory;
  }
  char* low = static_cast<char*>(mapping);
  if (pattern_file() < 0 || !map_pattern(low + kPage, inner)) {
    munmap(mapping, mapped);
    return kOutOfMemory;
  }
  char* start = low + kPage + inner - round_up(bytes, kAlignment);
  device[number(start)] = {bytes, low, mapped};
  in_use += bytes;
  *address = start;
  return kSuccess;
}

Status release(void* address) {
  if (address == nullptr) {
    return kSuccess;
  }
  std::lock_guard<std::mutex> lock(mutex);
  auto found = device.find(number(address));
  if (found == device.end()) {
    return kInvalidValue;
  }
  in_use -= found->second.bytes;
  munmap(found->second.mapping, found->second.mapped);
  device.erase(found);
  return kSuccess;
}

bool allocation_of(const void* address, void** base, size_t* bytes) {
  std::lock_guard<std::mutex> lock(mutex);
  auto after = device.upper_bound(number(address));
  if (after == device.begin()) {
    return false;
  }
  auto& [start, allocation] = *--after;
  if (number(address) - start >= allocation.bytes) {
    return false;
  }
  *base = reinterpret_cast<void*>(start);
  *bytes = allocation.bytes;
  return true;
}

bool is_device_memory(const void* address, size_t bytes) {
  void* base;
  size_t size;
  return bytes == 0 ||
         (allocation_of(address, &base, &size) &&
          number(address) - number(base) <= size - (bytes < size ? bytes : size) && bytes <= size);
}

Status pin(void* address, size_t bytes) {
  if (address == nullptr || bytes == 0) {
    return kInvalidValue;
  }
  std::lock_guard<std::mutex> lock(mutex);
  pinned[number(address)] = bytes;
  return kSuccess;
}

Status unpin(void* address) {
  std::lock_guard<std::mutex> lock(mutex);
  return pinned.erase(number(address)) == 1 ? kSuccess : kInvalidValue;
}

Status allocate_pinned(size_t bytes, void** address) {
  if (bytes == 0 || address == nullptr) {
    return kInvalidValue;
  }
  void* memory = std::aligned_alloc(kPage, round_up(bytes, kPage));
  if (memory == nullptr) {
    return kOutOfMemory;
  }
  *address = memory;
  return pin(memory, bytes);
}

Status release_pinned(void* address) {
  Status status = unpin(address);
  if (status == kSuccess) {
    std::free(address);
  }
  return status;
}

bool is_pinned(const void* address, size_t bytes) {
  std::lock_guard<std::mutex> lock(mutex);
  auto after = pinned.upper_bound(number(address));
  if (after == pinned.begin()) {
    return false;
  }
  auto [start, size] = *--after;
  return number(address) - start <= size && bytes <= size - (number(address) - start);
}

}  // namespace hgn::emulator
