// The products of a rollout: convolutions, up and down, of data in shared memory by a whole block.
// See rollout.cuh.
#pragma once

#include "rollout.cuh"

namespace hgn::rollout {

// Weights, packed: (kh,kw,in_row,out_row) with zeros in the padding, the quads of a row permuted so
// that eight lanes access eight groups of banks both along a row and down a column of quads. Only
// the last three bits of an input's number count, so that the permutation is the same for inputs
// that are eight apart, and for all taps.

__device__ inline int swizzled(const Layer& l, int input, int quad) {
  return quad ^ ((input & 7) >> l.swizzle_shift);
}

// One tile of a product. Lanes of a warp: eight along the columns, four groups of them over rows
// and slices of the sum.

template <int Outputs, int Rows>
struct Sums {
  float at[Rows][Outputs];
};

// Where a thread finds the weights of its columns. Down, a column is an input, with four outputs;
// up, it is a quad of outputs, for each of four inputs. Columns in the padding read others'
// weights, and their sums are not stored.
template <int Outputs, bool Down, bool Resident>
struct Columns {
  const float4* at[Outputs];
  int of_quad;  // down: what permutes a quad; up: from one quad of inputs to the next
  int odd;      // up: how an odd quad is permuted

  __device__ Columns(const Layer& l, const float4* from, int column) {
    int wide = l.out_row / 4;
    if constexpr (Down) {
#pragma unroll
      for (int o = 0; o < Outputs; o++) {
        at[o] = from + min(column + 8 * o, l.in_row - 1) * wide;
      }
      of_quad = swizzled(l, column, 0);
      odd = 0;
    } else {
      int first = min(column, wide - 1);
#pragma unroll
      for (int o = 0; o < Outputs; o++) {
        int quad = o < 4 || column + 8 >= wide ? first : column + 8;
        at[o] = from + o % 4 * wide + swizzled(l, o % 4, quad);
      }
      of_quad = 4 * wide;
      odd = swizzled(l, 4, first) - first;
    }
  }

  // The weights of one quad of channels of the tap whose weights start at `tap`.
  __device__ void load(int tap, int quad, float4 (&weights)[Outputs]) const {
    int offset = tap + (Down ? quad ^ of_quad : quad * of_quad + (quad & 1 ? odd : 0));
#pragma unroll
    for (int o = 0; o < Outputs; o++) {
      weights[o] = Resident ? at[o][offset] : __ldg(at[o] + offset);
    }
  }
};

// The addresses of rows, two in a word.
template <int Rows>
struct Sources {
  unsigned words[Rows / 2];

  __device__ void load(const unsigned short* from) {
    if constexpr (Rows == 8) {
      uint4 read = *reinterpret_cast<const uint4*>(from);
      words[0] = read.x;
      words[1] = read.y;
      words[2] = read.z;
      words[3] = read.w;
    } else {
      uint2 read = *reinterpret_cast<const uint2*>(from);
      words[0] = read.x;
      words[1] = read.y;
    }
  }

  __device__ int at(int r) const {
    return r % 2 == 0 ? words[r / 2] & 0xffffu : words[r / 2] >> 16;
  }
};

// What is multiplied in one turn: a quad of channels of one tap.
template <int Outputs, int Rows>
struct Turn {
  float4 weights[Outputs];
  Sources<Rows> sources;
  int quad;

  template <typename Columns>
  __device__ void load(const Columns& columns, const unsigned short* rows, int2 tap, int of_tap) {
    quad = of_tap;
    columns.load(tap.x, quad, weights);
    sources.load(rows + tap.y);
  }
};

template <bool Down, int Outputs, int Rows>
__device__ void accumulate(const Turn<Outputs, Rows>& turn, const float4* shared,
                           Sums<Outputs, Rows>& sums) {
#pragma unroll
  for (int r = 0; r < Rows; r++) {
    float4 a = shared[turn.sources.at(r) + turn.quad];
#pragma unroll
    for (int o = 0; o < Outputs; o++) {
      float4 w = turn.weights[o];
      if constexpr (Down) {
        float s = sums.at[r][o];
        s = fmaf(a.x, w.x, s);
        s = fmaf(a.y, w.y, s);
        s = fmaf(a.z, w.z, s);
        sums.at[r][o] = fmaf(a.w, w.w, s);
      } else {
        float x = o % 4 == 0 ? a.x : o % 4 == 1 ? a.y : o % 4 == 2 ? a.z : a.w;
        float* s = &sums.at[r][o / 4 * 4];
        s[0] = fmaf(x, w.x, s[0]);
        s[1] = fmaf(x, w.y, s[1]);
        s[2] = fmaf(x, w.z, s[2]);
        s[3] = fmaf(x, w.w, s[3]);
      }
    }
  }
}

// Adds the sums of two lanes that are `apart` from each other; each keeps half of 2 Keep rows.
template <int Keep, int Outputs, int Rows>
__device__ void halve(Sums<Outputs, Rows>& sums, int apart, bool upper) {
#pragma unroll
  for (int r = 0; r < Keep; r++) {
#pragma unroll
    for (int o = 0; o < Outputs; o++) {
      float low = sums.at[r][o];
      float high = sums.at[r + Keep][o];
      float other = __shfl_xor_sync(0xffffffffu, upper ? low : high, apart);
      sums.at[r][o] = (upper ? high : low) + other;
    }
  }
}

// Writes the first `count` rows of sums.
template <int Outputs, int Rows, bool Down>
__device__ void store(const Product& d, const Sums<Outputs, Rows>& sums, int count, float* to,
                      int column) {
#pragma unroll
  for (int r = 0; r < Rows; r++) {
    if (r < count) {
      const float* s = sums.at[r];
      if constexpr (Down) {
#pragma unroll
        for (int o = 0; o < Outputs; o++) {
          if (column + 8 * o < d.padded_columns) {
            to[r * d.padded_columns + column + 8 * o] = s[o];
          }
        }
      } else {
#pragma unroll
        for (int o = 0; o < Outputs; o += 4) {
          int quad = column + 2 * o;
          if (quad < d.padded_columns / 4) {
            reinterpret_cast<float4*>(to + r * d.padded_columns)[quad] =
                make_float4(s[o], s[o + 1], s[o + 2], s[o + 3]);
          }
        }
      }
    }
  }
}

// A whole product: partial[slice][row][column], for columns starting at `first`.
template <int Outputs, int Rows, bool Down, bool Resident>
__device__ void product(const Rollout& a, const Layer& l, const Product& d, float* shared,
                        int first) {
  const float4* from =
      reinterpret_cast<const float4*>(Resident ? shared + l.resident : a.packed + l.packed);
  const float4* rows = reinterpret_cast<const float4*>(shared);
  const unsigned short* sources =
      reinterpret_cast<const unsigned short*>(shared + a.tables) + d.sources;
  const int2* lists = reinterpret_cast<const int2*>(shared + a.tables) + d.lists;
  int taps = l.kernel_height * l.kernel_width;
  int lane = threadIdx.x % 32;
  int warp = threadIdx.x / 32;
  int slice_lanes_shift = 2 - d.row_lanes_shift;
  int row_lane = lane / 8 & ((1 << d.row_lanes_shift) - 1);
  int slice = ((warp & (d.split - 1)) << slice_lanes_shift) + (lane / 8 >> d.row_lanes_shift);
  int first_index = d.quads.quotient(slice);
  int first_quad = slice - first_index * d.quads.d;
  for (int tile = warp >> d.split_shift; tile < d.tiles; tile += kWarps >> d.split_shift) {
    int group = d.column_groups.quotient(tile);
    int column = (tile - group * d.column_groups.d) * (Down ? 8 * Outputs : 2 * Outputs) + lane % 8;
    int row = ((group << d.row_lanes_shift) + row_lane) * Rows;
    const int2* list = lists + group * (taps + 1);
    Columns<Outputs, Down, Resident> columns(l, from, first + column);
    Sums<Outputs, Rows> sums = {};
    int index = first_index;
    int quad = first_quad;
    int2 tap = list[1 + min(index, taps - 1)];
    int count = list[0].x;
    if (index < count) {
      Turn<Outputs, Rows> turn;
      turn.load(columns, sources + row, tap, quad);
#pragma unroll 1
      for (;;) {
        quad += d.quad_step;
        index += d.tap_step;
        if (quad >= d.quads.d) {
          quad -= d.quads.d;
          index++;
        }
        if (index >= count) {
          break;
        }
        // in one block of code, so that it loads while the previous ones are multiplied
        Turn<Outputs, Rows> next;
        next.load(columns, sources + row, list[1 + index], quad);
        accumulate<Down>(turn, rows, sums);
        turn = next;
      }
      accumulate<Down>(turn, rows, sums);
    }
    int kept = Rows;
    if (slice_lanes_shift >= 1) {
      bool upper = lane & 16;
      halve<Rows / 2>(sums, 16, upper);
      kept = Rows / 2;
      row += upper ? kept : 0;
    }
    if (slice_lanes_shift == 2) {
      bool upper = lane & 8;
      halve<Rows / 4>(sums, 8, upper);
      kept = Rows / 4;
      row += upper ? kept : 0;
    }
    float* to =
        shared + a.partial + ((warp & (d.split - 1)) * d.padded_rows + row) * d.padded_columns;
    store<Outputs, Rows, Down>(d, sums, kept, to, column);
  }
}

template <bool Down, bool Resident>
__device__ void sized(const Rollout& a, const Layer& l, const Product& d, float* shared,
                      int first) {
  if (d.outputs_per_thread == 8) {
    if (d.rows_per_thread == 8) {
      product<8, 8, Down, Resident>(a, l, d, shared, first);
    } else {
      product<8, 4, Down, Resident>(a, l, d, shared, first);
    }
  } else if (d.rows_per_thread == 8) {
    product<4, 8, Down, Resident>(a, l, d, shared, first);
  } else {
    product<4, 4, Down, Resident>(a, l, d, shared, first);
  }
}

// Computes a product and waits for it.
template <bool Down>
__device__ void multiply(const Rollout& a, const Layer& l, const Product& d, float* shared,
                         int first = 0) {
  if (l.resident >= 0) {
    sized<Down, true>(a, l, d, shared, first);
  } else {
    sized<Down, false>(a, l, d, shared, first);
  }
  __syncthreads();
}

__device__ inline void add(float& sum, float x) { sum += x; }

__device__ inline void add(float4& sum, float4 x) {
  sum.x += x.x;
  sum.y += x.y;
  sum.z += x.z;
  sum.w += x.w;
}

// A product, with the slices added in order.
template <bool Down>
struct Result {
  const Product& d;
  const unsigned short* places;
  const float* partial;

  __device__ Result(const Rollout& a, const Product& product, const float* shared)
      : d(product),
        places(reinterpret_cast<const unsigned short*>(shared + a.tables) + product.places),
        partial(shared + a.partial) {}

  // One element, or one quad of a row.
  __device__ float at(int row, int column) const { return sum<float>(row, column); }
  __device__ float4 quad(int row, int column) const { return sum<float4>(row, 4 * column); }

 private:
  template <typename T>
  __device__ T sum(int row, int column) const {
    int place = Down ? places[row] : row;
    const float* from = partial + place * d.padded_columns + column;
    int apart = d.padded_rows * d.padded_columns;
    T sum = *reinterpret_cast<const T*>(from);
#pragma unroll
    for (int i = 1; i < kWarps; i++) {
      if (i < d.split) {
        add(sum, *reinterpret_cast<const T*>(from + i * apart));
      }
    }
    return sum;
  }
};

// Calls body(row, quad, offset) for each quad of `rows` rows of as many channels as `quads` says;
// the offset counts floats.
template <typename Body>
__device__ void each_quad(int rows, const Divisor& quads, const Body& body) {
  int total = rows * quads.d;
  for (int i = threadIdx.x; i < total; i += kThreads) {
    int row = quads.quotient(i);
    body(row, i - row * quads.d, 4 * i);
  }
}

template <typename F>
__device__ float4 each(float4 x, const F& f) {
  return make_float4(f(x.x), f(x.y), f(x.z), f(x.w));
}

template <typename F>
__device__ float4 each(float4 x, float4 y, const F& f) {
  return make_float4(f(x.x, y.x), f(x.y, y.y), f(x.z, y.z), f(x.w, y.w));
}

}  // namespace hgn::rollout
