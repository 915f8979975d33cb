// The kernels that are linked in, by name.
#pragma once

#include <cstddef>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "block.h"

namespace hgn::emulator {

struct Kernel {
  std::string name;
  void (*call)(void** arguments);
  std::vector<size_t> argument_bytes;
  Extent cluster;  // of blocks, along x
};

// Null if there is none of that name.
Kernel* find_kernel(const std::string& name);

void add_kernel(Kernel kernel);

// Registers `function` and unpacks its arguments according to its type.
template <auto function>
struct Registration;

template <typename... Arguments, void (*function)(Arguments...)>
struct Registration<function> {
  explicit Registration(const char* name, Extent cluster = {}) {
    add_kernel({name, &call, {sizeof(Arguments)...}, cluster});
  }

 private:
  static void call(void** arguments) { call(arguments, std::index_sequence_for<Arguments...>()); }

  template <size_t... I>
  static void call([[maybe_unused]] void** arguments, std::index_sequence<I...>) {
    function(*static_cast<std::remove_cv_t<Arguments>*>(arguments[I])...);
  }
};

}  // namespace hgn::emulator
