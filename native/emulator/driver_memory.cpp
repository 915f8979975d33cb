// Memory and copies.
#include <cstring>

#include "api.h"
#include "launch.h"
#include "memory.h"

using namespace hgn::emulator;

namespace {

// A copy on a stream. Pageable host memory has been read or written when the call returns.
Status copy(void* to, const void* from, size_t bytes, Stream* stream) {
  bool to_device = is_device_memory(to, bytes);
  bool from_device = is_device_memory(from, bytes);
  bool to_stays = to_device || is_pinned(to, bytes);
  bool from_stays = from_device || is_pinned(from, bytes);
  if (is_capturing(stream) && !(to_stays && from_stays)) {
    return kCaptureUnsupported;  // the lifetime of that memory is unknown
  }
  if (from_stays) {
    Status status = submit(stream, {"copy", [to, from, bytes] {
                                      return guarded([=] { std::memmove(to, from, bytes); });
                                    }});
    return status != kSuccess || to_stays ? status : finish(stream);
  }
  std::string staged(static_cast<const char*>(from), bytes);
  Status status =
      submit(stream, {"copy", [to, staged] {
                        return guarded([&] { std::memcpy(to, staged.data(), staged.size()); });
                      }});
  return status != kSuccess || to_stays ? status : finish(stream);
}

// Both ends are looked up, so that a wrong address or length is an error instead of a crash.
Status checked_copy(void* to, const void* from, size_t bytes, bool to_device, bool from_device,
                    Stream* stream) {
  if (bytes == 0) {
    return kSuccess;
  }
  if ((to_device && !is_device_memory(to, bytes)) ||
      (from_device && !is_device_memory(from, bytes))) {
    return kInvalidValue;
  }
  return copy(to, from, bytes, stream);
}

template <typename T>
Status fill(void* address, T value, size_t count, Stream* stream) {
  if (!is_device_memory(address, count * sizeof(T))) {
    return kInvalidValue;
  }
  return submit(stream, {"memset", [=] {
                           return guarded([=] {
                             T* to = static_cast<T*>(address);
                             for (size_t i = 0; i < count; i++) {
                               to[i] = value;
                             }
                           });
                         }});
}

}  // namespace

API cuMemAlloc_v2(void** address, size_t bytes) {
  ENTER_CONTEXT
  if (Status status = forbidden_in_capture()) {
    return status;
  }
  return allocate(bytes, address);
}

API cuMemFree_v2(void* address) {
  ENTER_CONTEXT
  if (Status status = forbidden_in_capture()) {
    return status;
  }
  if (Status status = finish_all()) {
    return status;
  }
  return release(address);
}

API cuMemAllocAsync(void** address, size_t bytes, Stream* stream) {
  ENTER_CONTEXT
  if (is_capturing(stream)) {
    return kNotSupported;
  }
  return allocate(bytes, address);
}

API cuMemFreeAsync(void* address, Stream* stream) {
  ENTER_CONTEXT
  if (is_capturing(stream)) {
    return kNotSupported;
  }
  return submit(stream, {"free", [address] { return release(address); }});
}

API cuMemGetInfo_v2(size_t* available, size_t* total) {
  ENTER_CONTEXT
  *available = free_memory();
  *total = total_memory();
  return kSuccess;
}

API cuMemGetAddressRange_v2(void** base, size_t* bytes, void* address) {
  ENTER_CONTEXT
  void* start;
  size_t size;
  if (!allocation_of(address, &start, &size)) {
    return kInvalidValue;
  }
  if (base != nullptr) {
    *base = start;
  }
  if (bytes != nullptr) {
    *bytes = size;
  }
  return kSuccess;
}

API cuMemAllocHost_v2(void** address, size_t bytes) {
  ENTER_CONTEXT
  return allocate_pinned(bytes, address);
}

API cuMemHostAlloc(void** address, size_t bytes, unsigned) {
  ENTER_CONTEXT
  return allocate_pinned(bytes, address);
}

API cuMemFreeHost(void* address) {
  ENTER_CONTEXT
  if (Status status = finish_all()) {
    return status;
  }
  return release_pinned(address);
}

API cuMemHostRegister_v2(void* address, size_t bytes, unsigned) {
  ENTER_CONTEXT
  return pin(address, bytes);
}

API cuMemHostUnregister(void* address) {
  ENTER_CONTEXT
  if (Status status = finish_all()) {
    return status;
  }
  return unpin(address);
}

API cuMemHostGetDevicePointer_v2(void** device, void* host, unsigned) {
  ENTER_CONTEXT
  *device = host;
  return kSuccess;
}

API cuMemcpyHtoD_v2(void* to, const void* from, size_t bytes) {
  ENTER_CONTEXT
  return checked_copy(to, from, bytes, true, false, nullptr);
}

API cuMemcpyDtoH_v2(void* to, const void* from, size_t bytes) {
  ENTER_CONTEXT
  return checked_copy(to, from, bytes, false, true, nullptr);
}

API cuMemcpyDtoD_v2(void* to, const void* from, size_t bytes) {
  ENTER_CONTEXT
  return checked_copy(to, from, bytes, true, true, nullptr);
}

API cuMemcpy(void* to, const void* from, size_t bytes) {
  ENTER_CONTEXT
  return checked_copy(to, from, bytes, false, false, nullptr);
}

API cuMemcpyHtoDAsync_v2(void* to, const void* from, size_t bytes, Stream* stream) {
  ENTER_CONTEXT
  return checked_copy(to, from, bytes, true, false, stream);
}

API cuMemcpyDtoHAsync_v2(void* to, const void* from, size_t bytes, Stream* stream) {
  ENTER_CONTEXT
  return checked_copy(to, from, bytes, false, true, stream);
}

API cuMemcpyDtoDAsync_v2(void* to, const void* from, size_t bytes, Stream* stream) {
  ENTER_CONTEXT
  return checked_copy(to, from, bytes, true, true, stream);
}

API cuMemcpyAsync(void* to, const void* from, size_t bytes, Stream* stream) {
  ENTER_CONTEXT
  return checked_copy(to, from, bytes, false, false, stream);
}

API cuMemsetD8_v2(void* address, unsigned char value, size_t count) {
  ENTER_CONTEXT
  return fill(address, value, count, nullptr);
}

API cuMemsetD16_v2(void* address, unsigned short value, size_t count) {
  ENTER_CONTEXT
  return fill(address, value, count, nullptr);
}

API cuMemsetD32_v2(void* address, unsigned value, size_t count) {
  ENTER_CONTEXT
  return fill(address, value, count, nullptr);
}

API cuMemsetD8Async(void* address, unsigned char value, size_t count, Stream* stream) {
  ENTER_CONTEXT
  return fill(address, value, count, stream);
}

API cuMemsetD16Async(void* address, unsigned short value, size_t count, Stream* stream) {
  ENTER_CONTEXT
  return fill(address, value, count, stream);
}

API cuMemsetD32Async(void* address, unsigned value, size_t count, Stream* stream) {
  ENTER_CONTEXT
  return fill(address, value, count, stream);
}
