// Keeps the virtual machine's signal handlers while an MPI is loaded. Java ends loops at safepoints
// and finds null pointers by SIGSEGV; UCX, which many an MPI brings along, takes that signal for
// itself as soon as it is loaded. So this library must not need MPI, and is loaded before the one
// that does.
#include <csignal>
#include <cstdlib>

#include "hgn_ranks_mpi_Signals.h"

namespace {

constexpr int kSignals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTERM, SIGINT, SIGHUP};
struct sigaction kept[sizeof(kSignals) / sizeof(kSignals[0])];

}  // namespace

extern "C" {

JNIEXPORT void JNICALL Java_hgn_ranks_mpi_Signals_keep(JNIEnv*, jclass) {
  setenv("UCX_ERROR_SIGNALS", "", 0);  // none; what a user has set stays
  for (size_t i = 0; i < sizeof(kSignals) / sizeof(kSignals[0]); i++) {
    sigaction(kSignals[i], nullptr, &kept[i]);
  }
}

JNIEXPORT void JNICALL Java_hgn_ranks_mpi_Signals_restore(JNIEnv*, jclass) {
  for (size_t i = 0; i < sizeof(kSignals) / sizeof(kSignals[0]); i++) {
    sigaction(kSignals[i], &kept[i], nullptr);
  }
}

}  // extern "C"
