// The products of a rollout: convolutions, up and down, of data in shared memory by a whole block,
// and their results. See rollout.cuh.
#pragma once

#include "rollout_share.cuh"

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

// Where a thread finds the weights of its columns. Down, a column is an input, with four outputs;
// up, it is a quad of outputs, for each of four inputs. Columns in the padding read others'
// weights, and their sums are not stored.
template <int Outputs, bool Down, bool Resident>
struct Columns {
  const float4* at[Outputs];
  int of_quad;  // down: what permutes a quad; up: from one quad of inputs to the next
  int odd;      // up: how an odd quad is permuted

  __device__ Columns(const Layer& l, const float4* from, int column) {
    int wide = l.wide;
    if constexpr (Down) {
#pragma unroll
      for (int o = 0; o < Outputs; o++) {
        at[o] = from + min(column + 8 * o, l.last_input) * wide;
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

// Writes the first rows of sums, `pitch` floats apart.
template <int Kept, bool Down, int Outputs, int Rows>
__device__ void store(const Sums<Outputs, Rows>& sums, float* to, int column, int pitch) {
  constexpr int kStep = Down ? 1 : 4;
#pragma unroll
  for (int o = 0; o < Outputs; o += kStep) {
    int at = Down ? column + 8 * o : 4 * (column + 2 * o);
    if (at < pitch) {
#pragma unroll
      for (int r = 0; r < Kept; r++) {
        const float* s = &sums.at[r][o];
        if constexpr (Down) {
          to[r * pitch + at] = s[0];
        } else {
          store4(to + r * pitch + at, make_float4(s[0], s[1], s[2], s[3]));
        }
      }
    }
  }
}

// A whole product: partial[slice][row][column], for columns starting at `first`. Waits for the
// source.
template <int Outputs, int Rows, bool Down, bool Resident>
__device__ void product(const Rollout& a, const Layer& l, const Product& d, float* shared,
                        int first) {
  const float4* from =
      reinterpret_cast<const float4*>(Resident ? shared + l.weights : a.packed + l.weights);
  const float4* rows = reinterpret_cast<const float4*>(shared);
  int quads = held(d.quads.d);
  int quad_step = held(d.quad_step);
  int tap_step = held(d.tap_step);
  int pitch = held(d.padded_columns);
  int row_lanes_shift = held(d.row_lanes_shift);
  int split_shift = held(d.split_shift);
  int slice_floats = held(d.slice);
  int taps = held(d.taps);
  int lane = held(threadIdx.x % 32);
  int warp = held(threadIdx.x / 32);
  int part = warp & ((1 << split_shift) - 1);
  int slice_lanes_shift = 2 - row_lanes_shift;
  int row_lane = lane / 8 & ((1 << row_lanes_shift) - 1);
  int slice = (part << slice_lanes_shift) + (lane / 8 >> row_lanes_shift);
  // lanes that share sums begin with different rows, so that each keeps those that it began with
  int first_half = slice_lanes_shift > 0 && lane & 16 ? Rows / 2 : 0;
  int first_index = d.quads.quotient(slice);
  int first_quad = slice - first_index * quads;
  __syncthreads();
  for (int tile = warp >> split_shift; tile < d.tiles; tile += kWarps >> split_shift) {
    int group = d.column_groups.quotient(tile);
    int column = (tile - group * d.column_groups.d) * (Down ? 8 * Outputs : 2 * Outputs) + lane % 8;
    int row = ((group << row_lanes_shift) + row_lane) * Rows;
    const int2* list = reinterpret_cast<const int2*>(shared) + d.lists + group * (taps + 1);
    const unsigned short* sources =
        reinterpret_cast<const unsigned short*>(shared) + d.sources + row;
    const unsigned short* half = sources + first_half;
    const unsigned short* other = sources + Rows / 2 - first_half;
    Columns<Outputs, Down, Resident> columns(l, from, first + column);
    Sums<Outputs, Rows> sums = {};
    int index = first_index;
    int quad = first_quad;
    int2 tap = list[1 + min(index, taps - 1)];
    int count = list[0].x;
#pragma unroll 1
    while (index < count) {
      float4 weights[Outputs];
      columns.load(tap.x, quad, weights);
      accumulate<Down>(weights, rows + quad, Sources<Rows>(half + tap.y, other + tap.y), sums);
      quad += quad_step;
      index += tap_step;
      if (quad >= quads) {
        quad -= quads;
        index++;
      }
      tap = list[1 + min(index, taps - 1)];
    }
    float* to = shared + a.partial + part * slice_floats + row * pitch;
    if (slice_lanes_shift == 0) {
      store<Rows, Down>(sums, to, column, pitch);
      continue;
    }
    add_half(sums, 16);
    to += first_half * pitch;
    if (slice_lanes_shift == 1) {
      store<Rows / 2, Down>(sums, to, column, pitch);
      continue;
    }
    bool upper = lane & 8;
    add_quarter(sums, 8, upper);
    to += upper ? Rows / 4 * pitch : 0;
    store<Rows / 4, Down>(sums, to, column, pitch);
  }
}

template <bool Down, bool Resident>
__device__ void sized(const Rollout& a, const Layer& l, const Product& d, float* shared,
                      int first) {
  if (Down && d.outputs_per_thread == 2) {
    product<2, 8, true, Resident>(a, l, d, shared, first);
  } else if (d.outputs_per_thread == 8) {
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

// Waits for the source of a product, computes it and waits for it; in between calls body(), which
// may read the source. Of a product down to the state, `half` says whether it starts with p.
template <bool Down, typename Body>
__device__ void multiply(OneBlock, const Rollout& a, const Layer& l, const Product& d,
                         float* shared, int half, const Body& body) {
  int first = half * a.channels.d;
  if (l.resident) {
    sized<Down, true>(a, l, d, shared, first);
  } else {
    sized<Down, false>(a, l, d, shared, first);
  }
  body();
  __syncthreads();
}

// The same of a product down to the state, after whose body() others may store here. Of other
// products of a cluster there is no result to wait for: see share_of_product.
template <bool Down, typename Body>
__device__ __forceinline__ void multiply(ClusterBlocks& blocks, const Rollout&, const Layer&,
                                         const Product& d, float* shared, int half,
                                         const Body& body) {
  Errand own = errand(d, shared);
  Kept<1> sums = share_of_product<1>(d, own, shared, half, [&] { blocks.wait(); });
  store_sums(own, sums, shared);
  body();
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
struct Result {
  int slice, split_shift;
  const float* partial;

  __device__ Result(const Rollout& a, const Product& d, const float* shared)
      : slice(held(d.slice)), split_shift(held(d.split_shift)), partial(shared + held(a.partial)) {}

  // One element, or one quad of a row.
  __device__ float at(int place) const { return sum<float>(place); }
  __device__ float4 quad(int place) const { return sum<float4>(place); }

 private:
  template <typename T>
  __device__ T sum(int place) const {
    const float* from = partial + place;
    switch (split_shift) {
      case 0:
        return sum<T, 1>(from);
      case 1:
        return sum<T, 2>(from);
      case 2:
        return sum<T, 4>(from);
      default:
        return sum<T, 8>(from);
    }
  }

  template <typename T, int Slices>
  __device__ T sum(const float* from) const {
    T slices[Slices];
#pragma unroll
    for (int i = 0; i < Slices; i++) {
      slices[i] = *reinterpret_cast<const T*>(from + i * slice);
    }
    T sum = slices[0];
#pragma unroll
    for (int i = 1; i < Slices; i++) {
      add(sum, slices[i]);
    }
    return sum;
  }
};

// Calls body(spot) for each quad of one plane of a result.
template <bool Down, typename Body>
__device__ void each_spot(const Product& d, const float* shared, const Body& body) {
  const unsigned short* places = reinterpret_cast<const unsigned short*>(shared) + held(d.places);
  int pitch = held(d.padded_columns);
  int plane_rows = held(d.plane_rows);
  int quads = plane_rows * d.share.d;
  for (int i = threadIdx.x; i < quads; i += kThreads) {
    int row = d.share.quotient(i);
    int first = 4 * (i - row * d.share.d);
    Spot spot;
    spot.place = (Down ? places[row] : row) * pitch + first;
    spot.tangent = (Down ? places[row + plane_rows] : row + plane_rows) * pitch + first;
    spot.at = 4 * i;
    spot.channels = first;
    body(spot);
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
