// What a block of a cluster computes of a product. See rollout.cuh.
//
// The blocks divide the columns of each result among them, and store what becomes of it in the
// shared memory of all, so that each has whole rows to start from. Every block keeps the weights of
// its columns for all layers. They are packed for products down as for products up:
// (taps, quads of channels summed over, 5, quads of columns), four floats each, of which the fifth
// is unused and keeps lanes that read neighbouring quads out of each other's banks.
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

// This block's columns of a product: partial[slice][row][column]. Waits for the source, but only
// when it has all else.
template <int Rows>
__device__ void share_of_product(ClusterBlocks& blocks, const Rollout& a, const Product& d,
                                 float* shared, int half) {
  const float4* rows = reinterpret_cast<const float4*>(shared);
  int quads = held(d.quads.d);
  int quad_step = held(d.quad_step);
  int tap_step = held(d.tap_step);
  int share = held(d.share.d);
  int split_shift = held(d.split_shift);
  int lanes_shift = held(d.column_lanes_shift);
  int row_lanes_shift = held(d.row_lanes_shift);
  int taps = held(d.taps);
  int slice_floats = held(d.slice);
  int tiles = held(d.tiles);
  int lane = threadIdx.x % 32;
  int warp = threadIdx.x / 32;
  int part = warp & ((1 << split_shift) - 1);
  int slice_lane = lane >> lanes_shift & 7;
  int row_lane = lane >> (lanes_shift + kSliceLanesShift);
  int slice = (part << kSliceLanesShift) + slice_lane;
  int first_index = d.quads.quotient(slice);
  int first_quad = slice - first_index * quads;
  // lanes that share sums begin with different rows, so that each keeps those that it began with
  int first_half = slice_lane & 4 ? Rows / 2 : 0;
  const float4* from =
      reinterpret_cast<const float4*>(shared + held(d.weights)) + half * taps * held(d.tap_quads);
  bool waiting = true;
  for (int tile = warp >> split_shift; waiting || tile < tiles; tile += kWarps >> split_shift) {
    int number = min(tile, tiles - 1);
    int group = d.column_groups.quotient(number);
    int column =
        ((number - group * d.column_groups.d) << lanes_shift) + (lane & ((1 << lanes_shift) - 1));
    int row = ((group << row_lanes_shift) + row_lane) * Rows;
    const int2* list = reinterpret_cast<const int2*>(shared) + d.lists + group * (taps + 1);
    const unsigned short* sources =
        reinterpret_cast<const unsigned short*>(shared) + d.sources + row;
    const unsigned short* begin = sources + first_half;
    const unsigned short* end = sources + Rows / 2 - first_half;
    const float4* columns = from + min(column, share - 1);
    int index = first_index;
    int quad = first_quad;
    int2 tap = list[1 + min(index, taps - 1)];
    int count = tile < tiles ? list[0].x : 0;
    Sources<Rows> places(begin + tap.y, end + tap.y);
    float4 weights[4];
    auto load = [&] {
      const float4* at = columns + tap.x + quad * kWeightRows * share;
#pragma unroll
      for (int o = 0; o < 4; o++) {
        weights[o] = at[o * share];
      }
    };
    load();
    if (waiting) {
      blocks.wait();
      waiting = false;
    }
    Sums<4, Rows> sums = {};
#pragma unroll 1
    while (index < count) {
      accumulate<false>(weights, rows + quad, places, sums);
      quad += quad_step;
      index += tap_step;
      if (quad >= quads) {
        quad -= quads;
        index++;
      }
      tap = list[1 + min(index, taps - 1)];
      places = Sources<Rows>(begin + tap.y, end + tap.y);
      load();
    }
    add_half(sums, 4 << lanes_shift);
    bool third = slice_lane & 2;
    add_quarter(sums, 2 << lanes_shift, third);
    row += first_half + (third ? Rows / 4 : 0);
    float* to = shared + a.partial + part * slice_floats + 4 * (row * share + column);
    bool wanted = column < share && tile < tiles;
    store_last(sums, to, 4 * share, 1 << lanes_shift, slice_lane & 1, wanted);
  }
}

}  // namespace hgn::rollout
