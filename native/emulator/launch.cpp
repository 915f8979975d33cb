#include "launch.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <map>
#include <numeric>
#include <system_error>
#include <thread>

#include "cluster.h"
#include "guard.h"
#include "memory.h"
#include "probes.h"
#include "races.h"
#include "shuffle.h"
#include "snapshot.h"

void hgn_emulator_nap() { sched_yield(); }

namespace hgn::emulator {

namespace {

std::map<std::string, Kernel>& kernels() {
  static std::map<std::string, Kernel> all;
  return all;
}

int launches_to_failure = -1;
size_t run_so_far = 0;
Status injected = kLaunchFailed;

struct Failure {
  Fault fault = Fault::kNone;
  Index block;
  Index thread;
  const void* address = nullptr;
  std::string detail;
};

// Hands out the clusters of the grid one by one until none is left or one has failed.
struct Job {
  const Launch* launch;
  std::vector<size_t> order;  // of the clusters; empty: in turn
  std::atomic<size_t> next{0};
  std::atomic<bool> failed{false};
  std::mutex mutex;
  Failure failure;

  void work() {
    static thread_local Cluster cluster;
    size_t count = launch->grid.count() / launch->cluster;
    size_t wide = launch->grid.x / launch->cluster;
    for (size_t turn; !failed && (turn = next++) < count;) {
      size_t n = order.empty() ? turn : order[turn];
      Index first;
      first.x = static_cast<unsigned>(n % wide * launch->cluster);
      first.y = static_cast<unsigned>(n / wide % launch->grid.y);
      first.z = static_cast<unsigned>(n / wide / launch->grid.y);
      Fault fault = cluster.run(*launch, first, (n % 2 == 1) == launch->odd_backwards);
      if (fault != Fault::kNone) {
        std::lock_guard<std::mutex> lock(mutex);
        if (!failed) {
          failure = {fault, cluster.culprit_block(), cluster.culprit().index,
                     cluster.fault_address(), cluster.detail()};
        }
        failed = true;
      }
    }
  }
};

// Threads that help with one job at a time.
class Helpers {
 public:
  // Starts missing threads; returns how many of `helpers` there are.
  size_t start(size_t helpers) {
    std::lock_guard<std::mutex> lock(mutex_);
    try {
      while (threads_ < helpers) {
        std::thread([this, number = threads_] { serve(number); }).detach();
        threads_++;
      }
    } catch (const std::system_error&) {  // the system grants no more
      return threads_;
    }
    return helpers;
  }

  void run(Job& job, size_t helpers) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      job_ = &job;
      wanted_ = helpers;
      busy_ = helpers;
      generation_++;
    }
    wake_.notify_all();
    job.work();
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [this] { return busy_ == 0; });
  }

 private:
  void serve(size_t number) {
    uint64_t seen = 0;
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      wake_.wait(lock, [&] { return generation_ != seen; });
      seen = generation_;
      if (number < wanted_) {
        Job* job = job_;
        lock.unlock();
        job->work();
        lock.lock();
        if (--busy_ == 0) {
          done_.notify_all();
        }
      }
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_, done_;
  Job* job_ = nullptr;
  size_t threads_ = 0, wanted_ = 0, busy_ = 0;
  uint64_t generation_ = 0;
};

Helpers& helpers() {
  static Helpers* all = new Helpers;  // its threads live as long as the process
  return *all;
}

std::string text(const Index& index) {
  return "(" + std::to_string(index.x) + "," + std::to_string(index.y) + "," +
         std::to_string(index.z) + ")";
}

Status status_of(Fault fault) {
  switch (fault) {
    case Fault::kNone:
      return kSuccess;
    case Fault::kAddress:
      return kIllegalAddress;
    case Fault::kTrap:
      return kIllegalInstruction;
    case Fault::kAssert:
      return kAssert;
    case Fault::kAlignment:
      return kMisalignedAddress;
    default:
      return kLaunchFailed;
  }
}

const char* reason(Fault fault) {
  switch (fault) {
    case Fault::kAddress:
      return "out-of-range access";
    case Fault::kTrap:
      return "trap";
    case Fault::kAssert:
      return "failed assertion";
    case Fault::kRace:
      return "race";
    case Fault::kAlignment:
      return "misaligned access";
    case Fault::kDeadlock:
      return "some threads wait at a barrier or in a warp operation that others never reach";
    default:
      return "division by zero";
  }
}

Status fail(Status status, const std::string& message) {
  set_sticky_error(status, message);
  log_fault(message);
  return status;
}

// Runs all blocks once.
Status run_blocks(const Kernel& kernel, Launch& launch, bool cooperative) {
  static uint16_t launches = 0;
  launch.number = ++launches;
  begin_launch(launch);
  Job job;
  job.launch = &launch;
  size_t blocks = launch.grid.count();
  if (launch.seed != 0) {
    job.order.resize(blocks / launch.cluster);
    std::iota(job.order.begin(), job.order.end(), size_t{0});
    Shuffle(launch.seed)(job.order);
  }
  size_t hosts =
      cooperative ? blocks : std::min<size_t>(blocks, std::thread::hardware_concurrency());
  if (hosts > 1 &&
      (cooperative || (kBuild != Build::kRaces && blocks * launch.block.count() >= 2048))) {
    size_t started = helpers().start(hosts - 1);
    if (cooperative && started < hosts - 1) {  // its blocks wait for each other
      return fail(kLaunchOutOfResources, "too few host threads for kernel " + kernel.name);
    }
    helpers().run(job, started);
  } else {
    job.work();
  }
  if (job.failed) {
    return fail(status_of(job.failure.fault),
                std::string(reason(job.failure.fault)) + " in kernel " + kernel.name + ", block " +
                    text(job.failure.block) + ", thread " + text(job.failure.thread) +
                    (job.failure.detail.empty() ? "" : " " + job.failure.detail));
  }
  return kSuccess;
}

// Runs all blocks twice, each time in other orders, and requires the same bits.
Status run_in_two_orders(const Kernel& kernel, Launch& launch, bool cooperative) {
  static uint64_t launches = 0;
  Snapshot before(kernel, launch);
  if (Status status = run_blocks(kernel, launch, cooperative)) {
    return status;
  }
  Snapshot after = before.renewed();
  before.restore();
  launch.seed = order_seed() + ++launches;
  Status status = run_blocks(kernel, launch, cooperative);
  launch.seed = 0;
  if (status != kSuccess) {
    return status;
  }
  count_checks(after.bytes());
  std::string difference = after.difference();
  if (!difference.empty()) {
    return fail(kLaunchFailed, "the order of threads or blocks changes " + difference +
                                   " in kernel " + kernel.name);
  }
  return kSuccess;
}

Status run_grid(const Kernel& kernel, Launch& launch, bool cooperative) {
  if (launches_to_failure >= 0 && launches_to_failure-- == 0) {
    set_sticky_error(injected, "injected failure of kernel " + kernel.name);
    return injected;
  }
  run_so_far++;
  static bool odd_backwards = false;
  launch.odd_backwards = odd_backwards = !odd_backwards;
  return order_seed() == 0 ? run_blocks(kernel, launch, cooperative)
                           : run_in_two_orders(kernel, launch, cooperative);
}

// A launch that owns its arguments.
struct StoredLaunch {
  const Kernel* kernel;
  Launch launch;
  bool cooperative;
  std::vector<std::vector<unsigned char>> values;
  std::vector<void*> pointers;
};

}  // namespace

Kernel* find_kernel(const std::string& name) {
  auto found = kernels().find(name);
  return found == kernels().end() ? nullptr : &found->second;
}

void add_kernel(Kernel kernel) { kernels()[kernel.name] = std::move(kernel); }

void fail_launch_after(int count, Status status) {
  launches_to_failure = count;
  injected = status;
}

size_t launches_run() { return run_so_far; }

int resident_blocks(size_t threads, size_t shared_bytes) {
  if (threads == 0 || threads > kThreadsPerBlock || shared_bytes > kSharedPerBlockOptIn) {
    return 0;
  }
  size_t by_threads = kThreadsPerMultiprocessor / ((threads + 31) / 32 * 32);
  size_t by_shared = kSharedPerMultiprocessor / (shared_bytes + 1024);  // the system takes 1 KiB
  return static_cast<int>(std::min({by_threads, by_shared, size_t{kBlocksPerMultiprocessor}}));
}

Status launch(Kernel* kernel, Extent grid, Extent block, size_t shared_bytes, size_t shared_limit,
              void** arguments, bool cooperative, Stream* stream) {
  if (grid.count() == 0 || grid.x > 0x7fffffffu || grid.y > 65535 || grid.z > 65535 ||
      block.count() == 0 || block.count() > kThreadsPerBlock || block.z > 64 ||
      shared_bytes > shared_limit || grid.x % kernel->cluster.x != 0) {
    return kInvalidValue;
  }
  size_t resident = static_cast<size_t>(resident_blocks(block.count(), shared_bytes));
  if (cooperative && grid.count() > resident * kMultiprocessors) {
    return kCooperativeLaunchTooLarge;
  }
  if (arguments == nullptr && !kernel->argument_bytes.empty()) {
    return kInvalidValue;
  }
  auto stored = std::make_shared<StoredLaunch>();
  stored->kernel = kernel;
  stored->cooperative = cooperative;
  for (size_t a = 0; a < kernel->argument_bytes.size(); a++) {
    auto* bytes = static_cast<unsigned char*>(arguments[a]);
    stored->values.emplace_back(bytes, bytes + kernel->argument_bytes[a]);
  }
  for (auto& value : stored->values) {
    stored->pointers.push_back(value.data());
  }
  stored->launch = {kernel->call, stored->pointers.data(), grid, block,
                    shared_bytes, kernel->cluster.x};
  return submit(stream, {"kernel launch", [stored] {
                           return run_grid(*stored->kernel, stored->launch, stored->cooperative);
                         }});
}

Status guarded(const std::function<void()>& work) {
  Guard guard;
  if (sigsetjmp(guard.target(), 0) != 0) {
    return status_of(guard.fault());
  }
  work();
  return kSuccess;
}

}  // namespace hgn::emulator
