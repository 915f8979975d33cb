// The products of a rollout: convolutions, up and down, of data in shared memory by a whole block.
// See rollout.cuh.
#pragma once

#include "rollout.cuh"

namespace hgn::rollout {

// Weights, packed: (kh,kw,in_row,out_row) with zeros in the padding, the quads of a row permuted so
// that eight lanes access eight groups of banks both along a row and down a column of quads.

__device__ inline int swizzled(const Layer& l, int row, int quad) {
  return row * (l.out_row / 4) + (quad ^ (row >> l.swizzle_shift & l.swizzle_mask));
}

// The slice [row][quad] of tap's weights, from shared memory or through L2.
template <bool Resident>
__device__ float4 weight_quad(const Layer& l, const float4* weights, int row, int quad) {
  const float4* at = weights + swizzled(l, row, quad);
  if constexpr (Resident) {
    return *at;
  } else {
    return __ldg(at);
  }
}

// One tile of a product. Lanes of a warp: eight along the columns, four groups of them over rows
// and slices of the sum.

template <int Outputs, int Rows>
struct Sums {
  float at[Rows][Outputs];
};

// The weights of one quad of channels of one tap.
template <int Outputs>
struct Weights {
  float4 at[Outputs];

  // down, a column is an input, with four outputs; up, it is a quad of outputs, for each of four
  // inputs
  template <bool Down, bool Resident>
  __device__ void load(const Layer& l, const float4* from, int tap, int quad, int column) {
#pragma unroll
    for (int o = 0; o < Outputs; o++) {
      if constexpr (Down) {
        int input = min(column + 8 * o, l.in_row - 1);
        at[o] = weight_quad<Resident>(l, from, tap * l.in_row + input, quad);
      } else {
        int wide = min(column + 8 * (o / 4), l.out_row / 4 - 1);
        at[o] = weight_quad<Resident>(l, from, tap * l.in_row + 4 * quad + o % 4, wide);
      }
    }
  }
};

// Adds one quad of channels of one tap; `sources` are addresses of rows, two in a word.
template <bool Down, int Outputs, int Rows>
__device__ void accumulate(const Weights<Outputs>& weights, const float4* shared,
                           const unsigned* sources, int quad, Sums<Outputs, Rows>& sums) {
#pragma unroll
  for (int r = 0; r < Rows; r++) {
    unsigned source = r % 2 == 0 ? sources[r / 2] & 0xffffu : sources[r / 2] >> 16;
    float4 a = shared[source + quad];
#pragma unroll
    for (int o = 0; o < Outputs; o++) {
      float4 w = weights.at[o];
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
  const float4* quads = reinterpret_cast<const float4*>(shared);
  const unsigned short* sources =
      reinterpret_cast<const unsigned short*>(shared + a.tables) + d.sources;
  const int* lists = reinterpret_cast<const int*>(shared + a.tables) + d.lists;
  int taps = l.kernel_height * l.kernel_width;
  int lane = threadIdx.x % 32;
  int warp = threadIdx.x / 32;
  int row_lane = lane / 8 % d.row_lanes;
  int slice_lanes = 4 / d.row_lanes;
  int slices = d.split * slice_lanes;
  int slice = warp % d.split * slice_lanes + lane / 8 / d.row_lanes;
  int tap_step = slices / d.quads;
  int quad_step = slices % d.quads;
  for (int tile = warp / d.split; tile < d.tiles; tile += kWarps / d.split) {
    int group = tile / d.column_groups;
    int column = tile % d.column_groups * (Down ? 8 * Outputs : 2 * Outputs) + lane % 8;
    int row = (group * d.row_lanes + row_lane) * Rows;
    const int* list = lists + group * (taps + 1);
    Sums<Outputs, Rows> sums = {};
    Weights<Outputs> weights, next;
    int index = slice / d.quads;
    int quad = slice % d.quads;
    bool more = index < list[0];
    if (more) {
      next.template load<Down, Resident>(l, from, list[1 + index], quad, first + column);
    }
    while (more) {
      weights = next;
      const unsigned* rows =
          reinterpret_cast<const unsigned*>(sources + list[1 + index] * d.padded_rows + row);
      int at = quad;
      quad += quad_step;
      index += tap_step;
      if (quad >= d.quads) {
        quad -= d.quads;
        index++;
      }
      more = index < list[0];
      if (more) {  // loads while the previous one is multiplied
        next.template load<Down, Resident>(l, from, list[1 + index], quad, first + column);
      }
      accumulate<Down>(weights, quads, rows, at, sums);
    }
    int count = Rows;
    if (slice_lanes >= 2) {
      bool upper = lane & 16;
      halve<Rows / 2>(sums, 16, upper);
      count = Rows / 2;
      row += upper ? count : 0;
    }
    if (slice_lanes == 4) {
      bool upper = lane & 8;
      halve<Rows / 4>(sums, 8, upper);
      count = Rows / 4;
      row += upper ? count : 0;
    }
    float* to = shared + a.partial + (warp % d.split * d.padded_rows + row) * d.padded_columns;
    store<Outputs, Rows, Down>(d, sums, count, to, column);
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

// An element of a product, with the slices added in order.
struct Result {
  const Product& d;
  const unsigned short* places;
  const float* partial;

  __device__ Result(const Rollout& a, const Product& product, const float* shared)
      : d(product),
        places(reinterpret_cast<const unsigned short*>(shared + a.tables) + product.places),
        partial(shared + a.partial) {}

  __device__ float at(int row, int column) const {
    int index = places[row] * d.padded_columns + column;
    float sum = partial[index];
    for (int i = 1; i < d.split; i++) {
      sum += partial[index + i * d.padded_rows * d.padded_columns];
    }
    return sum;
  }
};

}  // namespace hgn::rollout
