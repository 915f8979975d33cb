// The part of libcublas.so.12, or a later one, that the program calls. Factors are rounded to TF32
// where the math mode or the type of computation allows it.
#include "gemm.h"
#include "library.h"

using hgn::emulator::Gemm;
using hgn::emulator::Stream;

#define API extern "C" __attribute__((visibility("default")))

namespace {

enum Status : int {
  kSuccess = 0,
  kNotInitialized = 1,
  kInvalidValue = 7,
  kExecutionFailed = 13,
  kNotSupported = 15,
};

struct Handle {
  Stream* stream = nullptr;
  int math_mode = 0;
};

constexpr int kNoTranspose = 0;
constexpr int kTranspose = 1;
constexpr int kFloat = 0;     // CUDA_R_32F
constexpr int kTf32Mode = 3;  // CUBLAS_TF32_TENSOR_OP_MATH
constexpr int kCompute = 68;  // CUBLAS_COMPUTE_32F
constexpr int kComputePedantic = 69;
constexpr int kComputeTf32 = 77;

// Whether device memory holds the first and last elements of a matrix.
bool holds(const float* matrix, int64_t rows, int64_t columns, int64_t leading, int64_t stride,
           int64_t batches) {
  if (rows == 0 || columns == 0 || batches == 0) {
    return true;
  }
  int64_t last = (columns - 1) * leading + rows + (batches - 1) * stride;
  return hgn::emulator::on_device(matrix, static_cast<size_t>(last) * sizeof(float));
}

Status batched(Handle* handle, int op_a, int op_b, int m, int n, int k, const float* alpha,
               const float* a, int lda, int64_t stride_a, const float* b, int ldb, int64_t stride_b,
               const float* beta, float* c, int ldc, int64_t stride_c, int batches,
               int compute = kCompute) {
  if (handle == nullptr) {
    return kNotInitialized;
  }
  bool transpose_a = op_a != kNoTranspose;
  bool transpose_b = op_b != kNoTranspose;
  int rows_a = transpose_a ? k : m;
  int rows_b = transpose_b ? n : k;
  if (op_a > kTranspose || op_b > kTranspose || m < 0 || n < 0 || k < 0 || batches < 0 ||
      lda < (rows_a > 1 ? rows_a : 1) || ldb < (rows_b > 1 ? rows_b : 1) || ldc < (m > 1 ? m : 1)) {
    return kInvalidValue;
  }
  // The real library would fault on the device.
  if (!holds(a, rows_a, transpose_a ? m : k, lda, stride_a, batches) ||
      !holds(b, rows_b, transpose_b ? k : n, ldb, stride_b, batches) ||
      !holds(c, m, n, ldc, stride_c, batches)) {
    return kExecutionFailed;
  }
  // The two lowest bits of the mode are the mode itself.
  bool tf32 =
      compute == kComputeTf32 || (compute == kCompute && (handle->math_mode & 3) == kTf32Mode);
  Gemm gemm = {transpose_a, transpose_b, m, n, k, *alpha, a, lda, b, ldb, *beta, c, ldc, tf32};
  int result = hgn::emulator::submit_library_call(handle->stream, "cuBLAS gemm", [=] {
    for (int batch = 0; batch < batches; batch++) {
      Gemm one = gemm;
      one.a += batch * stride_a;
      one.b += batch * stride_b;
      one.c += batch * stride_c;
      one.run();
    }
  });
  return result == 0 ? kSuccess : kExecutionFailed;
}

}  // namespace

API int cublasCreate_v2(Handle** handle) {
  // as the real one below the first driver of its CUDA version
  bool too_old = hgn::emulator::driver_version() < 1000 * HGN_LIBRARY_VERSION;
  if (too_old || !hgn::emulator::library_may_start()) {
    return kNotInitialized;
  }
  *handle = new Handle;
  return kSuccess;
}

API int cublasDestroy_v2(Handle* handle) {
  delete handle;
  return kSuccess;
}

API int cublasGetVersion_v2(Handle*, int* version) {
  *version = 10000 * HGN_LIBRARY_VERSION;
  return kSuccess;
}

API int cublasSetStream_v2(Handle* handle, Stream* stream) {
  handle->stream = stream;
  return kSuccess;
}

API int cublasGetStream_v2(Handle* handle, Stream** stream) {
  *stream = handle->stream;
  return kSuccess;
}

API int cublasSetMathMode(Handle* handle, int mode) {
  handle->math_mode = mode;
  return kSuccess;
}

API int cublasGetMathMode(Handle* handle, int* mode) {
  *mode = handle->math_mode;
  return kSuccess;
}

// The scalars are on the host.
API int cublasSetPointerMode_v2(Handle*, int mode) { return mode == 0 ? kSuccess : kNotSupported; }

API int cublasSetWorkspace_v2(Handle*, void* workspace, size_t bytes) {
  return hgn::emulator::on_device(workspace, bytes) ? kSuccess : kInvalidValue;
}

API const char* cublasGetStatusName(int status) {
  switch (status) {
    case kSuccess:
      return "CUBLAS_STATUS_SUCCESS";
    case kNotInitialized:
      return "CUBLAS_STATUS_NOT_INITIALIZED";
    case kInvalidValue:
      return "CUBLAS_STATUS_INVALID_VALUE";
    case kExecutionFailed:
      return "CUBLAS_STATUS_EXECUTION_FAILED";
    case kNotSupported:
      return "CUBLAS_STATUS_NOT_SUPPORTED";
    default:
      return "CUBLAS_STATUS_UNKNOWN";
  }
}

API const char* cublasGetStatusString(int status) { return cublasGetStatusName(status); }

API int cublasSgemm_v2(Handle* handle, int op_a, int op_b, int m, int n, int k, const float* alpha,
                       const float* a, int lda, const float* b, int ldb, const float* beta,
                       float* c, int ldc) {
  return batched(handle, op_a, op_b, m, n, k, alpha, a, lda, 0, b, ldb, 0, beta, c, ldc, 0, 1);
}

API int cublasSgemmStridedBatched(Handle* handle, int op_a, int op_b, int m, int n, int k,
                                  const float* alpha, const float* a, int lda, long long stride_a,
                                  const float* b, int ldb, long long stride_b, const float* beta,
                                  float* c, int ldc, long long stride_c, int batches) {
  return batched(handle, op_a, op_b, m, n, k, alpha, a, lda, stride_a, b, ldb, stride_b, beta, c,
                 ldc, stride_c, batches);
}

// `compute` says what the factors may be rounded to.
API int cublasGemmEx(Handle* handle, int op_a, int op_b, int m, int n, int k, const void* alpha,
                     const void* a, int type_a, int lda, const void* b, int type_b, int ldb,
                     const void* beta, void* c, int type_c, int ldc, int compute,
                     int /* algorithm */) {
  if (type_a != kFloat || type_b != kFloat || type_c != kFloat ||
      (compute != kCompute && compute != kComputePedantic && compute != kComputeTf32)) {
    return kNotSupported;
  }
  return batched(handle, op_a, op_b, m, n, k, static_cast<const float*>(alpha),
                 static_cast<const float*>(a), lda, 0, static_cast<const float*>(b), ldb, 0,
                 static_cast<const float*>(beta), static_cast<float*>(c), ldc, 0, 1, compute);
}
