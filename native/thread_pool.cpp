// A job is published in three plain fields and one word, the ticket: (job number, parts not
// claimed). Claiming a part is a decrement of the ticket by compare-and-swap. It succeeds only if
// the job number is still the one under which the fields were read, and the fields change only when
// no part is left; hence a thread that claims a part has read the fields that belong to it.
//
// An exception that a part throws is kept, the other parts still run, and the job's caller gets it:
// it must leave neither a helper, which would end the process, nor a caller whose job still runs.
#include "thread_pool.h"

#include <atomic>
#include <climits>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace hgn {
namespace {

using Body = void (*)(const void*, int);

constexpr uint64_t kPartsMask = 0xffffffffu;
constexpr int kReserve = 8;   // threads that are left to Java where the system limits them
constexpr int kSpins = 2000;  // polls for work before a helper sleeps, about 50 microseconds

inline void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

class Pool {
 public:
  void run(int parts, Body body, const void* context) {
    if (busy_.exchange(true, std::memory_order_acquire)) {
      for (int part = 0; part < parts; part++) {
        body(context, part);
      }
      return;
    }
    body_.store(body, std::memory_order_relaxed);
    context_.store(context, std::memory_order_relaxed);
    unfinished_.store(parts, std::memory_order_relaxed);
    ticket_.store((++job_ << 32) | static_cast<uint32_t>(parts));
    wake();
    while (run_one()) {
    }
    for (int spins = 0; unfinished_.load(std::memory_order_acquire) > 0; spins++) {
      if (spins < kSpins) {
        pause();
      } else {
        std::this_thread::yield();  // the helper that is still at it may need this core
      }
    }
    std::exception_ptr failure;
    if (failed_.load(std::memory_order_relaxed)) {
      std::swap(failure, failure_);
      failed_.store(false, std::memory_order_relaxed);
    }
    busy_.store(false, std::memory_order_release);
    if (failure) {
      std::rethrow_exception(failure);
    }
  }

  int set_threads(int count) {
    count = count - 1 <= kept_ ? count : kept_ + 1;  // once limited, always
    try {
      for (; started_ < count - 1; started_++) {
        std::thread(&Pool::help, this, started_).detach();
      }
    } catch (const std::system_error&) {  // a limit on threads or on memory for their stacks
      retire(started_ < kReserve ? 0 : started_ - kReserve);
      count = started_ + 1;
    }
    threads_ = count;
    return count;
  }

  int threads() const { return threads_.load(std::memory_order_relaxed); }

 private:
  // Ends all helpers but the first `count`; those that are awake see it when they next look for
  // work.
  void retire(int count) {
    started_ = count;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      kept_ = count;
    }
    work_.notify_all();
  }

  bool is_kept(int helper) const { return helper < kept_.load(std::memory_order_relaxed); }

  // Claims and runs a part; false if there is none.
  bool run_one() {
    uint64_t seen = ticket_.load(std::memory_order_acquire);
    while ((seen & kPartsMask) != 0) {
      Body body = body_.load(std::memory_order_relaxed);
      const void* context = context_.load(std::memory_order_relaxed);
      if (ticket_.compare_exchange_weak(seen, seen - 1, std::memory_order_acq_rel,
                                        std::memory_order_acquire)) {
        attempt(body, context, static_cast<int>((seen & kPartsMask) - 1));
        unfinished_.fetch_sub(1, std::memory_order_release);
        return true;
      }
    }
    return false;
  }

  // Runs a part and keeps the first exception of the job.
  void attempt(Body body, const void* context, int part) {
    try {
      body(context, part);
    } catch (...) {
      if (!failed_.exchange(true, std::memory_order_relaxed)) {
        failure_ = std::current_exception();  // the caller sees it when no part is unfinished
      }
    }
  }

  bool has_work(int helper) const {
    return helper < threads() - 1 && (ticket_.load() & kPartsMask) != 0;
  }

  void help(int helper) {
    sigset_t signals;  // they are the virtual machine's
    sigfillset(&signals);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    while (is_kept(helper)) {
      int spins = 0;
      while (!has_work(helper) && ++spins < kSpins) {
        pause();
      }
      if (spins == kSpins) {
        sleep(helper);
      }
      while (has_work(helper) && run_one()) {
      }
    }
  }

  void sleep(int helper) {
    std::unique_lock<std::mutex> lock(mutex_);
    sleepers_.fetch_add(1);
    work_.wait(lock, [&] { return has_work(helper) || !is_kept(helper); });
    sleepers_.fetch_sub(1);
  }

  // Either a helper that is about to sleep sees the ticket, or this sees that it sleeps.
  void wake() {
    if (sleepers_.load() > 0) {
      std::lock_guard<std::mutex> lock(mutex_);
      work_.notify_all();
    }
  }

  alignas(64) std::atomic<uint64_t> ticket_{0};
  alignas(64) std::atomic<int> unfinished_{0};
  alignas(64) std::atomic<Body> body_{nullptr};
  std::atomic<const void*> context_{nullptr};
  std::atomic<bool> busy_{false};
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;
  std::atomic<int> threads_{1};
  std::atomic<int> sleepers_{0};
  uint64_t job_ = 0;
  int started_ = 0;
  std::atomic<int> kept_{INT_MAX};
  std::mutex mutex_;
  std::condition_variable work_;
};

// Never destroyed: its helpers live until the process ends.
Pool& pool() {
  static Pool* pool = new Pool;
  return *pool;
}

}  // namespace

int threads() { return pool().threads(); }

int set_threads(int count) { return pool().set_threads(count); }

void run_parts(int parts, Body body, const void* context) { pool().run(parts, body, context); }

}  // namespace hgn
