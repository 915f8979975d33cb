// Functions of the driver that the stand-ins for cuBLAS and cuDNN need.
#pragma once

#include <cstddef>
#include <functional>

namespace hgn::emulator {

struct Stream;

#define HGN_SHARED_CALL __attribute__((visibility("default")))

// Submits `work` to a stream, where a graph can record it. Returns a driver result code.
HGN_SHARED_CALL int submit_library_call(Stream* stream, const char* what,
                                        std::function<void()> work);

// Runs it now, after all work submitted before; not while a graph is recorded.
HGN_SHARED_CALL int run_library_call(Stream* stream, const char* what, std::function<void()> work);

// CUDA version of the driver, as 12060 for 12.6, which HGN_EMULATOR_DRIVER sets.
HGN_SHARED_CALL int driver_version();

// Number of the device whose context is current, among all of this machine.
HGN_SHARED_CALL int current_device();

// Whether there is a usable context.
HGN_SHARED_CALL bool library_may_start();

// Whether device memory holds `bytes` bytes starting at `address`.
HGN_SHARED_CALL bool on_device(const void* address, size_t bytes);

#undef HGN_SHARED_CALL

}  // namespace hgn::emulator
