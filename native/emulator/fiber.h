// Switches between stacks on one host thread.
#pragma once

#include <cstddef>

namespace hgn::emulator {

// Stores this stack's position in *from and continues with `to`.
extern "C" void hgn_emulator_switch(void** from, void* to);

// The position to switch to in order to call `entry` on a fresh stack. `entry` never returns.
void* start_of_fiber(char* stack, size_t bytes, void (*entry)());

}  // namespace hgn::emulator
