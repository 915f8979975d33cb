#include "block.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "cluster.h"
#include "fiber.h"
#include "guard.h"
#include "probes.h"

namespace hgn::emulator {

thread_local Thread* current __attribute__((tls_model("initial-exec"))) = nullptr;

namespace {

constexpr size_t kMaxThreads = 1024;
constexpr size_t kPage = 4096;
constexpr size_t kStackBytes = 64 * kPage;  // of which the lowest page is a guard
constexpr size_t kSharedBytes = 256 << 10;  // at least what a launch may ask for
constexpr size_t kSharedArea = kSharedBytes + 2 * kPage;

// Memory between two guard pages, which the system gives when it is used.
char* guarded_pages(size_t bytes) {
  void* area = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (area == MAP_FAILED) {
    throw std::bad_alloc();
  }
  char* start = static_cast<char*>(area);
  mprotect(start, kPage, PROT_NONE);
  mprotect(start + bytes - kPage, kPage, PROT_NONE);
  return start;
}

}  // namespace

void Known::join(const Known& other) {
  for (unsigned rank = 0; rank < kMost; rank++) {
    before[rank] = std::max(before[rank], other.before[rank]);
  }
}

Block::~Block() {
  if (stack_area_ != nullptr) {
    munmap(stack_area_, kMaxThreads * kStackBytes);
  }
  if (shared_area_ != nullptr) {
    munmap(shared_area_, kSharedArea);
  }
  for (Warp& warp : warps_) {
    for (Gathering* gathering : warp.gatherings) {
      delete gathering;
    }
  }
}

void Block::prepare(const Launch& launch, Index index, Cluster* cluster) {
  launch_ = &launch;
  index_ = index;
  cluster_ = cluster;
  detail_[0] = '\0';
  size_t count = launch.block.count();
  threads_.assign(count, Thread());
  for (size_t n = 0; n < count; n++) {
    Thread& thread = threads_[n];
    thread.number = static_cast<unsigned>(n);
    thread.index.x = static_cast<unsigned>(n % launch.block.x);
    thread.index.y = static_cast<unsigned>(n / launch.block.x % launch.block.y);
    thread.index.z = static_cast<unsigned>(n / launch.block.x / launch.block.y);
    thread.block = this;
  }
  size_t warps = (count + 31) / 32;
  if (warps_.size() < warps) {
    warps_.resize(warps);
  }
  for (size_t w = 0; w < warps; w++) {
    size_t lanes = std::min<size_t>(32, count - 32 * w);
    warps_[w].alive = static_cast<uint32_t>((uint64_t{1} << lanes) - 1);
    for (Gathering* gathering : warps_[w].gatherings) {
      gathering->arrived = 0;
    }
  }
  alive_ = count;
  arrived_ = 0;
  votes_ = 0;
  arriving_ = Known();

  time = 0;
  generation_++;  // for the detector of races, the block before is behind a barrier

  if (shared_area_ == nullptr) {
    shared_area_ = guarded_pages(kSharedArea);
  }
  // It ends less than 16 bytes before the guard page.
  shared_ = shared_area_ + kSharedArea - kPage - (launch.shared_bytes + 15) / 16 * 16;
  // Shared memory starts undefined; filled with NaN, it exposes a kernel that relies on zeros.
  if (launch.shared_bytes > 0) {
    std::memset(shared_, 0xff, launch.shared_bytes);
  }
}

bool Block::in_shared_area(const void* address) const {
  return address >= shared_area_ && address < shared_area_ + kSharedArea;
}

bool Block::on_stack(const void* address) const {
  return address >= stack_area_ && address < stack_area_ + kMaxThreads * kStackBytes;
}

void* Block::fresh_stack() {
  if (stack_area_ == nullptr) {
    void* area = mmap(nullptr, kMaxThreads * kStackBytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (area == MAP_FAILED) {
      throw std::bad_alloc();
    }
    stack_area_ = static_cast<char*>(area);
    for (size_t s = 0; s < kMaxThreads; s++) {
      mprotect(stack_area_ + s * kStackBytes, kPage, PROT_NONE);
    }
  }
  char* low = stack_area_ + stacks_++ * kStackBytes + kPage;
  return start_of_fiber(low, kStackBytes - kPage, &Block::fiber);
}

// A fiber runs one thread after another, as long as they end without waiting.
void Block::fiber() {
  for (;;) {
    Block* block = current->block;
    block->launch_->kernel(block->launch_->arguments);
    current->done = true;
    hgn_emulator_switch(&current->stack, block->scheduler_);
  }
}

void Block::start(Thread& thread) {
  if (idle_stacks_.empty()) {
    thread.stack = fresh_stack();
  } else {
    thread.stack = idle_stacks_.back();
    idle_stacks_.pop_back();
  }
  resume(thread);
}

void Block::resume(Thread& thread) {
  current = &thread;
  hgn_emulator_switch(&scheduler_, thread.stack);
  current = nullptr;
  if (thread.done) {
    remove(thread);
  }
}

void Block::abandon() {
  idle_stacks_.clear();
  stacks_ = 0;
}

void Block::remove(Thread& thread) {
  idle_stacks_.push_back(thread.stack);
  alive_--;
  if (alive_ > 0 && arrived_ == alive_) {
    complete();
  }
  Warp& warp = warps_[thread.number / 32];
  warp.alive &= ~(1u << thread.lane());
  for (Gathering* gathering : warp.gatherings) {
    release_if_complete(*gathering, warp.alive);
  }
  cluster_->remove_thread();
}

void Block::complete() {
  arrived_ = 0;
  last_votes_ = votes_;
  votes_ = 0;
  last_known_ = arriving_;
  generation_++;
}

void Block::wait(const uint64_t* gate) {
  Thread* self = current;
  self->gate = gate;
  self->ticket = *gate;
  hgn_emulator_switch(&self->stack, scheduler_);
}

unsigned Block::barrier(bool vote) {
  Thread* self = current;
  votes_ += vote ? 1 : 0;
  if (kBuild == Build::kRaces) {
    arriving_.join(self->known);
  }
  if (++arrived_ < alive_) {
    wait(&generation_);
  } else {
    complete();
  }
  if (kBuild == Build::kRaces) {
    self->known.join(last_known_);
  }
  return last_votes_;
}

void Block::release_if_complete(Gathering& gathering, uint32_t alive) {
  uint32_t expected = gathering.mask & alive;
  if (gathering.arrived != 0 && (gathering.arrived & expected) == expected) {
    gathering.present[gathering.generation % 2] = gathering.arrived;
    gathering.arrived = 0;
    gathering.generation++;
  }
}

Block::Exchange Block::gather(uint32_t mask, uint64_t value) {
  Thread* self = current;
  Warp& warp = warps_[self->number / 32];
  auto found = std::find_if(warp.gatherings.begin(), warp.gatherings.end(),
                            [mask](Gathering* g) { return g->mask == mask; });
  Gathering* gathering;
  if (found != warp.gatherings.end()) {
    gathering = *found;
  } else {
    gathering = new Gathering;
    gathering->mask = mask;
    warp.gatherings.push_back(gathering);
  }
  int side = gathering->generation % 2;
  gathering->value[side][self->lane()] = value;
  gathering->arrived |= 1u << self->lane();
  uint64_t generation = gathering->generation;
  release_if_complete(*gathering, warp.alive);
  if (gathering->generation == generation) {
    wait(&gathering->generation);
  }
  return {gathering->value[side], gathering->present[side]};
}

void Block::order_warp(uint32_t mask) {
  Thread* self = current;
  Exchange all = gather(mask, self->ticks);
  uint64_t latest = self->ticks;
  for (unsigned lane = 0; lane < 32; lane++) {
    if ((all.present >> lane & 1) != 0) {
      latest = std::max(latest, all.values[lane]);
    }
  }
  self->ticks = static_cast<uint16_t>(latest + 1);
}

void Block::stop(Fault fault, const char* detail) {
  std::snprintf(detail_, sizeof detail_, "%s", detail);
  Guard::innermost()->raise(fault);
}

}  // namespace hgn::emulator
