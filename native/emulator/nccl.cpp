// The part of libnccl.so.2 that the program calls. Ranks are processes of this machine; what one
// sends to another is a file in a folder of the group, under TMPDIR. As in the real library, a
// transfer is queued on a stream, and a failure of the network shows in the group's state alone.
//
// HGN_EMULATOR_NCCL_FAIL=ncclCommInitRank=2 in the environment makes that function fail so; with
// transfer in place of a function's name, transfers do while they run.
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "library.h"

using hgn::emulator::Stream;

#define API extern "C" __attribute__((visibility("default")))

namespace {

namespace fs = std::filesystem;

enum Result : int {
  kSuccess = 0,
  kUnhandledCudaError = 1,
  kSystemError = 2,
  kInternalError = 3,
  kInvalidArgument = 4,
  kInvalidUsage = 5,
  kRemoteError = 6,
  kInProgress = 7,
};

constexpr int kVersion = 22103;
constexpr int kFloat = 7;
constexpr size_t kIdBytes = 128;
constexpr auto kPatience = std::chrono::seconds(60);
const std::string kMagic = "emulated nccl ";

struct UniqueId {
  char internal[kIdBytes];
};

struct Peer {
  int device = -1;
  pid_t process = 0;
  uint64_t sent = 0;
  uint64_t received = 0;
};

struct Comm {
  fs::path folder;
  int rank;
  std::vector<Peer> peers;
  std::atomic<int> failure{kSuccess};
};

struct Transfer {
  Comm* comm;
  void* memory;
  size_t bytes;
  int peer;
  bool sends;
  uint64_t number;
  Stream* stream;
};

std::mutex text_lock;
std::string last_error;
thread_local int group_depth = 0;
thread_local std::vector<Transfer> group;

int warn(int result, const std::string& text) {
  std::lock_guard<std::mutex> lock(text_lock);
  last_error = text;
  return result;
}

// The failure that a test asks for, or success.
int asked_to_fail(const std::string& function) {
  const char* text = std::getenv("HGN_EMULATOR_NCCL_FAIL");
  std::string wanted = text == nullptr ? "" : text;
  if (wanted.rfind(function + "=", 0) != 0) {
    return kSuccess;
  }
  return warn(std::atoi(wanted.c_str() + function.size() + 1), function + " was asked to fail");
}

template <typename Found>
bool await(Found found) {
  auto end = std::chrono::steady_clock::now() + kPatience;
  for (int look = 0; !found(); look++) {
    if (std::chrono::steady_clock::now() > end) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(look < 100 ? 50 : 1000));
  }
  return true;
}

// A file that others see whole or not at all.
bool publish(const fs::path& file, const std::string& bytes) {
  fs::path part = file.string() + ".part";
  std::ofstream(part, std::ios::binary) << bytes;
  std::error_code failure;
  fs::rename(part, file, failure);
  return !failure;
}

fs::path message(const Comm& comm, int from, int to, uint64_t number) {
  return comm.folder /
         (std::to_string(from) + "-" + std::to_string(to) + "." + std::to_string(number));
}

fs::path presence(const fs::path& folder, int rank) {
  return folder / ("rank." + std::to_string(rank));
}

int meet(Comm& comm, int size, int rank) {
  for (int other = 0; other < size; other++) {
    fs::path file = presence(comm.folder, other);
    int others_size = 0;
    Peer& peer = comm.peers[static_cast<size_t>(other)];
    bool met = await([&] { return fs::exists(file); });
    std::ifstream(file) >> others_size >> peer.device >> peer.process;
    if (!met) {
      return warn(kSystemError, "rank " + std::to_string(other) + " did not connect");
    }
    if (others_size != size) {
      return warn(kInvalidUsage, "rank " + std::to_string(other) + " counts " +
                                     std::to_string(others_size) + " ranks, not " +
                                     std::to_string(size));
    }
  }
  int own = comm.peers[static_cast<size_t>(rank)].device;
  for (int other = 0; other < size; other++) {
    if (other != rank && comm.peers[static_cast<size_t>(other)].device == own) {
      return warn(kInvalidUsage, "Duplicate GPU detected : rank " + std::to_string(rank) +
                                     " and rank " + std::to_string(other) +
                                     " both on CUDA device " + std::to_string(own));
    }
  }
  return kSuccess;
}

void send(const Transfer& transfer) {
  publish(message(*transfer.comm, transfer.comm->rank, transfer.peer, transfer.number),
          {static_cast<const char*>(transfer.memory), transfer.bytes});
}

int receive(const Transfer& transfer) {
  Comm& comm = *transfer.comm;
  fs::path file = message(comm, transfer.peer, comm.rank, transfer.number);
  pid_t process = comm.peers[static_cast<size_t>(transfer.peer)].process;
  bool gone = false;
  bool there = await([&] {
    gone = gone || (kill(process, 0) != 0 && errno == ESRCH);
    return fs::exists(file) || gone;
  });
  if (!there || !fs::exists(file)) {
    return warn(kRemoteError, "connection to rank " + std::to_string(transfer.peer) + " closed");
  }
  size_t bytes = fs::file_size(file);
  if (bytes != transfer.bytes) {
    return warn(kInvalidUsage, "message truncated : receiving " + std::to_string(bytes) +
                                   " bytes instead of " + std::to_string(transfer.bytes));
  }
  std::ifstream(file, std::ios::binary)
      .read(static_cast<char*>(transfer.memory), static_cast<std::streamsize>(bytes));
  fs::remove(file);
  return kSuccess;
}

// All sends before all receives: partners do the same, and nobody waits for a message that is to
// follow. After a failure nothing more is transferred.
void run(const std::vector<Transfer>& transfers) {
  for (bool sends : {true, false}) {
    for (const Transfer& transfer : transfers) {
      if (transfer.sends != sends || transfer.comm->failure != kSuccess) {
        continue;
      }
      int result = asked_to_fail("transfer");
      if (result == kSuccess && sends) {
        send(transfer);
      } else if (result == kSuccess) {
        result = receive(transfer);
      }
      if (result != kSuccess) {
        transfer.comm->failure = result;
      }
    }
  }
}

int submit(std::vector<Transfer> transfers) {
  if (transfers.empty()) {
    return kSuccess;
  }
  Stream* stream = transfers.front().stream;
  for (const Transfer& transfer : transfers) {
    if (transfer.stream != stream) {
      return warn(kInvalidUsage, "one stream for a group is all that is emulated");
    }
  }
  int result = hgn::emulator::submit_library_call(
      stream, "NCCL transfer", [transfers = std::move(transfers)] { run(transfers); });
  return result == 0 ? kSuccess : kUnhandledCudaError;
}

int transfer(const char* function, void* memory, size_t count, int type, int peer, Comm* comm,
             Stream* stream, bool sends) {
  if (int result = asked_to_fail(function)) {
    return result;
  }
  if (comm == nullptr) {
    return warn(kInvalidArgument, std::string(function) + " : comm argument is NULL");
  }
  if (peer < 0 || peer >= static_cast<int>(comm->peers.size())) {
    return warn(kInvalidArgument,
                std::string(function) + " : invalid peer (" + std::to_string(peer) + ")");
  }
  if (type != kFloat) {
    return warn(kInvalidArgument,
                std::string(function) + " : invalid type " + std::to_string(type));
  }
  size_t bytes = count * sizeof(float);
  if (!hgn::emulator::on_device(memory, bytes)) {
    return warn(kInvalidArgument, std::string(function) + " : buffer is not a valid pointer");
  }
  Peer& other = comm->peers[static_cast<size_t>(peer)];
  uint64_t number = sends ? other.sent++ : other.received++;
  group.push_back({comm, memory, bytes, peer, sends, number, stream});
  if (group_depth > 0) {
    return kSuccess;
  }
  return submit(std::exchange(group, {}));
}

}  // namespace

API int ncclGetVersion(int* version) {
  *version = kVersion;
  return kSuccess;
}

API const char* ncclGetErrorString(int result) {
  switch (result) {
    case kSuccess:
      return "no error";
    case kUnhandledCudaError:
      return "unhandled cuda error (run with NCCL_DEBUG=INFO for details)";
    case kSystemError:
      return "unhandled system error (run with NCCL_DEBUG=INFO for details)";
    case kInternalError:
      return "internal error - please report this issue to the NCCL developers";
    case kInvalidArgument:
      return "invalid argument (run with NCCL_DEBUG=WARN for details)";
    case kInvalidUsage:
      return "invalid usage (run with NCCL_DEBUG=WARN for details)";
    case kRemoteError:
      return "remote process exited or there was a network error";
    case kInProgress:
      return "NCCL operation in progress";
    default:
      return "unknown result code";
  }
}

API const char* ncclGetLastError(Comm*) {
  static thread_local std::string text;
  std::lock_guard<std::mutex> lock(text_lock);
  text = last_error;
  return text.c_str();
}

API int ncclGetUniqueId(UniqueId* id) {
  if (int result = asked_to_fail("ncclGetUniqueId")) {
    return result;
  }
  std::string folder = (fs::temp_directory_path() / "emulated-nccl-XXXXXX").string();
  std::string text = kMagic + folder;
  if (text.size() >= kIdBytes || mkdtemp(text.data() + kMagic.size()) == nullptr) {
    return warn(kSystemError, "no folder " + folder);
  }
  std::memset(id->internal, 0, kIdBytes);
  text.copy(id->internal, kIdBytes - 1);
  return kSuccess;
}

API int ncclCommInitRank(Comm** result, int size, UniqueId id, int rank) {
  if (int failure = asked_to_fail("ncclCommInitRank")) {
    return failure;
  }
  if (size < 1 || rank < 0 || rank >= size) {
    return warn(kInvalidArgument,
                "invalid rank " + std::to_string(rank) + " of " + std::to_string(size));
  }
  if (std::memcmp(id.internal, kMagic.data(), kMagic.size()) != 0) {
    return warn(kInvalidArgument, "not an identity of ncclGetUniqueId");
  }
  if (!hgn::emulator::library_may_start()) {
    return kUnhandledCudaError;
  }
  auto comm = new Comm{id.internal + kMagic.size(), rank, std::vector<Peer>(size)};
  if (fs::exists(presence(comm->folder, rank)) ||
      !publish(presence(comm->folder, rank), std::to_string(size) + " " +
                                                 std::to_string(hgn::emulator::current_device()) +
                                                 " " + std::to_string(getpid()))) {
    delete comm;
    return warn(kInvalidUsage, "there is a rank " + std::to_string(rank) + " already, or no group");
  }
  if (int failure = meet(*comm, size, rank)) {
    delete comm;
    return failure;
  }
  *result = comm;
  return kSuccess;
}

API int ncclCommGetAsyncError(Comm* comm, int* result) {
  if (comm == nullptr) {
    return kInvalidArgument;
  }
  *result = comm->failure;
  return kSuccess;
}

// The last one to leave removes the folder.
API int ncclCommDestroy(Comm* comm) {
  if (comm == nullptr) {
    return kInvalidArgument;
  }
  std::error_code ignored;
  fs::remove(presence(comm->folder, comm->rank), ignored);
  fs::remove(comm->folder, ignored);
  delete comm;
  return kSuccess;
}

API int ncclCommAbort(Comm* comm) {
  if (comm == nullptr) {
    return kInvalidArgument;
  }
  std::error_code ignored;
  fs::remove_all(comm->folder, ignored);
  delete comm;
  return kSuccess;
}

API int ncclGroupStart() {
  group_depth++;
  return kSuccess;
}

API int ncclGroupEnd() {
  if (group_depth == 0) {
    return warn(kInvalidUsage, "ncclGroupEnd: not in a group call.");
  }
  group_depth--;
  return group_depth > 0 ? kSuccess : submit(std::exchange(group, {}));
}

API int ncclSend(const void* from, size_t count, int type, int peer, Comm* comm, Stream* stream) {
  return transfer("ncclSend", const_cast<void*>(from), count, type, peer, comm, stream, true);
}

API int ncclRecv(void* to, size_t count, int type, int peer, Comm* comm, Stream* stream) {
  return transfer("ncclRecv", to, count, type, peer, comm, stream, false);
}
