// One input: a call, on every instruction set and one number of threads, and perhaps too little
// memory.
#include "fuzz.h"

#include <new>
#include <thread>

#include "thread_pool.h"

namespace hgn::fuzz {
namespace {

using Decode = Call (*)(Input&);

const Decode kDecoders[] = {elementwise, broadcasting, reduction, movement,
                            convolution, convolution,  product,   doubled_convolution,
                            convolution, rollout};
constexpr int kKinds = sizeof(kDecoders) / sizeof(kDecoders[0]);

// In a new thread, whose scratch memory is then as small as this call needs.
void run(const Call& call, Isa isa, int allocations) {
  std::thread([&] {
    use_isa(isa);
    fail_allocations_after(allocations);
    bool done = false;
    try {
      call.run(kernels());
      done = true;
    } catch (const std::bad_alloc&) {
      require(allocations >= 0, "out of memory, though there is enough");
    }
    fail_allocations_after(-1);
    if (done && call.check) {
      call.check();
    }
  }).join();
}

}  // namespace
}  // namespace hgn::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hgn::fuzz;
  Input in(data, size);
  Decode decode = kDecoders[in.number(0, kKinds - 1)];
  int threads = in.number(1, 3);
  int scarce = in.number(0, 31);  // below 4: so many allocations succeed
  hgn::set_threads(threads);
  Call call = decode(in);
  for (int isa = 0; isa <= static_cast<int>(hgn::best_isa()); isa++) {
    if (scarce < 4) {
      run(call, static_cast<hgn::Isa>(isa), scarce);
    }
    run(call, static_cast<hgn::Isa>(isa), -1);
  }
  return 0;
}
