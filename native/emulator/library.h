// What the stand-ins for cuBLAS and cuDNN need of the driver's.
#pragma once

#include <cstddef>
#include <functional>

namespace hgn::emulator {

struct Stream;

#define HGN_SHARED_CALL __attribute__((visibility("default")))

// Makes `work` stream work, which a graph can record. A driver's result code.
HGN_SHARED_CALL int submit_library_call(Stream* stream, const char* what,
                                        std::function<void()> work);

// Does it now, and all that was asked for before: not while a graph is recorded.
HGN_SHARED_CALL int run_library_call(Stream* stream, const char* what, std::function<void()> work);

// Whether there is a context, and it is usable.
HGN_SHARED_CALL bool library_may_start();

// Whether device memory holds that many bytes from `address` on.
HGN_SHARED_CALL bool on_device(const void* address, size_t bytes);

#undef HGN_SHARED_CALL

}  // namespace hgn::emulator
