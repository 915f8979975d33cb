// What a block of a cluster computes of a product. See rollout.cuh.
//
// The blocks divide the columns of each result among them, and store what becomes of it in the
// shared memory of all, so that each has whole rows to start from. Every block keeps the weights of
// its columns for all layers. They are packed for products down as for products up:
// (taps, quads of channels summed over, quads of columns, 5), four floats each, of which the fifth
// is unused and keeps lanes that read neighbouring quads out of each other's banks. Most products
// are so small that a thread takes one turn or two; so all addresses are looked up in tables. Sums
// are added in a fixed order, but another one than in a single block.
#pragma once

#include "cluster.cuh"
#include "rollout_sums.cuh"

namespace hgn::rollout {

// Lanes that share a sum, next to those of other columns; others have rows of their own.
constexpr int kSliceLanesShift = 3;
constexpr int kWeightRows = 5;

// The blocks that share samples: a cluster. What one stores to another is counted on arrival, which
// takes less than a barrier. Two deliveries take turns, as a block may be one ahead of another, but
// no more: it also waits for a word from each, which says that the other has read all it needs.
class ClusterBlocks {
 public:
  static constexpr int kSize = kClusterBlocks;

  __device__ explicit ClusterBlocks(float* mail) : mail_(mail), rank_(cluster_rank()) {}

  __device__ int rank() const { return rank_; }

  __device__ void meet() const {
    if (threadIdx.x == 0) {
      delivery(0).init();
      delivery(1).init();
    }
    cluster_sync();
  }

  __device__ void expect(int floats) const {
    if (threadIdx.x == kThreads - 1) {  // which has least to do
      delivery(turn_ & 1).expect(4 * (floats + kSize - 1));
      send(mail_ + 4 + rank_, 0.0f);
    }
  }

  __device__ void store(float* own, float v) const {
    *own = v;
    send(own, v);
  }

  __device__ void store(float4* own, float4 v) const {
    *own = v;
    send(own, v);
  }

  __device__ void wait() {
    __syncthreads();
    delivery(turn_ & 1).wait(turn_ >> 1 & 1);
    turn_++;
  }

 private:
  __device__ Delivery delivery(int number) const { return Delivery(mail_ + 2 * number); }

  template <typename T>
  __device__ void send(T* own, T v) const {
#pragma unroll
    for (int other = 1; other < kSize; other++) {
      delivery(turn_ & 1).store(own, rank_ ^ other, v);
    }
  }

  float* mail_;
  int rank_;
  int turn_ = 0;
};

// How many floats of rows of `all` channels come from other blocks, each of which computes `share`.
__device__ inline int from_others(const ClusterBlocks& blocks, int rows, int share, int all) {
  int own = min(max(all - blocks.rank() * share, 0), share);
  return rows * (all - own);
}

__device__ inline int from_others(OneBlock, int, int, int) { return 0; }

// Adds the sums of the last two lanes that share them, and writes what this lane keeps of them.
template <int Rows>
__device__ void store_last(const Sums<4, Rows>& sums, float* to, int pitch, int apart, bool upper,
                           bool wanted) {
  constexpr int kKept = Rows / 2;  // sums
  float kept[kKept];
#pragma unroll
  for (int i = 0; i < kKept; i++) {
    float low = sums.at[0][i];
    float high = Rows == 8 ? sums.at[1][i] : sums.at[0][i + 2];
    float other = __shfl_xor_sync(0xffffffffu, upper ? low : high, apart);
    kept[i] = (upper ? high : low) + other;
  }
  if (!wanted) {
    return;
  }
  if constexpr (Rows == 8) {
    store4(to + (upper ? pitch : 0), make_float4(kept[0], kept[1], kept[2], kept[3]));
  } else {
    *reinterpret_cast<float2*>(to + (upper ? 2 : 0)) = make_float2(kept[0], kept[1]);
  }
}

// What a thread does in a product: its first term, how many turns it takes, its column in quads,
// and where its sums go, in floats, or kNowhere.
struct alignas(8) Errand {
  unsigned short term, turns, column, to;
};

constexpr unsigned short kNowhere = 0xffff;

template <typename T>
__device__ const T& at_byte(const float* shared, int byte) {
  return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(shared) + byte);
}

// This block's columns of a product: partial[slice][row][column]. Waits for the source, but only
// when it has all else.
template <int Rows>
__device__ void share_of_product(ClusterBlocks& blocks, const Product& d, float* shared, int half) {
  const Errand errand = reinterpret_cast<const Errand*>(shared + d.threads)[threadIdx.x];
  int lane = held(threadIdx.x % 32);
  int lanes_shift = held(d.column_lanes_shift);
  int pitch = held(d.padded_columns);
  int step = 8 << held(d.split_shift);
  int columns = 16 * kWeightRows * errand.column + (half != 0 ? 8 * held(d.weight_quads) : 0);
  const int4* terms = reinterpret_cast<const int4*>(shared + held(d.terms));
  const int* term_weights = reinterpret_cast<const int*>(shared + held(d.term_weights));
  int term = errand.term;
  int rows[Rows];
  float4 weights[4];
  auto load = [&] {
#pragma unroll
    for (int r = 0; r < Rows; r += 4) {
      int4 four = terms[term * (Rows / 4) + r / 4];
      rows[r] = four.x;
      rows[r + 1] = four.y;
      rows[r + 2] = four.z;
      rows[r + 3] = four.w;
    }
    int from = term_weights[term] + columns;
#pragma unroll
    for (int o = 0; o < 4; o++) {
      weights[o] = at_byte<float4>(shared, from + 16 * o);
    }
  };
  load();
  Sums<4, Rows> sums = {};
  blocks.wait();
  auto add = [&] {
#pragma unroll
    for (int r = 0; r < Rows; r++) {
      accumulate<false>(weights, at_byte<float4>(shared, rows[r]), sums.at[r]);
    }
  };
  add();
#pragma unroll 1
  for (int turn = 1; turn < errand.turns; turn++) {
    term += step;
    load();
    add();
  }
  int slice_lane = lane >> lanes_shift;
  add_half(sums, 4 << lanes_shift);
  add_quarter(sums, 2 << lanes_shift, slice_lane & 2);
  store_last(sums, shared + errand.to, pitch, 1 << lanes_shift, slice_lane & 1,
             errand.to != kNowhere);
}

// Where the threads of a block find what they need for a product, and where they put it; after the
// tables of its rows and taps.
__device__ inline void send_out(const Rollout& a, const Layer& l, const Product& d, float* shared) {
  int quads = d.quads.d;
  int taps = l.kernel_height * l.kernel_width;
  int share = d.share.d;
  int step = 8 << d.split_shift;
  int each = d.rows_per_thread;
  int row_lanes = 1 << d.row_lanes_shift;
  const unsigned short* sources = reinterpret_cast<const unsigned short*>(shared) + d.sources;
  int* rows = reinterpret_cast<int*>(shared + d.terms);
  int* weights = reinterpret_cast<int*>(shared + d.term_weights);
  for (int i = threadIdx.x; i < d.padded_rows / each * d.padded_terms; i += kThreads) {
    int group = i / d.padded_terms;
    int term = i % d.padded_terms;
    const int2* list =
        reinterpret_cast<const int2*>(shared) + d.lists + group / row_lanes * (taps + 1);
    int quad = term % quads;
    bool there = term / quads < list[0].x;
    int2 tap = there ? list[1 + term / quads] : make_int2(0, 0);
    weights[i] = 4 * d.weights + 16 * (tap.x + quad * kWeightRows * share);
    // lanes that share sums begin with different rows, so that each keeps those that it began with
    int first = term & 4 ? each / 2 : 0;
    for (int r = 0; r < each; r++) {
      int row = sources[tap.y + group * each + (r + first) % each];
      rows[i * each + r] = 16 * (quad + (there ? row : a.zeros / 4));
    }
  }
  int lane = threadIdx.x % 32;
  int warp = threadIdx.x / 32;
  int part = warp & ((1 << d.split_shift) - 1);
  int tile = warp >> d.split_shift;
  int slice_lane = lane >> d.column_lanes_shift & 7;
  int tile_row = tile / d.column_groups.d;
  int column = (tile % d.column_groups.d << d.column_lanes_shift) +
               (lane & ((1 << d.column_lanes_shift) - 1));
  int group = tile_row * row_lanes + (lane >> (d.column_lanes_shift + kSliceLanesShift));
  bool busy = tile < d.tiles;
  int row = group * each + (slice_lane & 4 ? each / 2 : 0) + (slice_lane & 2 ? each / 4 : 0);
  int count = busy ? reinterpret_cast<const int2*>(shared)[d.lists + tile_row * (taps + 1)].x : 0;
  Errand errand;
  errand.term = busy ? group * d.padded_terms + 8 * part + slice_lane : 0;
  errand.turns = (count * quads + step - 1) / step;
  errand.column = min(column, share - 1);
  errand.to = busy && column < share
                  ? a.partial + part * d.slice + row * d.padded_columns + 4 * column
                  : kNowhere;
  reinterpret_cast<Errand*>(shared + d.threads)[threadIdx.x] = errand;
}

// The quads of a result that this block computes.
template <bool Down>
__device__ void mark_spots(const ClusterBlocks& blocks, const Layer& l, const Product& d,
                           float* shared) {
  const unsigned short* places = reinterpret_cast<const unsigned short*>(shared) + d.places;
  int share = d.share.d;
  int row_quads = Down ? l.up.quads.d : l.down.quads.d;
  for (int i = threadIdx.x; i < d.plane_rows * share; i += kThreads) {
    int row = i / share;
    int tangent = min(row + d.plane_rows, d.rows - 1);
    int quad = i % share;
    int channels = blocks.rank() * share + quad;
    Spot spot;
    spot.place = (Down ? places[row] : row) * d.padded_columns + 4 * quad;
    spot.tangent = (Down ? places[tangent] : tangent) * d.padded_columns + 4 * quad;
    spot.at = channels < row_quads ? 4 * (row * row_quads + channels) : -1;
    spot.channels = 4 * channels;
    reinterpret_cast<Spot*>(shared + d.spots)[i] = spot;
  }
}

// The elements of the state that this block computes.
__device__ inline void mark_own(const ClusterBlocks& blocks, const Rollout& a, float* shared) {
  const Layer& l = a.layers[0];
  const Product& d = l.down;
  const unsigned short* places = reinterpret_cast<const unsigned short*>(shared) + d.places;
  int count = a.own_channels.d;
  for (int n = threadIdx.x; n < a.samples_per_block * a.positions * count; n += kThreads) {
    int row = n / count;
    int column = n % count;
    int channel = blocks.rank() * count + column;
    Own own;
    own.i = row * a.channels.d + channel;
    own.j = channel < a.channels.d ? row * l.in_row + channel : -1;
    own.by_q = places[row] * d.padded_columns + column;
    own.by_p = own.by_q + count;
    reinterpret_cast<Own*>(shared + a.own)[n] = own;
  }
}

}  // namespace hgn::rollout
