// What a block of a cluster computes of a product. See rollout.cuh.
//
// Every block keeps the weights of its columns for all layers. They are packed for products down as
// for products up: (quads of columns, taps, quads of channels summed over, 5), four floats each, of
// which the fifth is unused and keeps lanes that read neighbouring quads out of each other's banks.
// Most products are so small that a thread takes one turn or two; so all addresses are looked up in
// tables. Lanes of one warp have all parts of a sum, so that no barrier is between a product and
// what becomes of it. Sums are added in a fixed order, but another one than in a single block.
#pragma once

#include "rollout_cluster.cuh"
#include "rollout_sums.cuh"

namespace hgn::rollout {

constexpr int kWeightRows = 5;

constexpr unsigned short kNowhere = 0xffff;

// What a thread does in a product: its first term, how many turns it takes, the first column that
// it keeps, and the place of that in shared memory, in floats, or kNowhere.
struct alignas(8) Errand {
  unsigned short term, turns, column, at;

  __device__ bool keeps() const { return at != kNowhere; }
};

__device__ inline Errand errand(const Product& d, const float* shared) {
  return reinterpret_cast<const Errand*>(shared + d.threads)[threadIdx.x];
}

__device__ constexpr int log2_of(int power) { return power == 1 ? 0 : 1 + log2_of(power / 2); }

// How 2^slices_shift lanes divide the sums of so many rows by four columns, in units of planes of a
// row: first the units, then the columns. Lanes that are left have copies.
struct Division {
  int unit_bits, column_bits, copy_bits;

  __device__ constexpr Division(int rows, int planes, int slices_shift)
      : unit_bits(log2_of(rows / planes)),
        column_bits(slices_shift - unit_bits < 2 ? slices_shift - unit_bits : 2),
        copy_bits(slices_shift - unit_bits - column_bits) {}

  __device__ int unit(int slice_lane) const { return slice_lane >> (column_bits + copy_bits); }

  __device__ int column(int slice_lane) const {
    return (slice_lane >> copy_bits & ((1 << column_bits) - 1)) << (2 - column_bits);
  }
};

// What a thread keeps of the sums: neighbouring columns of a row and, with two planes, of its
// tangents.
template <int Planes>
struct Kept {
  float at[Planes][4];
  int columns;
  Copies copies;

  // Calls body(i, sum, sum of tangents) for each column.
  template <typename Body>
  __device__ void each(const Body& body) {
#pragma unroll 1
    for (int i = 0; i < columns; i++) {
      body(i, at[0][0], at[Planes - 1][0]);
#pragma unroll
      for (int p = 0; p < Planes; p++) {
        at[p][0] = at[p][1];
        at[p][1] = at[p][2];
        at[p][2] = at[p][3];
      }
    }
  }
};

// Adds the sums of the lanes that share them. The lanes begin with different units of rows, so that
// each keeps those that it began with.
template <int Planes, int SlicesShift, int Rows>
__device__ Kept<Planes> reduce(Sums<4, Rows>& sums) {
  constexpr unsigned kAll = 0xffffffffu;
  constexpr Division kDivision(Rows, Planes, SlicesShift);
  int lane = threadIdx.x % 32;
  int bit = SlicesShift;
#pragma unroll
  for (int half = Rows / 2; half >= Planes; half /= 2) {
    bit--;
#pragma unroll
    for (int r = 0; r < half; r++) {
#pragma unroll
      for (int o = 0; o < 4; o++) {
        sums.at[r][o] += __shfl_xor_sync(kAll, sums.at[r + half][o], 1 << bit);
      }
    }
  }
#pragma unroll
  for (int half = 2; half >= 4 >> kDivision.column_bits; half /= 2) {
    bit--;
    bool upper = lane >> bit & 1;
#pragma unroll
    for (int p = 0; p < Planes; p++) {
#pragma unroll
      for (int o = 0; o < half; o++) {
        float low = sums.at[p][o];
        float high = sums.at[p][o + half];
        float other = __shfl_xor_sync(kAll, upper ? low : high, 1 << bit);
        sums.at[p][o] = (upper ? high : low) + other;
      }
    }
  }
  Kept<Planes> kept;
  kept.columns = 4 >> kDivision.column_bits;
  kept.copies.count = 1 << kDivision.copy_bits;
  kept.copies.number = lane & (kept.copies.count - 1);
#pragma unroll
  while (bit > 0) {
    bit--;
#pragma unroll
    for (int p = 0; p < Planes; p++) {
#pragma unroll
      for (int o = 0; o < 4 >> kDivision.column_bits; o++) {
        sums.at[p][o] += __shfl_xor_sync(kAll, sums.at[p][o], 1 << bit);
      }
    }
  }
#pragma unroll
  for (int p = 0; p < Planes; p++) {
#pragma unroll
    for (int o = 0; o < 4; o++) {
      kept.at[p][o] = sums.at[p][o];
    }
  }
  return kept;
}

template <typename T>
__device__ const T& at_byte(const float* shared, int byte) {
  return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(shared) + byte);
}

// The addresses of a term's rows.
template <int Rows>
__device__ void load_rows(const int* terms, int term, int (&rows)[Rows]) {
  if constexpr (Rows == 2) {
    int2 two = reinterpret_cast<const int2*>(terms)[term];
    rows[0] = two.x;
    rows[1] = two.y;
  } else {
#pragma unroll
    for (int r = 0; r < Rows; r += 4) {
      int4 four = reinterpret_cast<const int4*>(terms)[term * (Rows / 4) + r / 4];
      rows[r] = four.x;
      rows[r + 1] = four.y;
      rows[r + 2] = four.z;
      rows[r + 3] = four.w;
    }
  }
}

// What a thread needs for one turn.
template <int Rows>
struct Turn {
  int rows[Rows];
  float4 weights[4];

  __device__ void load(const float* shared, const int* terms, const int* term_weights, int columns,
                       int term) {
    load_rows(terms, term, rows);
    int from = term_weights[term] + columns;
#pragma unroll
    for (int o = 0; o < 4; o++) {
      weights[o] = at_byte<float4>(shared, from + 16 * o);
    }
  }

  __device__ void add(const float* shared, Sums<4, Rows>& sums) const {
#pragma unroll
    for (int r = 0; r < Rows; r++) {
      accumulate<false>(weights, at_byte<float4>(shared, rows[r]), sums.at[r]);
    }
  }
};

// This thread's part of a product. Calls wait() before it reads the source, but after all else that
// it can: with all weights, where there are no more than so many turns. `half`: of the weights that
// there are of two halves of a state.
template <int Rows, int SlicesShift, int Turns, int Planes, typename Wait>
__device__ __forceinline__ Kept<Planes> turns_of_product(const Product& d, const Errand& errand,
                                                         const float* shared, int half,
                                                         const Wait& wait) {
  int columns = errand.column / 4 * (16 * held(d.taps * d.tap_quads)) +
                (half != 0 ? 8 * held(d.weight_quads) : 0);
  const int* terms = reinterpret_cast<const int*>(shared + held(d.terms));
  const int* term_weights = reinterpret_cast<const int*>(shared + held(d.term_weights));
  Turn<Rows> ahead[Turns];
#pragma unroll
  for (int i = 0; i < Turns; i++) {
    ahead[i].load(shared, terms, term_weights, columns, errand.term + (i << SlicesShift));
  }
  wait();
  Sums<4, Rows> sums = {};
#pragma unroll
  for (int i = 0; i < Turns; i++) {
    ahead[i].add(shared, sums);
  }
  if constexpr (Turns == 1) {
#pragma unroll 1
    for (int i = 1; i < errand.turns; i++) {
      Turn<Rows> turn;
      turn.load(shared, terms, term_weights, columns, errand.term + (i << SlicesShift));
      turn.add(shared, sums);
    }
  }
  return reduce<Planes, SlicesShift>(sums);
}

// The same for the turns that this thread has. None: it has nothing to add, and does not read.
template <int Rows, int SlicesShift, int Planes, typename Wait>
__device__ __forceinline__ Kept<Planes> share_of_product(const Product& d, const Errand& errand,
                                                         const float* shared, int half,
                                                         const Wait& wait) {
  if constexpr (SlicesShift == 5) {
    if (errand.turns == 2) {
      return turns_of_product<Rows, SlicesShift, 2, Planes>(d, errand, shared, half, wait);
    }
    if (errand.turns == 3) {
      return turns_of_product<Rows, SlicesShift, 3, Planes>(d, errand, shared, half, wait);
    }
  }
  return turns_of_product<Rows, SlicesShift, 1, Planes>(d, errand, shared, half, wait);
}

// The same for the rows and lanes that this product has; see RolloutTile.
template <int Planes, typename Wait>
__device__ __forceinline__ Kept<Planes> share_of_product(const Product& d, const Errand& errand,
                                                         const float* shared, int half,
                                                         const Wait& wait) {
  if (errand.turns == 0) {
    wait();
    return {};
  }
  int slices_shift = 5 - d.column_lanes_shift - d.row_lanes_shift;
  if (d.rows_per_thread == 2) {
    return slices_shift == 5 ? share_of_product<2, 5, Planes>(d, errand, shared, half, wait)
                             : share_of_product<2, 3, Planes>(d, errand, shared, half, wait);
  }
  if (d.rows_per_thread == 4) {
    return slices_shift == 5   ? share_of_product<4, 5, Planes>(d, errand, shared, half, wait)
           : slices_shift == 4 ? share_of_product<4, 4, Planes>(d, errand, shared, half, wait)
                               : share_of_product<4, 3, Planes>(d, errand, shared, half, wait);
  }
  return slices_shift == 5 ? share_of_product<8, 5, Planes>(d, errand, shared, half, wait)
                           : share_of_product<8, 3, Planes>(d, errand, shared, half, wait);
}

// Others store what comes next when they have this block's word, which may overwrite what is read
// for the product before. Mostly that is something else than the source of this product, so that a
// block gives its word when all its threads have come to it. But up to the last layer and down to
// the state it is the source; then a block gives its word when they have read it.
constexpr int kLater = -1;

// A product of which so many floats arrive in each block.
template <int Planes>
__device__ __forceinline__ Kept<Planes> share_of_product(ClusterBlocks& blocks, const Product& d,
                                                         const Errand& errand, const float* shared,
                                                         int half, int arriving) {
  return share_of_product<Planes>(d, errand, shared, half, [&] {
    blocks.wait();
    if (arriving != kLater) {
      blocks.expect(arriving);
    }
  });
}

__device__ inline void expect_later(const ClusterBlocks& blocks, int arriving) {
  __syncthreads();
  blocks.expect(arriving);
}

// Stores what a thread keeps in its own block.
__device__ inline void store_sums(const Errand& own, Kept<1>& sums, float* shared) {
  if (own.keeps() && sums.copies.number == 0) {
    sums.each([&](int i, float sum, float) { shared[own.at + i] = sum; });
  }
}

// The biases of what a thread keeps. The first is read before the product.
class Biases {
 public:
  __device__ Biases(const ClusterBlocks& blocks, const Layer& l, const Errand& own,
                    const float* shared)
      : bias_(shared + held(l.bias) +
              (own.keeps() ? 4 * blocks.rank() * l.up.share.d + own.column : 0)),
        first_(*bias_) {}

  __device__ float at(int i) const { return i == 0 ? first_ : bias_[i]; }

 private:
  const float* bias_;
  float first_;
};

// The slopes where a thread keeps sums, which overwrite the activations there.
class Slopes {
 public:
  __device__ Slopes(Activation f, const Errand& own, const float* shared)
      : y_(shared + (own.keeps() ? own.at : 0)), f_(f) {
    first_ = slope(f, *y_);
  }

  __device__ float at(int i) const { return i == 0 ? first_ : slope(f_, y_[i]); }

 private:
  const float* y_;
  Activation f_;
  float first_;
};

// Where what becomes of a product starts, in floats, how far its rows are from each other, and how
// many columns of it this block has. By place: in the order of the product's rows.
struct Target {
  int start, pitch, columns;
  bool by_place;
};

// Where the threads of a block find what they need for a product, and what becomes of what they
// keep; after the tables of its rows and taps.
__device__ inline void send_out(const Rollout& a, const Layer& l, const Product& d, float* shared,
                                const Target& target) {
  int quads = d.quads.d;
  int taps = l.kernel_height * l.kernel_width;
  int each = d.rows_per_thread;
  int planes = d.kept_planes;
  int row_lanes = 1 << d.row_lanes_shift;
  int slices_shift = 5 - d.column_lanes_shift - d.row_lanes_shift;
  int slices = 1 << slices_shift;
  Division division(each, planes, slices_shift);
  const unsigned short* halves = reinterpret_cast<const unsigned short*>(shared);
  const unsigned short* sources = halves + d.sources;
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
    weights[i] = 4 * d.weights + 16 * (tap.x + quad * kWeightRows);
    int unit = division.unit(term % slices);
    for (int r = 0; r < each; r++) {
      int row = sources[tap.y + group * each + (r / planes ^ unit) * planes + r % planes];
      rows[i * each + r] = 16 * (quad + (there ? row : a.zeros / 4));
    }
  }
  int lane = threadIdx.x % 32;
  int tile = threadIdx.x / 32;
  int slice_lane = lane & (slices - 1);
  int tile_row = tile / d.column_groups.d;
  int first_column = tile % d.column_groups.d << d.column_lanes_shift;
  int column = first_column + (lane >> slices_shift & ((1 << d.column_lanes_shift) - 1));
  int group = tile_row * row_lanes + (lane >> (d.column_lanes_shift + slices_shift));
  // a block that has nothing to send must not read either: others do not wait for it
  bool busy = tile < d.tiles && 4 * first_column < target.columns;
  int place = group * each + division.unit(slice_lane) * planes;
  int row = place;
  if (!target.by_place) {
    for (row = 0; row < d.plane_rows && halves[d.places + row] != place; row++) {
    }
  }
  int count = busy ? reinterpret_cast<const int2*>(shared)[d.lists + tile_row * (taps + 1)].x : 0;
  int within = division.column(slice_lane);
  Errand errand;
  errand.term = busy ? group * d.padded_terms + slice_lane : 0;
  errand.turns = (count * quads + slices - 1) / slices;
  errand.column = 4 * min(column, d.share.d - 1) + within;
  int at = 4 * column + within;
  bool kept = busy && at < target.columns && (target.by_place || row < d.plane_rows);
  errand.at = kept ? target.start + row * target.pitch + at : kNowhere;
  reinterpret_cast<Errand*>(shared + d.threads)[threadIdx.x] = errand;
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

// What becomes of a layer's product up or down in rows of so many quads.
__device__ inline Target target(const ClusterBlocks& blocks, const Product& d, int start,
                                int quads) {
  int first = blocks.rank() * d.share.d;
  return {start + 4 * first, 4 * quads, 4 * min(d.share.d, quads - first), false};
}

// Of the product down to the state: the state itself, if a thread that keeps a sum also moves it.
__device__ inline Target target_of_state(const ClusterBlocks& blocks, const Rollout& a,
                                         bool moves) {
  const Layer& l = a.layers[0];
  if (!moves) {
    return {a.partial, l.down.padded_columns, l.down.padded_columns, true};
  }
  int first = blocks.rank() * a.own_channels.d;
  return {a.state + first, l.in_row, min(a.own_channels.d, a.channels.d - first), false};
}

// The same for both products of a layer.
__device__ inline void send_out(const ClusterBlocks& blocks, const Rollout& a, const Layer& l,
                                float* shared, bool moves) {
  send_out(a, l, l.up, shared, target(blocks, l.up, l.output, l.out_row / 4));
  if (&l == a.layers) {
    send_out(a, l, l.down, shared, target_of_state(blocks, a, moves));
    mark_own(blocks, a, shared);
  } else {
    send_out(a, l, l.down, shared, target(blocks, l.down, l.input, l.in_row / 4));
  }
}

}  // namespace hgn::rollout
