// Device memory: host memory between two guard pages.
#pragma once

#include <cstddef>
#include <cstdint>

#include "status.h"

namespace hgn::emulator {

// Total device memory: HGN_EMULATOR_MEMORY from the environment, in bytes, or 2 GiB.
size_t total_memory();
void set_total_memory(size_t bytes);
size_t free_memory();

// Starts at a multiple of 16 and ends less than 16 bytes before a guard page. It is filled with NaN
// to expose reads of uninitialised memory.
Status allocate(size_t bytes, void** address);
Status release(void* address);

// Whether a device allocation holds all of these bytes.
bool is_device_memory(const void* address, size_t bytes);

// The allocation that holds `address`; false if there is none.
bool allocation_of(const void* address, void** base, size_t* bytes);

// Host memory that copies may use after their call has returned.
Status allocate_pinned(size_t bytes, void** address);
Status release_pinned(void* address);
Status pin(void* address, size_t bytes);
Status unpin(void* address);
bool is_pinned(const void* address, size_t bytes);

}  // namespace hgn::emulator
