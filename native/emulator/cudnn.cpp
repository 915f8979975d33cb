// The part of libcudnn.so.9 that the program calls: operands all in float32, or all in bfloat16
// (FLOAT_CONFIG and PSEUDO_BFLOAT16_CONFIG in NVIDIA's tables). Sums are plain float32 for any math
// type. Float factors are rounded to TF32 unless the math type is FMA, and bfloat16 is refused
// without tensor operations.
//
// Like the real library, a search lists algorithms under the default math type as well as under the
// one asked for. Some run under the default only, and some gradients vary from call to call.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "cudnn_conv.h"
#include "library.h"

using hgn::emulator::Convolution;
using hgn::emulator::Element;
using hgn::emulator::Filter4;
using hgn::emulator::on_device;
using hgn::emulator::Stream;
using hgn::emulator::Tensor4;
using hgn::emulator::Window;

#define API extern "C" __attribute__((visibility("default")))

namespace {

enum Status : int {
  kSuccess = 0,
  kNotInitialized = 1001,
  kBadParameter = 2000,
  kNotSupported = 3000,
  kExecutionFailed = 5000,
};

struct Handle {
  Stream* stream = nullptr;
};

struct TensorDescriptor {
  Tensor4 shape;
};

struct FilterDescriptor {
  Filter4 shape;
};

struct ConvolutionDescriptor {
  Window window;
  int math_type = 0;
};

// As the searches report them.
struct Performance {
  int algorithm;
  int status;
  float time;
  size_t memory;
  int determinism;
  int math_type;
  int reserved[3];
};

constexpr int kFloat = 0;
constexpr int kBfloat16 = 9;
constexpr int kTensorOperations = 1;
constexpr int kPlainMath = 3;  // CUDNN_FMA_MATH; all others may round float factors to TF32
constexpr int kChannelsFirst = 0;
constexpr int kChannelsLast = 1;
constexpr int kCrossCorrelation = 1;
constexpr int kDefaultMath = 0;
constexpr int kNonDeterministic = 0;
constexpr int kDeterministic = 1;

// A caller's choice matters: all but the first two go wrong if taken for their time alone.
struct Algorithm {
  float milliseconds;
  bool needs_workspace;
  bool runs_under_any_math;   // otherwise under the default only
  bool sized_under_any_math;  // otherwise its workspace is refused where it does not run
  bool varies;                // adds in another order in every other call; for gradients only
};

constexpr Algorithm kAlgorithms[] = {
    {0.2f, false, true, true, false},   {0.1f, true, true, true, false},
    {0.01f, true, false, false, false}, {0.02f, false, true, true, true},
    {0.015f, true, false, true, false},
};
constexpr int kCount = sizeof kAlgorithms / sizeof kAlgorithms[0];

size_t workspace(const Convolution& conv, int algorithm) {
  return kAlgorithms[algorithm].needs_workspace
             ? static_cast<size_t>(conv.w.h * conv.w.w * conv.w.c) * 64
             : 0;
}

// Sets a tensor's or a filter's shape, without gaps.
Status pack(Tensor4* shape, int format, int type, int n, int c, int h, int w) {
  if (n < 1 || c < 1 || h < 1 || w < 1) {
    return kBadParameter;
  }
  if ((type != kFloat && type != kBfloat16) ||
      (format != kChannelsFirst && format != kChannelsLast)) {
    return kNotSupported;
  }
  int64_t channels = c, rows = h, columns = w;
  if (format == kChannelsLast) {
    *shape = {n, c, h, w, rows * columns * channels, 1, columns * channels, channels};
  } else {
    *shape = {n, c, h, w, channels * rows * columns, rows * columns, columns, 1};
  }
  shape->element = type == kFloat ? Element::kFloat : Element::kBfloat16;
  return kSuccess;
}

// Tensor units fetch bfloat16 in pieces of 16 bytes.
bool holds(const Tensor4& shape, const void* address) {
  bool lies_well =
      shape.element == Element::kFloat || reinterpret_cast<uintptr_t>(address) % 16 == 0;
  return lies_well && on_device(address, shape.bytes());
}

struct Arguments {
  Handle* handle;
  Convolution conv;
  int math_type;
  int algorithm = 0;
  const void* scratch = nullptr;
  size_t scratch_bytes = 0;
  bool is_forward = false;

  Arguments(Handle* to, const TensorDescriptor* x, const FilterDescriptor* w,
            const ConvolutionDescriptor* how, const TensorDescriptor* y)
      : handle(to),
        conv{x->shape, w->shape, how->window, y->shape, how->math_type != kPlainMath},
        math_type(how->math_type) {}

  Arguments forward() const {
    Arguments arguments = *this;
    arguments.is_forward = true;
    return arguments;
  }

  Arguments with(int number, const void* memory, size_t bytes) const {
    Arguments arguments = *this;
    arguments.algorithm = number;
    arguments.scratch = memory;
    arguments.scratch_bytes = bytes;
    return arguments;
  }

  Arguments under(int math) const {
    Arguments arguments = *this;
    arguments.math_type = math;
    arguments.conv.tf32 = math != kPlainMath;
    return arguments;
  }

  bool types_supported() const {
    Element element = conv.y.element;
    return conv.x.element == element && conv.w.element == element &&
           (element == Element::kFloat || math_type == kTensorOperations);
  }

  // Whether the algorithm runs under this math type.
  bool runs() const {
    const Algorithm& a = kAlgorithms[algorithm];
    return (a.runs_under_any_math || math_type == kDefaultMath) && !(a.varies && is_forward);
  }

  Status check() const {
    if (handle == nullptr) {
      return kNotInitialized;
    }
    if (!types_supported()) {
      return kNotSupported;
    }
    if (!conv.consistent() || algorithm < 0 || algorithm >= kCount ||
        scratch_bytes < workspace(conv, algorithm) ||
        !on_device(scratch, workspace(conv, algorithm))) {
      return kBadParameter;
    }
    return kSuccess;
  }
};

template <typename Work>
Status submit(const Arguments& arguments, const char* what, bool buffers_fit, Work work) {
  if (Status status = arguments.check()) {
    return status;
  }
  if (!arguments.runs()) {
    return kNotSupported;
  }
  if (!buffers_fit) {
    return kExecutionFailed;  // the real library would fault on the device
  }
  return hgn::emulator::submit_library_call(arguments.handle->stream, what, work) == 0
             ? kSuccess
             : kExecutionFailed;
}

// Algorithm `number` as a search finds it under this math type.
Performance tried(const Arguments& arguments, int number) {
  Arguments with = arguments.with(number, arguments.scratch, arguments.scratch_bytes);
  size_t needed = workspace(with.conv, number);
  int determinism = kAlgorithms[number].varies ? kNonDeterministic : kDeterministic;
  bool runs = with.types_supported() && with.runs() && needed <= with.scratch_bytes;
  return {number,
          runs ? kSuccess : kNotSupported,
          runs ? kAlgorithms[number].milliseconds : -1.0f,
          runs ? needed : 0,
          determinism,
          with.math_type,
          {}};
}

// The fastest first, and then what does not run. Like the real search, it leaves arbitrary data in
// its output.
Status search(const Arguments& arguments, const Tensor4& output, void* target, int requested,
              int* returned, Performance* results) {
  if (Status status = arguments.check()) {
    return status;
  }
  if (requested < 1 || !holds(output, target)) {
    return kBadParameter;
  }
  std::vector<Performance> rows;
  for (int number = 0; number < kCount; number++) {
    rows.push_back(tried(arguments, number));
    if (arguments.math_type != kDefaultMath) {
      rows.push_back(tried(arguments.under(kDefaultMath), number));
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Performance& a, const Performance& b) {
    return a.status != b.status ? a.status == kSuccess : a.time < b.time;
  });
  *returned = std::min(requested, static_cast<int>(rows.size()));
  std::copy(rows.begin(), rows.begin() + *returned, results);
  size_t bytes = output.bytes();
  return hgn::emulator::run_library_call(arguments.handle->stream, "cuDNN search",
                                         [=] { std::memset(target, 0xff, bytes); }) == 0
             ? kSuccess
             : kExecutionFailed;
}

Status size_of(const Arguments& arguments, int number, size_t* bytes) {
  if (Status status = arguments.check()) {
    return status;
  }
  if (number < 0 || number >= kCount) {
    return kNotSupported;
  }
  Arguments with = arguments.with(number, nullptr, 0);
  if (!with.runs() && !kAlgorithms[number].sized_under_any_math) {
    return kNotSupported;
  }
  *bytes = workspace(arguments.conv, number);
  return kSuccess;
}

// What a call computes: an algorithm that varies goes through the taps in either order by turns.
Convolution ordered(const Arguments& arguments) {
  static std::atomic<unsigned> calls{0};
  Convolution conv = arguments.conv;
  conv.backwards = kAlgorithms[arguments.algorithm].varies && calls++ % 2 == 1;
  return conv;
}

float number(const void* scalar) { return *static_cast<const float*>(scalar); }

}  // namespace

API size_t cudnnGetVersion() { return 90600; }

// CUDA version that the library was built for, which HGN_EMULATOR_CUDNN_CUDA sets.
API size_t cudnnGetCudartVersion() {
  const char* wanted = std::getenv("HGN_EMULATOR_CUDNN_CUDA");
  return wanted == nullptr ? 12060 : static_cast<size_t>(std::atoi(wanted));
}

API const char* cudnnGetErrorString(int status) {
  switch (status) {
    case kSuccess:
      return "CUDNN_STATUS_SUCCESS";
    case kNotInitialized:
      return "CUDNN_STATUS_NOT_INITIALIZED";
    case kBadParameter:
      return "CUDNN_STATUS_BAD_PARAM";
    case kNotSupported:
      return "CUDNN_STATUS_NOT_SUPPORTED";
    case kExecutionFailed:
      return "CUDNN_STATUS_EXECUTION_FAILED";
    default:
      return "CUDNN_UNKNOWN_STATUS";
  }
}

API int cudnnCreate(Handle** handle) {
  if (!hgn::emulator::library_may_start()) {
    return kNotInitialized;
  }
  *handle = new Handle;
  return kSuccess;
}

API int cudnnDestroy(Handle* handle) {
  delete handle;
  return kSuccess;
}

API int cudnnSetStream(Handle* handle, Stream* stream) {
  handle->stream = stream;
  return kSuccess;
}

// ---- descriptors

API int cudnnCreateTensorDescriptor(TensorDescriptor** descriptor) {
  *descriptor = new TensorDescriptor;
  return kSuccess;
}

API int cudnnDestroyTensorDescriptor(TensorDescriptor* descriptor) {
  delete descriptor;
  return kSuccess;
}

API int cudnnSetTensor4dDescriptor(TensorDescriptor* descriptor, int format, int type, int n, int c,
                                   int h, int w) {
  return pack(&descriptor->shape, format, type, n, c, h, w);
}

API int cudnnCreateFilterDescriptor(FilterDescriptor** descriptor) {
  *descriptor = new FilterDescriptor;
  return kSuccess;
}

API int cudnnDestroyFilterDescriptor(FilterDescriptor* descriptor) {
  delete descriptor;
  return kSuccess;
}

API int cudnnSetFilter4dDescriptor(FilterDescriptor* descriptor, int type, int format, int outputs,
                                   int inputs, int h, int w) {
  return pack(&descriptor->shape, format, type, outputs, inputs, h, w);
}

API int cudnnCreateConvolutionDescriptor(ConvolutionDescriptor** descriptor) {
  *descriptor = new ConvolutionDescriptor;
  return kSuccess;
}

API int cudnnDestroyConvolutionDescriptor(ConvolutionDescriptor* descriptor) {
  delete descriptor;
  return kSuccess;
}

API int cudnnSetConvolution2dDescriptor(ConvolutionDescriptor* descriptor, int pad_h, int pad_w,
                                        int stride_h, int stride_w, int dilation_h, int dilation_w,
                                        int mode, int type) {
  if (pad_h < 0 || pad_w < 0 || stride_h < 1 || stride_w < 1 || dilation_h < 1 || dilation_w < 1) {
    return kBadParameter;
  }
  if (mode != kCrossCorrelation || type != kFloat) {
    return kNotSupported;
  }
  descriptor->window = {pad_h, pad_w, stride_h, stride_w, dilation_h, dilation_w};
  return kSuccess;
}

API int cudnnSetConvolutionMathType(ConvolutionDescriptor* descriptor, int type) {
  descriptor->math_type = type;
  return kSuccess;
}

// ---- x * w

API int cudnnGetConvolutionForwardWorkspaceSize(Handle* handle, TensorDescriptor* x,
                                                FilterDescriptor* w, ConvolutionDescriptor* conv,
                                                TensorDescriptor* y, int algorithm, size_t* bytes) {
  return size_of(Arguments(handle, x, w, conv, y).forward(), algorithm, bytes);
}

API int cudnnFindConvolutionForwardAlgorithmEx(Handle* handle, TensorDescriptor* x, const void*,
                                               FilterDescriptor* w, const void*,
                                               ConvolutionDescriptor* conv, TensorDescriptor* y,
                                               void* to, int requested, int* returned,
                                               Performance* results, void* scratch, size_t bytes) {
  return search(Arguments(handle, x, w, conv, y).forward().with(0, scratch, bytes), y->shape, to,
                requested, returned, results);
}

API int cudnnConvolutionForward(Handle* handle, const void* alpha, TensorDescriptor* x,
                                const void* input, FilterDescriptor* w, const void* filter,
                                ConvolutionDescriptor* conv, int algorithm, void* scratch,
                                size_t bytes, const void* beta, TensorDescriptor* y, void* output) {
  Arguments arguments = Arguments(handle, x, w, conv, y).forward().with(algorithm, scratch, bytes);
  bool fit = holds(x->shape, input) && holds(w->shape, filter) && holds(y->shape, output);
  return submit(arguments, "cuDNN convolution", fit,
                [conv = arguments.conv, a = number(alpha), b = number(beta), input, filter,
                 output] { forward(conv, a, input, filter, b, output); });
}

// ---- its gradient for x

API int cudnnGetConvolutionBackwardDataWorkspaceSize(Handle* handle, FilterDescriptor* w,
                                                     TensorDescriptor* dy,
                                                     ConvolutionDescriptor* conv,
                                                     TensorDescriptor* dx, int algorithm,
                                                     size_t* bytes) {
  return size_of({handle, dx, w, conv, dy}, algorithm, bytes);
}

API int cudnnFindConvolutionBackwardDataAlgorithmEx(Handle* handle, FilterDescriptor* w,
                                                    const void*, TensorDescriptor* dy, const void*,
                                                    ConvolutionDescriptor* conv,
                                                    TensorDescriptor* dx, void* to, int requested,
                                                    int* returned, Performance* results,
                                                    void* scratch, size_t bytes) {
  return search(Arguments(handle, dx, w, conv, dy).with(0, scratch, bytes), dx->shape, to,
                requested, returned, results);
}

API int cudnnConvolutionBackwardData(Handle* handle, const void* alpha, FilterDescriptor* w,
                                     const void* filter, TensorDescriptor* dy, const void* gradient,
                                     ConvolutionDescriptor* conv, int algorithm, void* scratch,
                                     size_t bytes, const void* beta, TensorDescriptor* dx,
                                     void* output) {
  Arguments arguments = Arguments(handle, dx, w, conv, dy).with(algorithm, scratch, bytes);
  bool fit = holds(w->shape, filter) && holds(dy->shape, gradient) && holds(dx->shape, output);
  return submit(arguments, "cuDNN convolution, gradient of the input", fit,
                [conv = ordered(arguments), a = number(alpha), b = number(beta), filter, gradient,
                 output] { backward_data(conv, a, filter, gradient, b, output); });
}

// ---- its gradient for w

API int cudnnGetConvolutionBackwardFilterWorkspaceSize(Handle* handle, TensorDescriptor* x,
                                                       TensorDescriptor* dy,
                                                       ConvolutionDescriptor* conv,
                                                       FilterDescriptor* dw, int algorithm,
                                                       size_t* bytes) {
  return size_of({handle, x, dw, conv, dy}, algorithm, bytes);
}

API int cudnnFindConvolutionBackwardFilterAlgorithmEx(Handle* handle, TensorDescriptor* x,
                                                      const void*, TensorDescriptor* dy,
                                                      const void*, ConvolutionDescriptor* conv,
                                                      FilterDescriptor* dw, void* to, int requested,
                                                      int* returned, Performance* results,
                                                      void* scratch, size_t bytes) {
  return search(Arguments(handle, x, dw, conv, dy).with(0, scratch, bytes), dw->shape, to,
                requested, returned, results);
}

API int cudnnConvolutionBackwardFilter(Handle* handle, const void* alpha, TensorDescriptor* x,
                                       const void* input, TensorDescriptor* dy,
                                       const void* gradient, ConvolutionDescriptor* conv,
                                       int algorithm, void* scratch, size_t bytes, const void* beta,
                                       FilterDescriptor* dw, void* output) {
  Arguments arguments = Arguments(handle, x, dw, conv, dy).with(algorithm, scratch, bytes);
  bool fit = holds(x->shape, input) && holds(dy->shape, gradient) && holds(dw->shape, output);
  return submit(arguments, "cuDNN convolution, gradient of the filter", fit,
                [conv = ordered(arguments), a = number(alpha), b = number(beta), input, gradient,
                 output] { backward_filter(conv, a, input, gradient, b, output); });
}
