// Calls NCCL, which is loaded at run time from a file that the caller has found, so that neither
// the build nor other programs need it. The caller has made the device's context current.
#include <dlfcn.h>

#include <cstring>
#include <string>

#include "api.h"
#include "hgn_backend_cuda_Nccl.h"

using namespace hgn::nccl;

namespace {

struct Functions {
  GetVersion* getVersion;
  GetUniqueId* getUniqueId;
  CommInitRank* commInitRank;
  CommDestroy* commDestroy;
  CommAbort* commAbort;
  CommGetAsyncError* commGetAsyncError;
  GetErrorString* getErrorString;
  GroupStart* groupStart;
  GroupEnd* groupEnd;
  Send* send;
  Recv* recv;
  GetLastError* getLastError;  // may be missing
};

Functions nccl;

void fail(JNIEnv* env, const std::string& message) {
  env->ThrowNew(env->FindClass("java/lang/IllegalStateException"), message.c_str());
}

// What the library says of a result, with the last error in detail where it tells that.
bool failed(JNIEnv* env, const char* call, int result, Comm* comm = nullptr) {
  if (result == kSuccess) {
    return false;
  }
  std::string text = std::string(call) + ": " + nccl.getErrorString(result);
  const char* detail = nccl.getLastError == nullptr ? nullptr : nccl.getLastError(comm);
  if (detail != nullptr && *detail != '\0') {
    text += std::string(" (") + detail + ")";
  }
  fail(env, text);
  return true;
}

template <typename F>
bool find(JNIEnv* env, void* library, const char* name, F*& function) {
  function = reinterpret_cast<F*>(dlsym(library, name));
  if (function == nullptr) {
    fail(env, std::string("it has no ") + name);
  }
  return function != nullptr;
}

Comm* comm_of(jlong handle) { return reinterpret_cast<Comm*>(handle); }

}  // namespace

extern "C" {

JNIEXPORT jint JNICALL Java_hgn_backend_cuda_Nccl_load(JNIEnv* env, jclass, jstring path) {
  const char* file = env->GetStringUTFChars(path, nullptr);
  if (file == nullptr) {
    return 0;
  }
  void* library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  env->ReleaseStringUTFChars(path, file);
  if (library == nullptr) {
    fail(env, dlerror());
    return 0;
  }
  Functions found;
  if (!find(env, library, "ncclGetVersion", found.getVersion) ||
      !find(env, library, "ncclGetUniqueId", found.getUniqueId) ||
      !find(env, library, "ncclCommInitRank", found.commInitRank) ||
      !find(env, library, "ncclCommDestroy", found.commDestroy) ||
      !find(env, library, "ncclCommAbort", found.commAbort) ||
      !find(env, library, "ncclCommGetAsyncError", found.commGetAsyncError) ||
      !find(env, library, "ncclGetErrorString", found.getErrorString) ||
      !find(env, library, "ncclGroupStart", found.groupStart) ||
      !find(env, library, "ncclGroupEnd", found.groupEnd) ||
      !find(env, library, "ncclSend", found.send) || !find(env, library, "ncclRecv", found.recv)) {
    return 0;
  }
  found.getLastError = reinterpret_cast<GetLastError*>(dlsym(library, "ncclGetLastError"));
  nccl = found;  // whole, or not at all
  int version = 0;
  if (failed(env, "ncclGetVersion", nccl.getVersion(&version))) {
    return 0;
  }
  if (version < kFirstVersion) {
    fail(env, "it is older than NCCL 2.7");
  }
  return version;
}

JNIEXPORT jbyteArray JNICALL Java_hgn_backend_cuda_Nccl_newId(JNIEnv* env, jclass) {
  UniqueId id;
  if (failed(env, "ncclGetUniqueId", nccl.getUniqueId(&id))) {
    return nullptr;
  }
  jbyteArray bytes = env->NewByteArray(sizeof(id));
  if (bytes != nullptr) {
    env->SetByteArrayRegion(bytes, 0, sizeof(id), reinterpret_cast<jbyte*>(id.internal));
  }
  return bytes;
}

JNIEXPORT jlong JNICALL Java_hgn_backend_cuda_Nccl_join(JNIEnv* env, jclass, jbyteArray bytes,
                                                        jint rank, jint size) {
  UniqueId id;
  if (env->GetArrayLength(bytes) != static_cast<jsize>(sizeof(id))) {
    fail(env, "an identity has " + std::to_string(sizeof(id)) + " bytes");
    return 0;
  }
  env->GetByteArrayRegion(bytes, 0, sizeof(id), reinterpret_cast<jbyte*>(id.internal));
  Comm* comm = nullptr;
  failed(env, "ncclCommInitRank", nccl.commInitRank(&comm, size, id, rank));
  return reinterpret_cast<jlong>(comm);
}

// Both directions in one group, or each of two ranks would wait for the other to receive.
JNIEXPORT void JNICALL Java_hgn_backend_cuda_Nccl_exchange(JNIEnv* env, jclass, jlong handle,
                                                           jint partner, jlong mine, jlong count,
                                                           jlong theirs, jlong expected,
                                                           jlong stream) {
  Comm* comm = comm_of(handle);
  auto* queue = reinterpret_cast<Stream*>(stream);
  if (failed(env, "ncclGroupStart", nccl.groupStart(), comm)) {
    return;
  }
  int sent = kSuccess;
  int received = kSuccess;
  if (count > 0) {
    sent = nccl.send(reinterpret_cast<const void*>(mine), count, kFloat32, partner, comm, queue);
  }
  if (expected > 0) {
    received = nccl.recv(reinterpret_cast<void*>(theirs), expected, kFloat32, partner, comm, queue);
  }
  int ended = nccl.groupEnd();  // in any case
  failed(env, "ncclSend", sent, comm) || failed(env, "ncclRecv", received, comm) ||
      failed(env, "ncclGroupEnd", ended, comm);
}

JNIEXPORT void JNICALL Java_hgn_backend_cuda_Nccl_check(JNIEnv* env, jclass, jlong handle) {
  int result = kSuccess;
  Comm* comm = comm_of(handle);
  if (!failed(env, "ncclCommGetAsyncError", nccl.commGetAsyncError(comm, &result), comm) &&
      result != kInProgress) {
    failed(env, "an exchange", result, comm);
  }
}

JNIEXPORT void JNICALL Java_hgn_backend_cuda_Nccl_leave(JNIEnv* env, jclass, jlong handle) {
  failed(env, "ncclCommDestroy", nccl.commDestroy(comm_of(handle)));
}

JNIEXPORT void JNICALL Java_hgn_backend_cuda_Nccl_abort(JNIEnv*, jclass, jlong handle) {
  nccl.commAbort(comm_of(handle));  // its group is lost anyway
}

}  // extern "C"
