// Which instruction set the kernels use.
#pragma once

#include "kernels.h"

namespace hgn {

// From the plainest to the widest; the order of hgn.backend.cpu.Isa.
enum class Isa : int { kPortable, kAvx2, kAvx512 };

// The widest one that this build has kernels for and this processor runs.
Isa best_isa();

// From now on kernels() are those of `isa`, which must not be wider than best_isa().
void use_isa(Isa isa);

// The kernels in use: those of best_isa() unless told otherwise.
const Kernels& kernels();

}  // namespace hgn
