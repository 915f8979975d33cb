#include "library.h"

#include <cstdlib>

#include "api.h"
#include "launch.h"
#include "memory.h"

namespace hgn::emulator {

int submit_library_call(Stream* stream, const char* what, std::function<void()> work) {
  std::lock_guard<std::recursive_mutex> lock(device_lock());
  if (Status status = usable_context()) {
    return status;
  }
  return submit(stream, {what, [work] { return guarded(work); }});
}

int run_library_call(Stream* stream, const char* what, std::function<void()> work) {
  std::lock_guard<std::recursive_mutex> lock(device_lock());
  if (is_capturing(stream)) {
    stream->capture->graph->valid = false;
    return kCaptureUnsupported;
  }
  if (Status status = static_cast<Status>(submit_library_call(stream, what, std::move(work)))) {
    return status;
  }
  return finish(stream);
}

int driver_version() {
  const char* wanted = std::getenv("HGN_EMULATOR_DRIVER");
  return wanted == nullptr ? 12060 : std::atoi(wanted);
}

bool library_may_start() {
  std::lock_guard<std::recursive_mutex> lock(device_lock());
  return usable_context() == kSuccess;
}

bool on_device(const void* address, size_t bytes) { return is_device_memory(address, bytes); }

}  // namespace hgn::emulator
