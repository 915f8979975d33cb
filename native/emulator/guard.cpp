#include "guard.h"

#include <csignal>
#include <mutex>

namespace hgn::emulator {

namespace {

// Read by the signal handler, so the access must not allocate.
thread_local Guard* innermost_guard __attribute__((tls_model("initial-exec"))) = nullptr;

struct sigaction before_segv, before_bus, before_fpe;

const struct sigaction& before(int signal) {
  return signal == SIGSEGV ? before_segv : signal == SIGBUS ? before_bus : before_fpe;
}

}  // namespace

struct GuardHandler {
  static void handle(int signal, siginfo_t* info, void* context) {
    if (Guard* guard = innermost_guard) {
      guard->address_ = info->si_addr;
      guard->raise(signal == SIGFPE ? Fault::kArithmetic : Fault::kAddress);
    }
    // The Java machine uses these signals itself.
    const struct sigaction& old = before(signal);
    if (old.sa_flags & SA_SIGINFO) {
      old.sa_sigaction(signal, info, context);
    } else if (old.sa_handler == SIG_DFL) {
      ::signal(signal, SIG_DFL);  // the instruction runs again, and the default action follows
    } else if (old.sa_handler != SIG_IGN) {
      old.sa_handler(signal);
    }
  }
};

Guard::Guard() : outer_(innermost_guard) {
  static std::once_flag installed;
  std::call_once(installed, [] {
    struct sigaction action = {};
    action.sa_sigaction = GuardHandler::handle;
    action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK | SA_NODEFER;
    sigaction(SIGSEGV, &action, &before_segv);
    sigaction(SIGBUS, &action, &before_bus);
    sigaction(SIGFPE, &action, &before_fpe);
  });
  innermost_guard = this;
}

Guard::~Guard() { innermost_guard = outer_; }

void Guard::raise(Fault fault) {
  fault_ = fault;
  siglongjmp(target_, 1);
}

Guard* Guard::innermost() { return innermost_guard; }

}  // namespace hgn::emulator
