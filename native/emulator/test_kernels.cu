// Kernels that test the emulator itself. None of them is in the product.
#include "cluster.cuh"
#include "common.cuh"

// sums[block] = the sum of that block's blockDim.x elements of x, by halves.
extern "C" __global__ void test_block_sum(const float* __restrict__ x, float* __restrict__ sums) {
  HGN_SHARED(float, partial);
  unsigned t = threadIdx.x;
  partial[t] = x[blockIdx.x * blockDim.x + t];
  __syncthreads();
  for (unsigned half = blockDim.x / 2; half > 0; half /= 2) {
    if (t < half) {
      partial[t] += partial[t + half];
    }
    __syncthreads();
  }
  if (t == 0) {
    sums[blockIdx.x] = partial[0];
  }
}

// y[i] = x[i - 1] within each block, with a missing barrier.
extern "C" __global__ void test_no_barrier(const float* x, float* y) {
  HGN_SHARED(float, tile);
  unsigned t = threadIdx.x;
  unsigned i = blockIdx.x * blockDim.x + t;
  tile[t] = x[i];
  y[i] = t == 0 ? 0.0f : tile[t - 1];
}

// y = x backwards within each block of 64.
extern "C" __global__ void __launch_bounds__(64) test_reverse(const int* x, int* y) {
  __shared__ int tile[64];
  int first = blockIdx.x * 64;
  tile[threadIdx.x] = x[first + threadIdx.x];
  __syncthreads();
  y[first + threadIdx.x] = tile[63 - threadIdx.x];
}

// Row r of y, 32 numbers: the lanes' results of the r-th kind of exchange of x[lane].
extern "C" __global__ void test_shuffles(const int* x, int* y) {
  const unsigned all = 0xffffffffu;
  int lane = threadIdx.x;
  int value = x[lane];
  y[lane] = __shfl_sync(all, value, 3);
  y[32 + lane] = __shfl_xor_sync(all, value, 5);
  y[64 + lane] = __shfl_down_sync(all, value, 4);
  y[96 + lane] = __shfl_up_sync(all, value, 4, 8);
  y[128 + lane] = static_cast<int>(__ballot_sync(all, value % 3 == 0));
  int sum = value;
#pragma unroll
  for (int offset = 16; offset > 0; offset /= 2) {
    sum += __shfl_xor_sync(all, sum, offset);
  }
  y[160 + lane] = sum;
  // The two halves of the warp do different things.
  if (lane < 16) {
    y[192 + lane] = __shfl_sync(0x0000ffffu, value, 15 - lane, 16);
  } else {
    y[192 + lane] = __any_sync(0xffff0000u, value == 31);
  }
}

// counts[0] = how many threads ran, counts[1] = their largest number.
extern "C" __global__ void test_count(unsigned* counts, float* sum) {
  unsigned number = blockIdx.x * blockDim.x + threadIdx.x;
  atomicAdd(&counts[0], 1u);
  atomicMax(&counts[1], number);
  atomicAdd(sum, 0.5f);
}

// Every block waits for all others, so they must run at the same time. y[block] = the blocks seen.
extern "C" __global__ void test_meet(unsigned* arrived, unsigned* y) {
  if (threadIdx.x == 0) {
    atomicAdd(arrived, 1u);
    while (atomicAdd(arrived, 0u) < gridDim.x) {
      __nanosleep(100);
    }
    y[blockIdx.x] = atomicAdd(arrived, 0u);
  }
}

// y[offset] = 1.
extern "C" __global__ void test_store(float* y, long long offset) { y[offset] = 1.0f; }

// Thread 0 waits for lane 1, which waits for the whole block.
extern "C" __global__ void test_deadlock() {
  if (threadIdx.x == 0) {
    __syncwarp();
  } else {
    __syncthreads();
  }
}

// ---- faults for the probes to find, and their like without a fault

// y = x backwards within each block, then forwards, with a barrier missing before the second.
extern "C" __global__ void test_overwritten(const float* x, float* y) {
  HGN_SHARED(float, tile);
  unsigned t = threadIdx.x;
  tile[t] = x[t];
  __syncthreads();
  y[t] = tile[blockDim.x - 1 - t];
  tile[t] = y[t];
}

// y[i] = x[i - 1] within each block, with a barrier missing in the last.
extern "C" __global__ void test_late_race(const float* x, float* y) {
  HGN_SHARED(float, tile);
  unsigned t = threadIdx.x;
  unsigned i = blockIdx.x * blockDim.x + t;
  tile[t] = x[i];
  if (blockIdx.x != gridDim.x - 1) {
    __syncthreads();
  }
  y[i] = t == 0 ? 0.0f : tile[t - 1];
}

// y = x backwards within a warp. Shuffles order no memory, a warp's barrier does.
extern "C" __global__ void test_warp_order(const int* x, int* y, int barrier) {
  HGN_SHARED(int, tile);
  int lane = threadIdx.x;
  tile[lane] = x[lane];
  if (barrier != 0) {
    __syncwarp();
  } else {
    __shfl_sync(0xffffffffu, lane, 0);
  }
  y[lane] = tile[31 - lane];
}

// Each block writes an element of x and reads that `distance` blocks on.
extern "C" __global__ void test_neighbours(float* x, float* y, int distance) {
  if (threadIdx.x == 0) {
    x[blockIdx.x] = 1.0f;
    y[blockIdx.x] = x[(blockIdx.x + distance) % gridDim.x];
  }
}

// Block 0 hands *data to block 1, both of which run at the same time.
extern "C" __global__ void test_message(int* data, unsigned* sent, int* y, int fence) {
  if (blockIdx.x == 0) {
    *data = 5;
    if (fence != 0) {
      __threadfence();
    }
    atomicExch(sent, 1u);
  } else {
    while (atomicAdd(sent, 0u) == 0) {
      __nanosleep(100);
    }
    __threadfence();
    *y = *data;
  }
}

// y[t] = element t + offset of shared memory, which holds one for each thread.
extern "C" __global__ void test_shared_place(float* y, int offset) {
  HGN_SHARED(float, tile);
  tile[threadIdx.x] = 1.0f;
  __syncthreads();
  y[threadIdx.x] = tile[static_cast<int>(threadIdx.x) + offset];
}

// Four elements of y from y[offset] on = 1, at once.
extern "C" __global__ void test_store4(float* y, int offset) {
  hgn::store4(y + offset, make_float4(1.0f, 1.0f, 1.0f, 1.0f));
}

// The double that starts in the middle of two floats = 1.
extern "C" __global__ void test_store_double(float* y, int offset) {
  *reinterpret_cast<double*>(y + offset) = 1.0;
}

// y[t] = how many threads came before thread t.
extern "C" __global__ void test_tickets(int* next, int* y) {
  y[blockIdx.x * blockDim.x + threadIdx.x] = atomicAdd(next, 1);
}

// y = (x x - c, the same with a rounded product).
extern "C" __global__ void test_contraction(const float* x, float c, float* y) {
  y[0] = x[0] * x[0] - c;
  y[1] = __fmul_rn(x[0], x[0]) - c;
}

// y[block] = 1 + the element of x of the block before it in its cluster of four, which hands it
// over in shared memory, twice. The first block has that of the last. Each of three waits can be
// left out.
extern "C" __global__ void __cluster_dims__(4, 1, 1)
    test_cluster_ring(const float* x, float* y, int started, int handed, int taken) {
  HGN_SHARED(float, place);  // and a delivery
  hgn::Delivery delivery(place + 2);
  if (threadIdx.x == 0) {
    delivery.init();
  }
  if (started != 0) {
    hgn::cluster_sync();
  }
  for (int turn = 0; turn < 2; turn++) {
    if (threadIdx.x == 0) {
      delivery.expect(4);
      delivery.store(place, (hgn::cluster_rank() + 1) % 4, x[blockIdx.x] + turn);
    }
    if (handed != 0) {
      delivery.wait(turn);
    }
    if (threadIdx.x == 32) {
      y[blockIdx.x] = place[0];
    }
    if (handed == 0) {
      delivery.wait(turn);
    }
    if (taken != 0) {
      hgn::cluster_sync();
    }
  }
}

// Block 1 of two ends, and then block 0 stores into its shared memory, unless block 1 waits for it.
extern "C" __global__ void __cluster_dims__(2, 1, 1) test_cluster_end(int waits) {
  HGN_SHARED(float, place);
  hgn::Delivery delivery(place + 2);
  if (threadIdx.x == 0) {
    delivery.init();
  }
  hgn::cluster_sync();
  if (hgn::cluster_rank() == 0) {
    if (threadIdx.x == 0) {
      delivery.store(place, 1, 1.0f);
    }
  } else if (waits != 0) {
    if (threadIdx.x == 0) {
      delivery.expect(4);
    }
    delivery.wait(0);
  }
}

// Arrives at the cluster's barrier `arrivals` times, then waits `waits` times.
extern "C" __global__ void __cluster_dims__(2, 1, 1) test_cluster_turns(int arrivals, int waits) {
  for (int i = 0; i < arrivals; i++) {
    hgn::cluster_arrive();
  }
  for (int i = 0; i < waits; i++) {
    hgn::cluster_wait();
  }
}
