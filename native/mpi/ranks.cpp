// Messages between the processes of one mpirun. All functions are called by one thread, that of
// hgn.ranks.mpi.MpiLink, so MPI_THREAD_FUNNELED suffices.
//
// There are two kinds of messages. An exchange sends a block to a partner and receives one from it;
// one is under way at a time. A note is a short text to everybody, sent now and then as a sign of
// life. No function waits.
#include <dlfcn.h>
#include <mpi.h>

#include <cstring>
#include <string>
#include <vector>

#include "hgn_ranks_mpi_Mpi.h"

namespace {

constexpr int kNote = 1024;  // bytes of a note: its length and its text
constexpr int kExchangeTag = 1;
constexpr int kNoteTag = 2;

struct Peer {
  MPI_Request in = MPI_REQUEST_NULL;
  MPI_Request out = MPI_REQUEST_NULL;
  char inbox[kNote];
  char outbox[kNote];
};

MPI_Comm blocks = MPI_COMM_NULL;
MPI_Comm notes = MPI_COMM_NULL;
MPI_Request exchange[2] = {MPI_REQUEST_NULL, MPI_REQUEST_NULL};
std::vector<Peer> peers;
int own = 0;

bool failed(JNIEnv *env, const char *call, int code) {
  if (code == MPI_SUCCESS) {
    return false;
  }
  char text[MPI_MAX_ERROR_STRING] = "";
  int length = 0;
  MPI_Error_string(code, text, &length);
  std::string message = std::string(call) + ": " + text;
  env->ThrowNew(env->FindClass("java/lang/IllegalStateException"), message.c_str());
  return true;
}

bool listen(JNIEnv *env, int rank) {
  Peer &peer = peers[rank];
  return !failed(env, "MPI_Irecv",
                 MPI_Irecv(peer.inbox, kNote, MPI_BYTE, rank, kNoteTag, notes, &peer.in));
}

char *address(JNIEnv *env, jobject buffer, jint from) {
  return static_cast<char *>(env->GetDirectBufferAddress(buffer)) + from;
}

}  // namespace

extern "C" {

JNIEXPORT jintArray JNICALL Java_hgn_ranks_mpi_Mpi_init(JNIEnv *env, jclass) {
  // the parts that MPI loads itself look for its symbols among the global ones
  Dl_info self;
  if (dladdr(reinterpret_cast<void *>(&MPI_Init_thread), &self) != 0) {
    dlopen(self.dli_fname, RTLD_NOW | RTLD_GLOBAL | RTLD_NOLOAD);
  }
  int provided = 0;
  if (failed(env, "MPI_Init_thread",
             MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided))) {
    return nullptr;
  }
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  if (failed(env, "MPI_Comm_dup", MPI_Comm_dup(MPI_COMM_WORLD, &blocks)) ||
      failed(env, "MPI_Comm_dup", MPI_Comm_dup(MPI_COMM_WORLD, &notes))) {
    return nullptr;
  }
  jint place[2];
  MPI_Comm_rank(blocks, &place[0]);
  MPI_Comm_size(blocks, &place[1]);
  own = place[0];
  peers.resize(place[1]);
  for (int rank = 0; rank < place[1]; rank++) {
    if (rank != own && !listen(env, rank)) {
      return nullptr;
    }
  }
  jintArray result = env->NewIntArray(2);
  if (result != nullptr) {
    env->SetIntArrayRegion(result, 0, 2, place);
  }
  return result;
}

JNIEXPORT jstring JNICALL Java_hgn_ranks_mpi_Mpi_library(JNIEnv *env, jclass) {
  char text[MPI_MAX_LIBRARY_VERSION_STRING] = "";
  int length = 0;
  MPI_Get_library_version(text, &length);
  return env->NewStringUTF(std::string(text, strcspn(text, "\n")).c_str());
}

JNIEXPORT void JNICALL Java_hgn_ranks_mpi_Mpi_exchange(JNIEnv *env, jclass, jint partner,
                                                       jobject mine, jint from, jint count,
                                                       jobject theirs, jint into, jint expected) {
  if (failed(env, "MPI_Irecv",
             MPI_Irecv(address(env, theirs, into), expected, MPI_BYTE, partner, kExchangeTag,
                       blocks, &exchange[0]))) {
    return;
  }
  failed(env, "MPI_Isend",
         MPI_Isend(address(env, mine, from), count, MPI_BYTE, partner, kExchangeTag, blocks,
                   &exchange[1]));
}

JNIEXPORT jboolean JNICALL Java_hgn_ranks_mpi_Mpi_isDone(JNIEnv *env, jclass) {
  int done = 0;
  if (failed(env, "MPI_Testall", MPI_Testall(2, exchange, &done, MPI_STATUSES_IGNORE))) {
    return JNI_FALSE;
  }
  return done != 0;
}

JNIEXPORT jboolean JNICALL Java_hgn_ranks_mpi_Mpi_send(JNIEnv *env, jclass, jint rank,
                                                       jbyteArray text) {
  Peer &peer = peers[rank];
  int sent = 0;
  if (failed(env, "MPI_Test", MPI_Test(&peer.out, &sent, MPI_STATUS_IGNORE)) || sent == 0) {
    return JNI_FALSE;
  }
  int32_t length = env->GetArrayLength(text);
  int32_t most = kNote - sizeof(length);
  length = length < most ? length : most;
  std::memcpy(peer.outbox, &length, sizeof(length));
  env->GetByteArrayRegion(text, 0, length, reinterpret_cast<jbyte *>(peer.outbox) + sizeof(length));
  int size = static_cast<int>(sizeof(length)) + length;
  return !failed(env, "MPI_Isend",
                 MPI_Isend(peer.outbox, size, MPI_BYTE, rank, kNoteTag, notes, &peer.out));
}

JNIEXPORT jboolean JNICALL Java_hgn_ranks_mpi_Mpi_isSent(JNIEnv *env, jclass, jint rank) {
  int sent = 0;
  if (failed(env, "MPI_Test", MPI_Test(&peers[rank].out, &sent, MPI_STATUS_IGNORE))) {
    return JNI_FALSE;
  }
  return sent != 0;
}

JNIEXPORT jbyteArray JNICALL Java_hgn_ranks_mpi_Mpi_hear(JNIEnv *env, jclass, jint rank) {
  Peer &peer = peers[rank];
  if (peer.in == MPI_REQUEST_NULL) {
    return nullptr;
  }
  int arrived = 0;
  if (failed(env, "MPI_Test", MPI_Test(&peer.in, &arrived, MPI_STATUS_IGNORE)) || arrived == 0) {
    return nullptr;
  }
  int32_t length = 0;
  std::memcpy(&length, peer.inbox, sizeof(length));
  jbyteArray text = env->NewByteArray(length);
  if (text == nullptr) {
    return nullptr;
  }
  env->SetByteArrayRegion(text, 0, length,
                          reinterpret_cast<const jbyte *>(peer.inbox) + sizeof(length));
  return listen(env, rank) ? text : nullptr;
}

JNIEXPORT void JNICALL Java_hgn_ranks_mpi_Mpi_finish(JNIEnv *env, jclass) {
  for (Peer &peer : peers) {
    if (peer.in != MPI_REQUEST_NULL) {
      MPI_Cancel(&peer.in);
      MPI_Wait(&peer.in, MPI_STATUS_IGNORE);
    }
  }
  failed(env, "MPI_Finalize", MPI_Finalize());
}

JNIEXPORT void JNICALL Java_hgn_ranks_mpi_Mpi_abort(JNIEnv *, jclass, jint code) {
  MPI_Abort(MPI_COMM_WORLD, code);
}

}  // extern "C"
