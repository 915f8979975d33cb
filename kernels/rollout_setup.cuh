// The one-time setup of a rollout's block: tables of addresses, resident weights. See rollout.cuh.
#pragma once

#include "rollout_product.cuh"

namespace hgn::rollout {

// Where rows of one parity of height and width start, if they are grouped by parity.
__device__ inline int phase(int size, int stride, int index, int* count) {
  int before = 0;
  for (int c = 0; c < index % stride; c++) {
    before += (size - c + stride - 1) / stride;
  }
  *count = (size - index % stride + stride - 1) / stride;
  return before;
}

// The tables of one product. In the input gradient of a strided layer, rows that see the same taps
// are grouped, so that a group has few taps. A row whose tangents are kept by the same thread is
// next to them. The product has `planes` planes of rows, starting with row `first`.
template <bool Down>
__device__ void tabulate(const Rollout& a, const Layer& l, const Product& d, float* shared,
                         int first) {
  unsigned short* halves = reinterpret_cast<unsigned short*>(shared);
  unsigned short* sources = halves + d.sources;
  int taps = l.kernel_height * l.kernel_width;
  unsigned short none = a.zeros / 4;
  for (int i = threadIdx.x; i < taps * d.padded_rows; i += kThreads) {
    sources[i] = none;
  }
  __syncthreads();
  int height = Down ? l.in_height : l.out_height;
  int width = Down ? l.in_width : l.out_width;
  int from_height = Down ? l.out_height : l.in_height;
  int from_width = Down ? l.out_width : l.in_width;
  int planes = d.rows / (height * width);
  for (int row = threadIdx.x; row < d.rows; row += kThreads) {
    int plane = row / (height * width);
    int y = row / width % height;
    int x = row % width;
    int start = 0;  // of the group
    int within = y * width + x;
    int high = height;
    int wide = width;
    if (Down) {
      int above = phase(height, l.stride, y, &high);
      int before = phase(width, l.stride, x, &wide);
      start = planes * (above * width + high * before);
      within = y / l.stride * wide + x / l.stride;
    }
    int apart = planes / d.kept_planes;  // a row and its tangents
    int place = start + d.kept_planes * (plane % apart * high * wide + within) + plane / apart;
    halves[d.places + row] = place;
    for (int tap = 0; tap < taps; tap++) {
      int from_y =
          Down ? y + l.top - tap / l.kernel_width : y * l.stride + tap / l.kernel_width - l.top;
      int from_x =
          Down ? x + l.left - tap % l.kernel_width : x * l.stride + tap % l.kernel_width - l.left;
      bool seen = from_y >= 0 && from_x >= 0;
      if (Down) {
        seen = seen && from_y % l.stride == 0 && from_x % l.stride == 0;
        from_y /= l.stride;
        from_x /= l.stride;
      }
      if (seen && from_y < from_height && from_x < from_width) {
        int from = ((first + plane) * from_height + from_y) * from_width + from_x;
        sources[tap * d.padded_rows + place] =
            (Down ? l.output + from * l.out_row : l.input + from * l.in_row) / 4;
      }
    }
  }
  __syncthreads();
  int group_rows = d.rows_per_thread << d.row_lanes_shift;
  for (int group = threadIdx.x; group < d.padded_rows / group_rows; group += kThreads) {
    int2* list = reinterpret_cast<int2*>(shared) + d.lists + group * (taps + 1);
    int count = 0;
    for (int tap = 0; tap < taps; tap++) {
      bool any = false;
      for (int r = 0; r < group_rows; r++) {
        any = any || sources[tap * d.padded_rows + group * group_rows + r] != none;
      }
      if (any) {
        list[++count] = make_int2(tap * d.tap_quads, tap * d.padded_rows);
      }
    }
    list[0].x = count;
  }
}

// Copies weights to shared memory.
__device__ inline void fetch(const float* weights, float* to, int quads) {
  const float4* from = reinterpret_cast<const float4*>(weights);
  for (int i = threadIdx.x; i < quads; i += kThreads) {
    reinterpret_cast<float4*>(to)[i] = from[i];
  }
}

__device__ inline void fetch_weights(OneBlock, const Rollout& a, const Layer& l, float* shared) {
  if (l.resident) {
    int taps = l.kernel_height * l.kernel_width;
    fetch(a.packed + l.packed, shared + l.weights, taps * l.up.tap_quads);
  }
}

__device__ inline void fetch_weights(const ClusterBlocks& blocks, const Rollout& a, const Layer& l,
                                     float* shared) {
  for (const Product* d : {&l.up, &l.down}) {
    const float* from = a.packed + d->packed + 4 * blocks.rank() * d->weight_quads;
    fetch(from, shared + d->weights, d->weight_quads);
  }
}

__device__ inline void instruct(OneBlock, const Rollout&, const Layer&, float*, bool) {}

// Tells the threads of a block of a cluster their parts of a layer's products.
__device__ inline void instruct(const ClusterBlocks& blocks, const Rollout& a, const Layer& l,
                                float* shared, bool moves) {
  __syncthreads();
  send_out(blocks, a, l, shared, moves);
}

__device__ inline void clear(const Rollout& a, float* shared) {
  for (int i = threadIdx.x; i < a.shared_floats; i += kThreads) {
    shared[i] = 0;
  }
  __syncthreads();
}

// Tables, resident weights and biases. `planes`: 1, or 2 for dual numbers.
template <typename Blocks>
__device__ void set_up(const Blocks& blocks, const Rollout& a, float* shared, int planes) {
  for (int k = 0; k < a.layer_count; k++) {
    const Layer& l = a.layers[k];
    tabulate<false>(a, l, l.up, shared, 0);
    // for the lowest layer, only the tangents are needed
    tabulate<true>(a, l, l.down, shared, k == 0 ? (planes - 1) * a.samples_per_block : 0);
    instruct(blocks, a, l, shared, a.splitting && planes == 1);
    fetch_weights(blocks, a, l, shared);
    for (int i = threadIdx.x; i < l.outputs.d; i += kThreads) {
      shared[l.bias + i] = a.packed[l.packed_bias + i];
    }
  }
  __syncthreads();
}

// The samples of this block: `count` of them, starting at `first`.
struct Share {
  int first, count;

  __device__ Share(const Rollout& a, int blocks)
      : first(blockIdx.x / blocks * a.samples_per_block),
        count(min(a.samples_per_block, a.samples - first)) {}
};

// Calls body(i, j, row): the i-th element of this block's q or p, which is element j of a state's
// rows, in `row`. From i = `first` on with strides of `step`.
template <typename Body>
__device__ void each_element(const Rollout& a, int count, int first, int step, const Body& body) {
  int total = count * a.positions * a.channels.d;
  int padding = a.layers[0].in_row - a.channels.d;
  for (int i = first; i < total; i += step) {
    int row = a.channels.quotient(i);
    body(i, i + row * padding, row);
  }
}

template <typename Body>
__device__ void each_element(const Rollout& a, int count, const Body& body) {
  each_element(a, count, threadIdx.x, kThreads, body);
}

// The same, with the elements divided among the blocks that share them.
template <typename Blocks, typename Body>
__device__ void each_divided(const Blocks& blocks, const Rollout& a, int count, const Body& body) {
  int first = blocks.rank() * kThreads + threadIdx.x;
  each_element(a, count, first, Blocks::kSize * kThreads, body);
}

// How many floats the states of so many samples are.
__device__ inline int state_floats(const Rollout& a, int count) {
  return 2 * count * a.positions * a.channels.d;
}

// Before all blocks store the elements of q and p that they compute.
template <typename Blocks>
__device__ void expect_states(const Blocks& blocks, const Rollout& a, int count) {
  blocks.expect(state_floats(a, count));
}

// Calls body(own) for the elements that this block computes, each always by the same thread.
template <typename Body>
__device__ void each_own(OneBlock, const Rollout& a, const float* shared, int count,
                         const Body& body) {
  const Product& d = a.layers[0].down;
  const unsigned short* places = reinterpret_cast<const unsigned short*>(shared) + d.places;
  each_element(a, count, [&](int i, int j, int row) {
    Own own;
    own.i = i;
    own.j = j;
    own.by_q = places[row] * d.padded_columns + i - row * a.channels.d;
    own.by_p = own.by_q + a.channels.d;
    body(own);
  });
}

template <typename Body>
__device__ void each_own(const ClusterBlocks&, const Rollout& a, const float* shared, int count,
                         const Body& body) {
  const Own* table = reinterpret_cast<const Own*>(shared + held(a.own));
  int total = count * a.positions * a.own_channels.d;
  for (int n = threadIdx.x; n < total; n += kThreads) {
    Own own = table[n];
    if (own.j >= 0) {
      body(own);
    }
  }
}

}  // namespace hgn::rollout
