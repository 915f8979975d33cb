#include "fiber.h"

#include <cstdint>

#if !defined(__x86_64__)
#include <ucontext.h>

#include <new>
#endif

namespace hgn::emulator {

#if defined(__x86_64__)

// The callee-saved registers are kept on the old stack; the caller saves the rest.
asm(R"(
  .text
  .globl hgn_emulator_switch
  .hidden hgn_emulator_switch
  .type hgn_emulator_switch, @function
hgn_emulator_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
  .size hgn_emulator_switch, .-hgn_emulator_switch
)");

void* start_of_fiber(char* stack, size_t bytes, void (*entry)()) {
  uint64_t* top = reinterpret_cast<uint64_t*>(stack + bytes);
  *--top = 0;  // in place of a return address, so that the stack is aligned at entry as by a call
  *--top = reinterpret_cast<uint64_t>(entry);
  for (int saved = 0; saved < 6; saved++) {
    *--top = 0;
  }
  return top;
}

#else

namespace {
ucontext_t* of(void* context) { return static_cast<ucontext_t*>(context); }
}  // namespace

extern "C" void hgn_emulator_switch(void** from, void* to) {
  ucontext_t here;
  *from = &here;
  swapcontext(&here, of(to));
}

void* start_of_fiber(char* stack, size_t bytes, void (*entry)()) {
  ucontext_t* context = new (stack) ucontext_t;  // at the low end, which a fiber reaches last
  getcontext(context);
  context->uc_stack.ss_sp = stack + sizeof(ucontext_t);
  context->uc_stack.ss_size = bytes - sizeof(ucontext_t);
  context->uc_link = nullptr;
  makecontext(context, entry, 0);
  return context;
}

#endif

}  // namespace hgn::emulator
