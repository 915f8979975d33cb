// Shared by the parts of the driver interface.
#pragma once

#include <mutex>

#include "status.h"
#include "stream.h"

#define API extern "C" __attribute__((visibility("default"))) int

namespace hgn::emulator {

struct Context {
  int references = 0;
};

bool initialized();
Context* current_context();

// kSuccess if a context is current and still usable.
Status usable_context();

Status error_name(int status, const char** text);

// Text of a status, with details of the failure if it is the one that made the context unusable.
Status error_text(int status, const char** text);

}  // namespace hgn::emulator

// Locks the device, and ends the call if the driver was not initialised.
#define ENTER                                                \
  std::lock_guard<std::recursive_mutex> lock(device_lock()); \
  if (!initialized()) {                                      \
    return kNotInitialized;                                  \
  }

// The same if there is no context, or a failure has made it unusable.
#define ENTER_CONTEXT                       \
  ENTER                                     \
  if (Status unusable = usable_context()) { \
    return unusable;                        \
  }
