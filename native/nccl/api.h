// The part of NCCL 2 that is called, by its public binary interface; nothing of nccl.h is needed to
// build. Point-to-point transfers came with 2.7.
#pragma once

#include <cstddef>

namespace hgn::nccl {

struct Comm;          // opaque
using Stream = void;  // a CUstream

// By value it is passed in memory, like any structure of its size.
struct UniqueId {
  char internal[128];
};

enum Result : int {
  kSuccess = 0,
  kUnhandledCudaError = 1,
  kSystemError = 2,
  kInternalError = 3,
  kInvalidArgument = 4,
  kInvalidUsage = 5,
  kRemoteError = 6,  // since 2.12
  kInProgress = 7,
};

constexpr int kFloat32 = 7;
constexpr int kFirstVersion = 2700;  // 2.7.0; from 2.9 on versions count as 20900

using GetVersion = int(int* version);
using GetUniqueId = int(UniqueId* id);
using CommInitRank = int(Comm** comm, int ranks, UniqueId id, int rank);
using CommDestroy = int(Comm* comm);
using CommAbort = int(Comm* comm);
using CommGetAsyncError = int(Comm* comm, int* result);
using GetErrorString = const char*(int result);
using GetLastError = const char*(Comm* comm);  // since 2.13
using GroupStart = int();
using GroupEnd = int();
using Send = int(const void* from, size_t count, int type, int peer, Comm* comm, Stream* stream);
using Recv = int(void* to, size_t count, int type, int peer, Comm* comm, Stream* stream);

}  // namespace hgn::nccl
