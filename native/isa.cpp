// Selects a kernel table for the processor.
#include "isa.h"

namespace hgn {
namespace portable {
extern const Kernels kTable;
}
#ifdef HGN_X86
namespace avx2 {
extern const Kernels kTable;
}
namespace avx512 {
extern const Kernels kTable;
}
#endif

namespace {

const Kernels* table(Isa isa) {
#ifdef HGN_X86
  if (isa == Isa::kAvx512) {
    return &avx512::kTable;
  }
  if (isa == Isa::kAvx2) {
    return &avx2::kTable;
  }
#endif
  (void)isa;
  return &portable::kTable;
}

const Kernels* active = table(best_isa());

}  // namespace

Isa best_isa() {
#ifdef HGN_X86
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("fma")) {
    return Isa::kAvx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return Isa::kAvx2;
  }
#endif
  return Isa::kPortable;
}

void use_isa(Isa isa) { active = table(isa); }

const Kernels& kernels() { return *active; }

}  // namespace hgn
