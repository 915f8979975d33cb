// One block of threads: each thread is a fiber. All those of a cluster of blocks share a host
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hgn::emulator {

struct Index {
  unsigned x = 0, y = 0, z = 0;
};

struct Extent {
  unsigned x = 1, y = 1, z = 1;
  size_t count() const { return static_cast<size_t>(x) * y * z; }
};

class Block;
class Cluster;

// For the detector of races: of each block of a cluster, before which of its epochs all that it did
// is known to be done.
struct Known {
  static constexpr unsigned kMost = 16;
  uint32_t before[kMost] = {};

  void join(const Known& other);
};

// A device thread, and what it waits for.
struct Thread {
  Index index;
  unsigned number = 0;  // x fastest, as warps count
  Block* block = nullptr;
  void* stack = nullptr;  // where the fiber stopped
  const uint64_t* gate = nullptr;
  uint64_t ticket = 0;  // continues as soon as *gate differs
  bool done = false;

  // How often it has arrived at the barrier of its cluster, and how often waited for it.
  uint32_t arrivals = 0;
  uint32_t waits = 0;
  Known known;

  // For the detector of races: Lamport's clock of the warp's barriers, whether the thread has
  // fenced its writes, and the clock of the device as of its last atomic operation.
  uint16_t ticks = 0;
  bool fenced = false;
  uint16_t seen = 0;

  unsigned lane() const { return number % 32; }
};

// Values exchanged by the lanes of a mask. Two generations are kept: a lane may read the last one
// while faster lanes fill the next, and they cannot get further ahead than that.
struct Gathering {
  uint32_t mask = 0;
  uint32_t arrived = 0;
  uint64_t generation = 0;
  uint32_t present[2] = {};
  uint64_t value[2][32];
};

struct Launch {
  void (*kernel)(void** arguments) = nullptr;
  void** arguments = nullptr;
  Extent grid;
  Extent block;
  size_t shared_bytes = 0;
  // Blocks of a cluster, next to each other along x.
  unsigned cluster = 1;
  // Whether odd blocks start with their last thread, or even ones.
  bool odd_backwards = true;
  // Of the orders of blocks and of the threads of a block; 0: in turn.
  uint64_t seed = 0;
  // Of this launch; wraps around.
  uint16_t number = 0;
};

// Why a kernel stopped early.
enum class Fault { kNone, kAddress, kTrap, kAssert, kDeadlock, kArithmetic, kRace, kAlignment };

class Block {
 public:
  // Readies the block, which may have been another before, with all its threads at their start.
  void prepare(const Launch& launch, Index index, Cluster* cluster);

  std::vector<Thread>& threads() { return threads_; }

  // Runs a thread that has not run before until it waits or ends.
  void start(Thread& thread);
  // The same from where it waits.
  void resume(Thread& thread);
  // Forgets the threads where they are.
  void abandon();

  const Launch& launch() const { return *launch_; }
  const Index& index() const { return index_; }
  Cluster& cluster() const { return *cluster_; }
  void* shared() const { return shared_; }
  bool ended() const { return alive_ == 0; }

  // Whether the block may have its shared memory or its stacks there.
  bool in_shared_area(const void* address) const;
  bool on_stack(const void* address) const;

  // How many __syncthreads this block, and those before it, have completed.
  uint64_t epoch() const { return generation_; }

  // The clock of the device as of the block's last acquisition; see races.cpp.
  uint16_t time = 0;

  // What stopped the block, for messages.
  const char* detail() const { return detail_; }

  // The running thread waits until *gate changes.
  void wait(const uint64_t* gate);

  // __syncthreads: threads that have ended are not waited for. Returns how many arrived with
  // `vote`.
  unsigned barrier(bool vote);

  // Passes `value` to the lanes of `mask` in this warp and waits for theirs.
  struct Exchange {
    const uint64_t* values;
    uint32_t present;
  };
  Exchange gather(uint32_t mask, uint64_t value);

  // __syncwarp. Shuffles and votes exchange values but order no memory.
  void order_warp(uint32_t mask);

  // Ends the whole block from within a thread; `detail` is for messages.
  [[noreturn]] void stop(Fault fault, const char* detail = "");

  ~Block();

 private:
  struct Warp {
    uint32_t alive = 0;
    std::vector<Gathering*> gatherings;
  };

  void complete();
  void remove(Thread& thread);
  static void release_if_complete(Gathering& gathering, uint32_t alive);
  static void fiber();
  void* fresh_stack();

  const Launch* launch_ = nullptr;
  Index index_;
  Cluster* cluster_ = nullptr;
  std::vector<Thread> threads_;
  std::vector<Warp> warps_;
  std::vector<void*> idle_stacks_;
  size_t stacks_ = 0;
  char* stack_area_ = nullptr;
  void* scheduler_ = nullptr;
  char* shared_ = nullptr;
  char* shared_area_ = nullptr;

  size_t alive_ = 0;
  size_t arrived_ = 0;
  uint64_t generation_ = 0;
  unsigned votes_ = 0;
  unsigned last_votes_ = 0;
  Known arriving_, last_known_;
  char detail_[256] = "";
};

// The device thread that this host thread runs now; null outside a kernel.
extern thread_local Thread* current __attribute__((tls_model("initial-exec")));

}  // namespace hgn::emulator
