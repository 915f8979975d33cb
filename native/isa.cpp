// Selects a kernel table for the processor.
#include "isa.h"

#if defined(HGN_AMX) && defined(__linux__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

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
#ifdef HGN_AMX
namespace amx {
extern const BfloatKernels kBfloatTable;
}
#endif

namespace {

const Kernels* table(Isa isa) {
#ifdef HGN_AMX
  if (isa == Isa::kAmx) {
    static const Kernels tiles = [] {
      Kernels table = avx512::kTable;
      table.name = "amx";
      table.bfloat = &amx::kBfloatTable;
      return table;
    }();
    return &tiles;
  }
#endif
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

// Whether the processor has tiles and bfloat16, and the system lets this process use them: Linux
// keeps their registers, 8 KiB a thread, for those that ask.
bool has_tiles() {
#if defined(HGN_AMX) && defined(__linux__)
  unsigned a, b, c, d;
  constexpr unsigned kTiles = 1u << 24 | 1u << 22;  // AMX-TILE, AMX-BF16
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (d & kTiles) != kTiles) {
    return false;
  }
  constexpr unsigned kBfloat = 1u << 5;  // AVX512-BF16
  if (!__get_cpuid_count(7, 1, &a, &b, &c, &d) || (a & kBfloat) == 0) {
    return false;
  }
  constexpr long kRequestPermission = 0x1023;
  constexpr long kTileData = 18;
  return syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
#else
  return false;
#endif
}

Isa widest() {
#ifdef HGN_X86
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("fma")) {
    return has_tiles() ? Isa::kAmx : Isa::kAvx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return Isa::kAvx2;
  }
#endif
  return Isa::kPortable;
}

const Kernels* active = table(best_isa());

}  // namespace

Isa best_isa() {
  static const Isa best = widest();
  return best;
}

void use_isa(Isa isa) { active = table(isa); }

const Kernels& kernels() { return *active; }

}  // namespace hgn
