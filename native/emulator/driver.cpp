// libcuda.so.1 as a program sees it: devices, contexts, modules and launches.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "api.h"
#include "launch.h"
#include "library.h"
#include "memory.h"
#include "probes.h"
#include "status.h"
#include "stream.h"

using namespace hgn::emulator;

namespace {

// Devices share their memory and their streams here; a program is to use one of them.
constexpr int kMostDevices = 8;
Context primaries[kMostDevices];
thread_local Context* context = nullptr;
bool ready = false;

// HGN_EMULATOR_DEVICES from the environment, or 1; of these, the ones in CUDA_VISIBLE_DEVICES.
const std::vector<int>& visible_devices() {
  static const std::vector<int> visible = [] {
    const char* text = std::getenv("HGN_EMULATOR_DEVICES");
    int count = std::clamp(text == nullptr ? 1 : std::atoi(text), 0, kMostDevices);
    std::vector<int> devices;
    const char* wanted = std::getenv("CUDA_VISIBLE_DEVICES");
    std::istringstream list(wanted == nullptr ? "0,1,2,3,4,5,6,7" : wanted);
    for (std::string entry; std::getline(list, entry, ',');) {
      int device = std::atoi(entry.c_str());
      if (device < 0 || device >= count) {
        break;  // as the driver does: what follows is invisible too
      }
      devices.push_back(device);
    }
    return devices;
  }();
  return visible;
}

bool is_device(int device) { return device >= 0 && device < kMostDevices; }

struct Function {
  Kernel* kernel = nullptr;
  size_t shared_limit = kSharedPerBlock;
};

struct Module {
  std::map<std::string, Function> functions;
};

// Written by the build for the emulator instead of a compiled image.
constexpr char kImage[] = "emulated kernels";

bool is_image(const void* image) {
  uint32_t magic;
  std::memcpy(&magic, image, sizeof(magic));
  return magic == 0xba55ed50u || std::strncmp(static_cast<const char*>(image), kImage, 16) == 0;
}

// Private limits by which tests control the emulator through cuCtxSetLimit.
enum TestLimit {
  kFailLaunch = 0x68676e01,  // low half: launches before it; high half: the status
  kRecover = 0x68676e02,     // forget the error that made the context unusable
  kTotalMemory = 0x68676e03,
  kLaunches = 0x68676e04,  // kernels that have run
  kWaits = 0x68676e05,     // calls that waited for stored work
  kOrderSeed = 0x68676e06,
  kBuildOfKernels = 0x68676e07,
  kLoading = 0x68676e10,  // milliseconds that loading a module takes, as if it were compiled
};

size_t loading_milliseconds = 0;

Status load_module(Module** module, const void* image) {
  if (module == nullptr || image == nullptr) {
    return kInvalidValue;
  }
  if (!is_image(image)) {
    return kInvalidImage;
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(loading_milliseconds));
  *module = new Module;
  return kSuccess;
}

int attribute(int name) {
  switch (name) {
    case 1:  // threads of a block
    case 2:
    case 3:
      return name == 3 ? 64 : static_cast<int>(kThreadsPerBlock);
    case 4:
      return kThreadsPerBlock;
    case 5:
      return 0x7fffffff;  // blocks of a grid
    case 6:
    case 7:
      return 65535;
    case 8:
      return kSharedPerBlock;
    case 9:
      return 65536;  // constant memory
    case 10:
      return 32;  // warp
    case 12:
      return 65536;  // registers of a block
    case 13:
      return 1000000;  // clock in kHz
    case 16:
      return kMultiprocessors;
    case 31:
      return 1;  // concurrent kernels
    case 36:
      return 1000000;  // memory clock in kHz
    case 37:
      return 256;  // memory bus in bits
    case 38:
      return 4 << 20;  // L2 cache
    case 39:
      return kThreadsPerMultiprocessor;
    case 40:
      return 2;  // asynchronous engines
    case 41:
      return 1;  // one address space
    case 75:
      return 9;  // compute capability
    case 76:
      return 0;
    case 81:
      return kSharedPerMultiprocessor;
    case 82:
      return 65536;  // registers of a multiprocessor
    case 83:
      return 1;  // managed memory
    case 95:
      return 1;  // cooperative launch
    case 97:
      return kSharedPerBlockOptIn;
    case 106:
      return kBlocksPerMultiprocessor;
    case 111:
      return 1024;  // shared memory per block that the system reserves
    default:
      return 0;
  }
}

}  // namespace

namespace hgn::emulator {

bool initialized() { return ready; }

Context* current_context() { return context; }

int current_device() { return context == nullptr ? 0 : static_cast<int>(context - primaries); }

Status usable_context() { return context == nullptr ? kInvalidContext : sticky_error(); }

}  // namespace hgn::emulator

API cuInit(unsigned) {
  std::lock_guard<std::recursive_mutex> lock(device_lock());
  ready = true;
  return kSuccess;
}

API cuDriverGetVersion(int* version) {
  *version = driver_version();
  return kSuccess;
}

API cuDeviceGetCount(int* count) {
  ENTER
  *count = static_cast<int>(visible_devices().size());
  return kSuccess;
}

API cuDeviceGet(int* device, int ordinal) {
  ENTER
  if (ordinal < 0 || ordinal >= static_cast<int>(visible_devices().size())) {
    return kInvalidDevice;
  }
  *device = visible_devices()[static_cast<size_t>(ordinal)];
  return kSuccess;
}

// Alike in all processes, and other for each device.
API cuDeviceGetUuid(char* identity, int device) {
  ENTER
  constexpr size_t kBytes = 16;
  std::memset(identity, 0, kBytes);
  std::snprintf(identity, kBytes, "emulated %d", device);
  return kSuccess;
}

API cuDeviceGetName(char* name, int length, int) {
  ENTER
  std::snprintf(name, static_cast<size_t>(length), "Emulated CUDA device");
  return kSuccess;
}

API cuDeviceGetAttribute(int* value, int name, int) {
  ENTER
  *value = attribute(name);
  return kSuccess;
}

API cuDeviceComputeCapability(int* major, int* minor, int) {
  ENTER
  *major = attribute(75);
  *minor = attribute(76);
  return kSuccess;
}

API cuDeviceTotalMem_v2(size_t* bytes, int) {
  ENTER
  *bytes = total_memory();
  return kSuccess;
}

API cuDevicePrimaryCtxRetain(Context** result, int device) {
  ENTER
  if (!is_device(device)) {
    return kInvalidDevice;
  }
  primaries[device].references++;
  *result = &primaries[device];
  return kSuccess;
}

API cuDevicePrimaryCtxRelease_v2(int device) {
  ENTER
  if (!is_device(device) || primaries[device].references == 0) {
    return kInvalidContext;
  }
  primaries[device].references--;
  return kSuccess;
}

API cuDevicePrimaryCtxSetFlags_v2(int, unsigned) {
  ENTER
  return kSuccess;
}

API cuDevicePrimaryCtxGetState(int device, unsigned* flags, int* active) {
  ENTER
  *flags = 0;
  *active = is_device(device) && primaries[device].references > 0;
  return kSuccess;
}

API cuCtxCreate_v2(Context** result, unsigned, int device) {
  ENTER
  if (!is_device(device)) {
    return kInvalidDevice;
  }
  primaries[device].references++;
  context = *result = &primaries[device];
  return kSuccess;
}

API cuCtxDestroy_v2(Context*) {
  ENTER
  context = nullptr;
  return kSuccess;
}

API cuCtxSetCurrent(Context* wanted) {
  ENTER
  context = wanted;
  return kSuccess;
}

API cuCtxPushCurrent_v2(Context* wanted) {
  ENTER
  context = wanted;
  return kSuccess;
}

API cuCtxPopCurrent_v2(Context** result) {
  ENTER
  if (result != nullptr) {
    *result = context;
  }
  context = nullptr;
  return kSuccess;
}

API cuCtxGetCurrent(Context** result) {
  ENTER
  *result = context;
  return kSuccess;
}

API cuCtxGetDevice(int* device) {
  ENTER_CONTEXT
  *device = current_device();
  return kSuccess;
}

API cuCtxSynchronize() {
  ENTER_CONTEXT
  if (Status status = forbidden_in_capture()) {
    return status;
  }
  return finish_all();
}

API cuCtxSetLimit(int limit, size_t value) {
  ENTER
  switch (limit) {
    case kFailLaunch:
      fail_launch_after(static_cast<int>(value & 0xffffffffu), static_cast<Status>(value >> 32));
      break;
    case kRecover:
      clear_sticky_error();
      fail_launch_after(-1, kLaunchFailed);
      break;
    case kTotalMemory:
      set_total_memory(value);
      break;
    case kLoading:
      loading_milliseconds = value;
      break;
    case kOrderSeed:
      set_order_seed(value);
      break;
    default:
      break;
  }
  return kSuccess;
}

API cuCtxGetLimit(size_t* value, int limit) {
  ENTER
  switch (limit) {
    case kTotalMemory:
      *value = total_memory();
      break;
    case kLaunches:
      *value = launches_run();
      break;
    case kWaits:
      *value = waits();
      break;
    case kOrderSeed:
      *value = order_seed();
      break;
    case kBuildOfKernels:
      *value = static_cast<size_t>(kBuild);
      break;
    default:
      *value = 0;
  }
  return kSuccess;
}

API cuCtxGetStreamPriorityRange(int* least, int* greatest) {
  ENTER_CONTEXT
  *least = 0;
  *greatest = -5;
  return kSuccess;
}

API cuGetErrorName(int status, const char** text) { return error_name(status, text); }

API cuGetErrorString(int status, const char** text) { return error_text(status, text); }

API cuProfilerStart() { return kSuccess; }
API cuProfilerStop() { return kSuccess; }

// ---- modules and launches

API cuModuleLoadData(Module** module, const void* image) {
  ENTER_CONTEXT
  return load_module(module, image);
}

API cuModuleLoadDataEx(Module** module, const void* image, unsigned, int*, void**) {
  ENTER_CONTEXT
  return load_module(module, image);
}

API cuModuleLoadFatBinary(Module** module, const void* image) {
  ENTER_CONTEXT
  return load_module(module, image);
}

API cuModuleUnload(Module* module) {
  ENTER_CONTEXT
  if (Status status = finish_all()) {
    return status;
  }
  delete module;
  return kSuccess;
}

API cuModuleGetFunction(Function** function, Module* module, const char* name) {
  ENTER_CONTEXT
  Kernel* kernel = find_kernel(name);
  if (kernel == nullptr) {
    return kNotFound;
  }
  *function = &module->functions[name];
  (*function)->kernel = kernel;
  return kSuccess;
}

API cuFuncSetAttribute(Function* function, int name, int value) {
  ENTER_CONTEXT
  if (name == 8) {  // dynamic shared memory
    if (value < 0 || static_cast<size_t>(value) > kSharedPerBlockOptIn) {
      return kInvalidValue;
    }
    function->shared_limit = std::max<size_t>(kSharedPerBlock, static_cast<size_t>(value));
  }
  return kSuccess;
}

API cuFuncGetAttribute(int* value, int name, Function* function) {
  ENTER_CONTEXT
  switch (name) {
    case 0:
      *value = kThreadsPerBlock;
      break;
    case 4:
      *value = 32;  // registers of a thread
      break;
    case 8:
      *value = static_cast<int>(function->shared_limit);
      break;
    default:
      *value = 0;
  }
  return kSuccess;
}

API cuFuncSetCacheConfig(Function*, int) { return kSuccess; }

API cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, Function*, int threads,
                                                size_t shared_bytes) {
  ENTER_CONTEXT
  *blocks = resident_blocks(static_cast<size_t>(threads), shared_bytes);
  return kSuccess;
}

API cuLaunchKernel(Function* function, unsigned grid_x, unsigned grid_y, unsigned grid_z,
                   unsigned block_x, unsigned block_y, unsigned block_z, unsigned shared_bytes,
                   Stream* stream, void** arguments, void**) {
  ENTER_CONTEXT
  return launch(function->kernel, {grid_x, grid_y, grid_z}, {block_x, block_y, block_z},
                shared_bytes, function->shared_limit, arguments, false, stream);
}

API cuLaunchCooperativeKernel(Function* function, unsigned grid_x, unsigned grid_y, unsigned grid_z,
                              unsigned block_x, unsigned block_y, unsigned block_z,
                              unsigned shared_bytes, Stream* stream, void** arguments) {
  ENTER_CONTEXT
  return launch(function->kernel, {grid_x, grid_y, grid_z}, {block_x, block_y, block_z},
                shared_bytes, function->shared_limit, arguments, true, stream);
}
