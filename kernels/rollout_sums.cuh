// The sums that a thread keeps in a product, and how lanes add theirs. See rollout.cuh.
#pragma once

#include "rollout.cuh"

namespace hgn::rollout {

template <int Outputs, int Rows>
struct Sums {
  float at[Rows][Outputs];
};

// The addresses of rows, two in a word: of one half of them, then of the other.
template <int Rows>
struct Sources {
  unsigned words[Rows / 2];

  __device__ Sources(const unsigned short* half, const unsigned short* other) {
    if constexpr (Rows == 8) {
      uint2 first = *reinterpret_cast<const uint2*>(half);
      uint2 second = *reinterpret_cast<const uint2*>(other);
      words[0] = first.x;
      words[1] = first.y;
      words[2] = second.x;
      words[3] = second.y;
    } else {
      words[0] = *reinterpret_cast<const unsigned*>(half);
      words[1] = *reinterpret_cast<const unsigned*>(other);
    }
  }

  __device__ int at(int r) const {
    return r % 2 == 0 ? words[r / 2] & 0xffffu : words[r / 2] >> 16;
  }
};

// Adds a quad of channels of one row.
template <bool Down, int Outputs>
__device__ void accumulate(const float4 (&weights)[Outputs], float4 a, float (&sums)[Outputs]) {
#pragma unroll
  for (int o = 0; o < Outputs; o++) {
    float4 w = weights[o];
    if constexpr (Down) {
      float s = sums[o];
      s = fmaf(a.x, w.x, s);
      s = fmaf(a.y, w.y, s);
      s = fmaf(a.z, w.z, s);
      sums[o] = fmaf(a.w, w.w, s);
    } else {
      float x = o % 4 == 0 ? a.x : o % 4 == 1 ? a.y : o % 4 == 2 ? a.z : a.w;
      float* s = &sums[o / 4 * 4];
      s[0] = fmaf(x, w.x, s[0]);
      s[1] = fmaf(x, w.y, s[1]);
      s[2] = fmaf(x, w.z, s[2]);
      s[3] = fmaf(x, w.w, s[3]);
    }
  }
}

// The same of several; `rows` starts at that quad.
template <bool Down, int Outputs, int Rows>
__device__ void accumulate(const float4 (&weights)[Outputs], const float4* rows,
                           const Sources<Rows>& sources, Sums<Outputs, Rows>& sums) {
#pragma unroll
  for (int r = 0; r < Rows; r++) {
    accumulate<Down>(weights, rows[sources.at(r)], sums.at[r]);
  }
}

// Adds the second half of another lane's rows, which are the same as the first half of this one's.
template <int Outputs, int Rows>
__device__ void add_half(Sums<Outputs, Rows>& sums, int apart) {
#pragma unroll
  for (int r = 0; r < Rows / 2; r++) {
#pragma unroll
    for (int o = 0; o < Outputs; o++) {
      sums.at[r][o] += __shfl_xor_sync(0xffffffffu, sums.at[r + Rows / 2][o], apart);
    }
  }
}

// Adds the sums of two lanes that are `apart` from each other; each keeps one half of the first
// half of rows.
template <int Outputs, int Rows>
__device__ void add_quarter(Sums<Outputs, Rows>& sums, int apart, bool upper) {
#pragma unroll
  for (int r = 0; r < Rows / 4; r++) {
#pragma unroll
    for (int o = 0; o < Outputs; o++) {
      float low = sums.at[r][o];
      float high = sums.at[r + Rows / 4][o];
      float other = __shfl_xor_sync(0xffffffffu, upper ? low : high, apart);
      sums.at[r][o] = (upper ? high : low) + other;
    }
  }
}

}  // namespace hgn::rollout
