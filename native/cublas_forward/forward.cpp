// Forwards each function of libcublas.so.12 to the one of the same name in libcublas.so.13.
//
// A call jumps through a table with its arguments unchanged. The table is filled when this library
// is loaded; the program loads libcublas.so.13 first, from wherever it found it.
#include <dlfcn.h>

namespace {

// CUBLAS_STATUS_NOT_INITIALIZED, if there is no libcublas.so.13.
int no_library() { return 1; }

// CUBLAS_STATUS_NOT_SUPPORTED, for functions that it lacks.
int no_function() { return 15; }

}  // namespace

// forward.map hides all symbols except the names of cuBLAS.
#define FORWARD(name)                                    \
  extern "C" {                                           \
  __attribute__((visibility("hidden"))) void* to_##name; \
  }                                                      \
  asm(".text\n"                                          \
      ".p2align 4\n"                                     \
      ".globl " #name                                    \
      "\n"                                               \
      ".type " #name ", @function\n" #name               \
      ":\n"                                              \
      "  jmp *to_" #name                                 \
      "(%rip)\n"                                         \
      ".size " #name ", .-" #name "\n");
#include "functions.inc"
#undef FORWARD

namespace {

struct Entry {
  const char* name;
  void** target;
};

const Entry kEntries[] = {
#define FORWARD(name) {#name, &to_##name},
#include "functions.inc"
#undef FORWARD
};

__attribute__((constructor)) void fill_table() {
  void* library = dlopen("libcublas.so.13", RTLD_LAZY | RTLD_LOCAL);
  void* otherwise = reinterpret_cast<void*>(library == nullptr ? &no_library : &no_function);
  for (const Entry& entry : kEntries) {
    void* found = library == nullptr ? nullptr : dlsym(library, entry.name);
    *entry.target = found == nullptr ? otherwise : found;
  }
}

}  // namespace
