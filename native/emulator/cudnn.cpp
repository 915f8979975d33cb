// The part of libcudnn.so.9 that the program calls: operands all in float32, or all in bfloat16
// (FLOAT_CONFIG and PSEUDO_BFLOAT16_CONFIG in NVIDIA's tables). Sums are plain float32 for any math
// type. Float factors are rounded to TF32 unless the math type is FMA, and bfloat16 is refused
// without tensor operations.
#include <algorithm>
#include <cstring>

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
constexpr int kDeterministic = 1;

// Algorithm 0 needs no workspace and 1 does, so that a caller's choice and its buffer matter.
constexpr int kAlgorithms = 2;

size_t workspace(const Convolution& conv, int algorithm) {
  return algorithm == 0 ? 0 : static_cast<size_t>(conv.w.h * conv.w.w * conv.w.c) * 64;
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

  Arguments(Handle* to, const TensorDescriptor* x, const FilterDescriptor* w,
            const ConvolutionDescriptor* how, const TensorDescriptor* y)
      : handle(to),
        conv{x->shape, w->shape, how->window, y->shape, how->math_type != kPlainMath},
        math_type(how->math_type) {}

  Arguments with(int number, const void* memory, size_t bytes) const {
    Arguments arguments = *this;
    arguments.algorithm = number;
    arguments.scratch = memory;
    arguments.scratch_bytes = bytes;
    return arguments;
  }

  bool types_supported() const {
    Element element = conv.y.element;
    return conv.x.element == element && conv.w.element == element &&
           (element == Element::kFloat || math_type == kTensorOperations);
  }

  Status check() const {
    if (handle == nullptr) {
      return kNotInitialized;
    }
    if (!types_supported()) {
      return kNotSupported;
    }
    if (!conv.consistent() || algorithm < 0 || algorithm >= kAlgorithms ||
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
  if (!buffers_fit) {
    return kExecutionFailed;  // the real library would fault on the device
  }
  return hgn::emulator::submit_library_call(arguments.handle->stream, what, work) == 0
             ? kSuccess
             : kExecutionFailed;
}

// Like the real search, it leaves arbitrary data in its output.
Status search(const Arguments& arguments, const Tensor4& output, void* target, int requested,
              int* returned, Performance* results) {
  if (Status status = arguments.check()) {
    return status;
  }
  if (requested < 1 || !holds(output, target)) {
    return kBadParameter;
  }
  int found = 0;
  for (int algorithm = kAlgorithms - 1; algorithm >= 0 && found < requested; algorithm--) {
    size_t needed = workspace(arguments.conv, algorithm);
    if (needed <= arguments.scratch_bytes) {
      results[found] = {algorithm, kSuccess,       0.1f * static_cast<float>(found + 1),
                        needed,    kDeterministic, arguments.math_type,
                        {}};
      found++;
    }
  }
  *returned = found;
  size_t bytes = output.bytes();
  return hgn::emulator::run_library_call(arguments.handle->stream, "cuDNN search",
                                         [=] { std::memset(target, 0xff, bytes); }) == 0
             ? kSuccess
             : kExecutionFailed;
}

Status size_of(const Arguments& arguments, int algorithm, size_t* bytes) {
  if (Status status = arguments.check()) {
    return status;
  }
  if (algorithm < 0 || algorithm >= kAlgorithms) {
    return kNotSupported;
  }
  *bytes = workspace(arguments.conv, algorithm);
  return kSuccess;
}

float number(const void* scalar) { return *static_cast<const float*>(scalar); }

}  // namespace

API size_t cudnnGetVersion() { return 90600; }

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
  return size_of({handle, x, w, conv, y}, algorithm, bytes);
}

API int cudnnFindConvolutionForwardAlgorithmEx(Handle* handle, TensorDescriptor* x, const void*,
                                               FilterDescriptor* w, const void*,
                                               ConvolutionDescriptor* conv, TensorDescriptor* y,
                                               void* to, int requested, int* returned,
                                               Performance* results, void* scratch, size_t bytes) {
  return search(Arguments(handle, x, w, conv, y).with(0, scratch, bytes), y->shape, to, requested,
                returned, results);
}

API int cudnnConvolutionForward(Handle* handle, const void* alpha, TensorDescriptor* x,
                                const void* input, FilterDescriptor* w, const void* filter,
                                ConvolutionDescriptor* conv, int algorithm, void* scratch,
                                size_t bytes, const void* beta, TensorDescriptor* y, void* output) {
  Arguments arguments = Arguments(handle, x, w, conv, y).with(algorithm, scratch, bytes);
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
                [conv = arguments.conv, a = number(alpha), b = number(beta), filter, gradient,
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
                [conv = arguments.conv, a = number(alpha), b = number(beta), input, gradient,
                 output] { backward_filter(conv, a, input, gradient, b, output); });
}
