// y[i,k] = sum over j of x[i,j,k] for x (outer, rows, width), and over many tensors a sum of
// squares and a check for finite values.
//
// A thread adds a short run of floats in single precision and the runs in double precision, so that
// the error does not grow with the length of the sum. No atomics: rows are divided into chunks of a
// size that depends only on the shape, a block sums one chunk of up to 256 columns in a fixed tree,
// and the chunks' sums are added by a second kernel in a fixed order. So the result is the same in
// every call and on every device.
#include "common.cuh"
#include "divisor.cuh"
#include "tensors.cuh"

namespace {

constexpr int kThreads = 256;
constexpr int kRun = 32;  // additions in single precision
constexpr int kWarp = 32;

struct ReadTable {
  const float* x[hgn::kTensors];
  hgn::TensorBlocks blocks;
};

// Sum of x[0], x[pitch], ..., `count` of them.
__device__ double strided_sum(const float* x, int64_t count, int64_t pitch) {
  double total = 0;
  int64_t j = 0;
  while (j < count) {
    int64_t end = count - j < kRun ? count : j + kRun;
    float run = 0;
#pragma unroll 8
    for (; j < end; j++) {
      run += x[j * pitch];
    }
    total += run;
  }
  return total;
}

// Index in x (outer, rows, width) of the first element that is summed to element i of y.
__device__ int64_t first_place(int64_t i, int64_t rows, const hgn::Divisor& width) {
  int64_t column = hgn::split(&i, width);
  return i * rows * width.value + column;
}

}  // namespace

// Few rows: one thread per element of y. n = outer * width.
extern "C" __global__ void sum_few(const float* x, int64_t rows, hgn::Divisor width, float* y,
                                   int64_t n) {
#pragma unroll 1
  for (int64_t i = hgn::grid_start(); i < n; i += hgn::grid_step()) {
    y[i] = static_cast<float>(strided_sum(x + first_place(i, rows, width), rows, width.value));
  }
}

// Many rows: block (i, chunk, panel), numbered in this order with the panel innermost, sums one
// chunk of rows of one panel of columns of x[i] into partial (outer, chunks, width). Its threads
// cover `kThreads / columns` rows at once, so that reads are contiguous even with few columns.
// Blocks of 256 threads, with a double of shared memory for each.
extern "C" __global__ void sum_chunks(const float* x, int64_t rows, int64_t width, int chunk_rows,
                                      int chunks, int panels, double* partial) {
  HGN_SHARED(double, sums);
  int panel = static_cast<int>(blockIdx.x) % panels;
  int outer_and_chunk = static_cast<int>(blockIdx.x) / panels;
  int64_t chunk = outer_and_chunk % chunks;
  int64_t i = outer_and_chunk / chunks;
  int64_t first_column = static_cast<int64_t>(panel) * kThreads;
  int columns = static_cast<int>(width - first_column < kThreads ? width - first_column : kThreads);
  int lanes = kThreads / columns;
  int lane = static_cast<int>(threadIdx.x) / columns;
  int column = static_cast<int>(threadIdx.x) % columns;
  int64_t first = chunk * chunk_rows;
  int64_t last = first + chunk_rows < rows ? first + chunk_rows : rows;
  if (lane < lanes) {
    int64_t start = first + lane;
    int count = start < last ? (static_cast<int>(last - start) + lanes - 1) / lanes : 0;
    sums[threadIdx.x] =
        strided_sum(x + (i * rows + start) * width + first_column + column, count, lanes * width);
  }
  for (int left = lanes; left > 1;) {
    int half = (left + 1) / 2;
    __syncthreads();
    if (lane + half < left) {
      sums[threadIdx.x] += sums[threadIdx.x + half * columns];
    }
    left = half;
  }
  if (lane == 0) {
    partial[(i * chunks + chunk) * width + first_column + column] = sums[threadIdx.x];
  }
}

// y (outer, width) = partial (outer, chunks, width) summed over the chunks, one warp per element. n
// = outer * width.
extern "C" __global__ void sum_partials(const double* partial, int64_t chunks, hgn::Divisor width,
                                        float* y, int64_t n) {
  int lane = static_cast<int>(threadIdx.x) % kWarp;
  int64_t warps = hgn::grid_step() / kWarp;
#pragma unroll 1
  for (int64_t i = hgn::grid_start() / kWarp; i < n; i += warps) {
    const double* from = partial + first_place(i, chunks, width);
    double total = 0;
    for (int64_t chunk = lane; chunk < chunks; chunk += kWarp) {
      total += from[chunk * width.value];
    }
    for (int step = kWarp / 2; step > 0; step /= 2) {
      total += __shfl_down_sync(0xffffffffu, total, step);
    }
    if (lane == 0) {
      y[i] = static_cast<float>(total);
    }
  }
}

// partial[block] = the sum of the squares of the block's elements, at most 16 a thread. Blocks of
// 256 threads, with a double of shared memory for each.
extern "C" __global__ void sum_squares(const __grid_constant__ ReadTable table, double* partial) {
  HGN_SHARED(double, sums);
  static_assert(hgn::kBlockElements / kThreads <= kRun, "a thread adds in single precision");
  int tensor = table.blocks.tensor();
  const float* x = table.x[tensor];
  float run = 0;
  table.blocks.for_elements(tensor, [&](int64_t i) { run += x[i] * x[i]; });
  int thread = static_cast<int>(threadIdx.x);
  sums[thread] = run;
  for (int half = kThreads / 2; half > 0; half /= 2) {
    __syncthreads();
    if (thread < half) {
      sums[thread] += sums[thread + half];
    }
  }
  if (thread == 0) {
    partial[blockIdx.x] = sums[0];
  }
}

// flags[t] = 1 if an element of tensor t is infinite or NaN; otherwise it is unchanged.
extern "C" __global__ void mark_non_finite(const __grid_constant__ ReadTable table, float* flags) {
  int tensor = table.blocks.tensor();
  const float* x = table.x[tensor];
  table.blocks.for_elements(tensor, [&](int64_t i) {
    if (!isfinite(x[i])) {
      atomicExch(&flags[tensor], 1.0f);  // threads of several blocks may write it
    }
  });
}
