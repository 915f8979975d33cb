#include "races.h"

#include <atomic>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "cluster.h"
#include "memory.h"
#include "probes.h"

// The compiler calls __tsan_read4 and its like at each access of a kernel built with
// -fsanitize=thread. They are defined here instead of in its library, which knows threads of the
// host only.

namespace hgn::emulator {

namespace {

constexpr size_t kGranule = 4;
constexpr size_t kPage = 4096;
constexpr size_t kNearPages = 1024;

enum class Kind { kRead, kWrite, kAtomic };

// An access to some bytes of a granule.
struct Access {
  uint16_t launch = 0;
  uint16_t thread = 0;
  uint32_t block = 0;
  uint32_t cluster = 0;
  uint32_t arrivals = 0;  // at the cluster's barrier, and waits for it
  uint32_t waits = 0;
  uint32_t epoch = 0;
  uint16_t ticks = 0;
  uint16_t time = 0;
  uint8_t bytes = 0;  // a bit for each
  uint8_t rank = 0;   // of the block in its cluster
  Kind kind = Kind::kRead;
  bool async = false;            // done as of the next epoch, for those who have waited for it
  const Known* known = nullptr;  // of the thread; while it is at the access

  bool same_thread(const Access& other) const {
    return launch == other.launch && block == other.block && thread == other.thread;
  }

  // Epoch of the block when the thread was at the access.
  uint32_t issued() const { return async ? epoch + 1 : epoch; }

  bool conflicts(const Access& now) const {
    if (launch != now.launch || (bytes & now.bytes) == 0 || same_thread(now) ||
        (kind == Kind::kAtomic && now.kind == Kind::kAtomic)) {
      return false;
    }
    if (cluster == now.cluster) {
      if (epoch < now.known->before[rank] || (arrivals < now.waits && !async)) {
        return false;
      }
      if (async) {
        return true;
      }
    }
    if (block != now.block) {
      return time >= now.time;
    }
    return epoch == now.issued() && (thread / 32 != now.thread / 32 || ticks >= now.ticks);
  }
};

struct Granule {
  Access write;
  Access reads[2];  // by two threads, the last first

  // Drops what a cluster before this one did to its shared memory.
  void renew(const Access& now) {
    for (Access* access : {&write, &reads[0], &reads[1]}) {
      if (access->launch != now.launch || access->cluster != now.cluster) {
        *access = Access();
      }
    }
  }
};

// The granules of a page of device memory. They stay when the memory is freed: a later launch has
// another number.
struct Page {
  Granule granules[kPage / kGranule];
};

std::mutex pages_mutex;
std::unordered_map<uintptr_t, std::unique_ptr<Page>> pages;  // by address
std::atomic<uint16_t> released{0};                           // the clock of the device

// Blocks of a cooperative launch run at the same time.
std::mutex granule_mutex[64];

// What a host thread knows of the launch that it works on.
struct Near {
  struct Entry {
    uintptr_t page = 0;
    Page* granules = nullptr;  // null where there is no device memory
  };

  uint16_t launch = 0;
  Entry entries[kNearPages];
  std::vector<std::vector<Granule>> shared;  // of the blocks of a cluster
  size_t checks = 0;
};

Near& near_memory() {
  static thread_local Near* near = new Near;  // lives as long as the helper threads
  return *near;
}

Page* page_of(uintptr_t address) {
  void* base;
  size_t bytes;
  if (!allocation_of(reinterpret_cast<void*>(address), &base, &bytes)) {
    return nullptr;
  }
  std::lock_guard<std::mutex> lock(pages_mutex);
  auto& page = pages[address / kPage];
  if (page == nullptr) {
    page = std::make_unique<Page>();
  }
  return page.get();
}

std::string name(const Access& access, const Launch& launch) {
  auto text = [](unsigned number, const Extent& extent) {
    return "(" + std::to_string(number % extent.x) + "," +
           std::to_string(number / extent.x % extent.y) + "," +
           std::to_string(number / extent.x / extent.y) + ")";
  };
  return "thread " + text(access.thread, launch.block) + " of block " +
         text(access.block, launch.grid);
}

const char* present(Kind kind) {
  return kind == Kind::kRead ? "reads" : kind == Kind::kWrite ? "writes" : "updates";
}

const char* participle(Kind kind) {
  return kind == Kind::kRead ? "read" : kind == Kind::kWrite ? "written" : "updated";
}

[[noreturn]] void stop(Fault fault, const char* format, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  current->block->stop(fault, text);
}

[[noreturn]] void report(const Access& before, const Access& now, const char* memory,
                         size_t offset) {
  char text[256];
  {
    const Launch& launch = current->block->launch();
    std::string other = name(before, launch);
    std::snprintf(text, sizeof text, "%s byte %zu of %s that %s has %s, and no barrier orders them",
                  present(now.kind), offset, memory, other.c_str(), participle(before.kind));
  }
  current->block->stop(Fault::kRace, text);
}

// The earlier access that conflicts with this one; remembers this one.
bool touch(Granule& granule, const Access& now, Access* conflict) {
  if (granule.write.conflicts(now)) {
    *conflict = granule.write;
    return true;
  }
  if (now.kind == Kind::kRead) {
    if (!granule.reads[0].same_thread(now)) {
      granule.reads[1] = granule.reads[0];
    }
    granule.reads[0] = now;
    return false;
  }
  for (const Access& read : granule.reads) {
    if (read.conflicts(now)) {
      *conflict = read;
      return true;
    }
  }
  granule.write = now;
  return false;
}

// The bits of the bytes [first, last) that lie in the granule that starts at `start`.
uint8_t bits(uintptr_t start, uintptr_t first, uintptr_t last) {
  unsigned from = first > start ? static_cast<unsigned>(first - start) : 0;
  unsigned to = last < start + kGranule ? static_cast<unsigned>(last - start) : kGranule;
  return static_cast<uint8_t>((1u << to) - (1u << from));
}

uintptr_t number(const void* address) { return reinterpret_cast<uintptr_t>(address); }

void touch_shared(const Block& owner, Near& near, Access now, uintptr_t first, uintptr_t last) {
  size_t bytes = owner.launch().shared_bytes;
  uintptr_t shared = number(owner.shared());
  if (first < shared || last > shared + bytes) {
    stop(Fault::kAddress, "(%s at %lld of %zu bytes of shared memory)",
         now.kind == Kind::kRead ? "read" : "write",
         static_cast<long long>(first) - static_cast<long long>(shared), bytes);
  }
  unsigned rank = owner.index().x % owner.launch().cluster;
  if (near.shared.size() <= rank) {
    near.shared.resize(rank + 1);
  }
  std::vector<Granule>& granules = near.shared[rank];
  if (granules.size() < bytes / kGranule + 1) {
    granules.resize(bytes / kGranule + 1);
  }
  for (uintptr_t at = (first - shared) / kGranule; shared + at * kGranule < last; at++) {
    now.bytes = bits(shared + at * kGranule, first, last);
    Granule& granule = granules[at];
    granule.renew(now);
    Access before;
    if (touch(granule, now, &before)) {
      report(before, now, "shared memory", at * kGranule);
    }
  }
}

// The block of this cluster that has its shared memory there; null if none.
const Block* owner_of(const void* address, const Block& block) {
  if (block.in_shared_area(address)) {
    return &block;
  }
  for (unsigned rank = 0; rank < block.launch().cluster; rank++) {
    const Block& other = block.cluster().block(rank);
    if (other.in_shared_area(address)) {
      return &other;
    }
  }
  return nullptr;
}

void touch_device(Near& near, Access now, uintptr_t first, uintptr_t last) {
  for (uintptr_t at = first / kGranule * kGranule; at < last; at += kGranule) {
    uintptr_t page = at / kPage;
    Near::Entry& entry = near.entries[page % kNearPages];
    if (entry.page != page) {
      entry = {page, page_of(at)};
    }
    if (entry.granules == nullptr) {
      return;  // a stack or an argument
    }
    near.checks++;
    now.bytes = bits(at, first, last);
    Access before;
    bool conflict;
    {
      std::lock_guard<std::mutex> lock(granule_mutex[at / kGranule % 64]);
      conflict = touch(entry.granules->granules[at % kPage / kGranule], now, &before);
    }
    if (conflict) {
      void* base = nullptr;
      size_t bytes;
      allocation_of(reinterpret_cast<void*>(at), &base, &bytes);
      report(before, now, "an allocation", at - number(base));
    }
  }
}

void access(const void* address, size_t bytes, Kind kind, bool async = false) {
  Thread* thread = current;
  if (thread == nullptr) {
    return;  // the host's
  }
  uintptr_t first = number(address);
  Block& block = *thread->block;
  if (block.on_stack(address)) {
    return;
  }
  Near& near = near_memory();
  const Launch& launch = block.launch();
  if (near.launch != launch.number) {
    near.launch = launch.number;
    for (Near::Entry& entry : near.entries) {
      entry = {};
    }
    count_checks(near.checks);
    near.checks = 0;
  }
  Access now;
  now.launch = launch.number;
  now.thread = static_cast<uint16_t>(thread->number);
  const Index& index = block.index();
  now.block = (index.z * launch.grid.y + index.y) * launch.grid.x + index.x;
  now.cluster = now.block / launch.cluster;
  now.arrivals = thread->arrivals;
  now.waits = thread->waits;
  now.epoch = static_cast<uint32_t>(block.epoch());
  now.ticks = thread->ticks;
  now.time = block.time;
  now.kind = kind;
  now.rank = static_cast<uint8_t>(index.x % launch.cluster);
  now.known = &thread->known;
  if (async) {
    now.async = true;
    now.epoch--;
  }
  if (const Block* owner = owner_of(address, block)) {
    near.checks++;
    touch_shared(*owner, near, now, first, first + bytes);
  } else {
    touch_device(near, now, first, first + bytes);
  }
}

void aligned_access(const void* address, size_t bytes, Kind kind) {
  // Of larger types the compiler promises the alignment of their parts only.
  if ((number(address) & ((bytes < 8 ? bytes : 8) - 1)) != 0 && current != nullptr) {
    hgn_emulator_misaligned(address, bytes);
  }
  access(address, bytes, kind);
}

}  // namespace

void begin_launch(const Launch& launch) {
  released = 0;
  if (launch.number == 1) {  // after a wrap, an old access could seem to be of this launch
    std::lock_guard<std::mutex> lock(pages_mutex);
    for (auto& [address, page] : pages) {
      *page = Page();
    }
  }
}

}  // namespace hgn::emulator

using namespace hgn::emulator;

void hgn_emulator_misaligned(const void* address, size_t alignment) {
  stop(Fault::kAlignment, "(%p is no multiple of %zu)", address, alignment);
}

void hgn_emulator_async_store(const void* address, size_t bytes) {
  access(address, bytes, Kind::kWrite, true);
}

void hgn_emulator_fence() {
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  Thread* thread = current;
  Block& block = *thread->block;
  thread->fenced = true;
  if (block.time < thread->seen) {
    block.time = thread->seen;
  }
}

// A relaxed operation, as on the device: it passes on what the thread has fenced before.
void hgn_emulator_before_atomic(const void* address, size_t bytes) {
  access(address, bytes, Kind::kAtomic);
  Thread* thread = current;
  Block& block = *thread->block;
  if (thread->fenced) {
    uint16_t next = static_cast<uint16_t>(block.time + 1);
    uint16_t latest = released;
    while (latest < next && !released.compare_exchange_weak(latest, next)) {
    }
    block.time = next;
  }
}

// What it has seen counts from the thread's next fence on.
void hgn_emulator_after_atomic() { current->seen = released; }

#define HGN_HOOKS(bytes)                                         \
  extern "C" void __tsan_read##bytes(void* address) {            \
    aligned_access(address, bytes, Kind::kRead);                 \
  }                                                              \
  extern "C" void __tsan_write##bytes(void* address) {           \
    aligned_access(address, bytes, Kind::kWrite);                \
  }                                                              \
  extern "C" void __tsan_unaligned_read##bytes(void* address) {  \
    access(address, bytes, Kind::kRead);                         \
  }                                                              \
  extern "C" void __tsan_unaligned_write##bytes(void* address) { \
    access(address, bytes, Kind::kWrite);                        \
  }
HGN_HOOKS(1)
HGN_HOOKS(2)
HGN_HOOKS(4)
HGN_HOOKS(8)
HGN_HOOKS(16)
extern "C" void __tsan_read_range(void* address, size_t bytes) {
  access(address, bytes, Kind::kRead);
}
extern "C" void __tsan_write_range(void* address, size_t bytes) {
  access(address, bytes, Kind::kWrite);
}
extern "C" void __tsan_atomic_thread_fence(int) {}  // of a block, or of the host
extern "C" void __tsan_init() {}
extern "C" void __tsan_func_entry(void*) {}
extern "C" void __tsan_func_exit() {}
extern "C" void __tsan_vptr_update(void*, void*) {}
extern "C" void __tsan_vptr_read(void*) {}
