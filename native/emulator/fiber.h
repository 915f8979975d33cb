// Switches between stacks on one host thread.
#pragma once

#include <cstddef>

namespace hgn::emulator {

// Stores where this stack stands in *from and goes on with `to`.
extern "C" void hgn_emulator_switch(void** from, void* to);

// What to switch to, to call `entry` on a fresh stack. `entry` never returns.
void* start_of_fiber(char* stack, size_t bytes, void (*entry)());

}  // namespace hgn::emulator
