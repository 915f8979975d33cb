// Which instruction set the kernels use.
#pragma once

#include "kernels.h"

namespace hgn {

// From the narrowest to the widest; the order of hgn.backend.cpu.Isa.
// kAmx is AVX-512 with tiles for bfloat16.
enum class Isa : int { kPortable, kAvx2, kAvx512, kAmx };

// The widest one that this build has kernels for and this processor supports.
Isa best_isa();

// Sets kernels() to those of `isa`, which must not be wider than best_isa().
void use_isa(Isa isa);

// The kernels in use: those of best_isa() by default.
const Kernels& kernels();

}  // namespace hgn
