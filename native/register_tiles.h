// Products of small matrices whose results stay in registers.
#pragma once

#include "simd.h"
#include "winograd_filters.h"

namespace hgn::HGN_ISA {

// Rows of a product tile with so many vectors.
#if HGN_VECTOR_BYTES == 64
constexpr int kProductRows[] = {0, 12, 12, 8, 6};
#else
constexpr int kProductRows[] = {0, 12, 6};
#endif

// m (R rows, V vectors) = a (R rows, inner) b (inner, V vectors), added to what is there unless it
// is the first.
template <int R, int V>
void product_tile(const float* a, int64_t a_pitch, int inner, const float* b, int64_t b_pitch,
                  bool first, float* m, int64_t m_pitch) {
  Vec sum[R][V];
#pragma GCC unroll 16
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      sum[r][v] = first ? Vec{} : load(m + r * m_pitch + v * kLanes);
    }
  }
  for (int c = 0; c < inner; c++) {
    Vec weight[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      weight[v] = load(b + v * kLanes);
    }
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) {
      Vec x = broadcast(a[r * a_pitch + c]);
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) {
        sum[r][v] += x * weight[v];
      }
    }
    b += b_pitch;
  }
#pragma GCC unroll 16
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      store(m + r * m_pitch + v * kLanes, sum[r][v]);
    }
  }
}

using ProductTile = void (*)(const float*, int64_t, int, const float*, int64_t, bool, float*,
                             int64_t);

#if HGN_VECTOR_BYTES == 64
constexpr ProductTile kProductTiles[] = {nullptr, product_tile<12, 1>, product_tile<12, 2>,
                                         product_tile<8, 3>, product_tile<6, 4>};
#else
constexpr ProductTile kProductTiles[] = {nullptr, product_tile<12, 1>, product_tile<6, 2>};
#endif

constexpr int kOuterRows = 6;

// sums (R rows, V vectors) = sum over t of a[t]^T b[t], added to what is there unless it is the
// first.
template <int R, int V>
void outer_tile(const float* a, int64_t a_pitch, const float* b, int64_t b_pitch, int count,
                bool first, float* sums, int64_t pitch) {
  Vec sum[R][V];
#pragma GCC unroll 8
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      sum[r][v] = Vec{};
    }
  }
  for (int t = 0; t < count; t++) {
    Vec column[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      column[v] = load(b + v * kLanes);
    }
#pragma GCC unroll 8
    for (int r = 0; r < R; r++) {
      Vec x = broadcast(a[r]);
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) {
        sum[r][v] += x * column[v];
      }
    }
    a += a_pitch;
    b += b_pitch;
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      float* to = sums + r * pitch + v * kLanes;
      store(to, first ? sum[r][v] : sum[r][v] + load(to));
    }
  }
}

using OuterTile = void (*)(const float*, int64_t, const float*, int64_t, int, bool, float*,
                           int64_t);

// By rows / 2 and vectors; an odd row has another beside it, up to a whole vector.
template <int V>
constexpr OuterTile kOuterTiles[] = {nullptr, outer_tile<2, V>, outer_tile<4, V>, outer_tile<6, V>};

inline OuterTile outer_tile_for(int rows, int vectors) {
  switch (vectors) {
    case 1:
      return kOuterTiles<1>[rows / 2];
    case 2:
      return kOuterTiles<2>[rows / 2];
#if HGN_VECTOR_BYTES == 64
    case 3:
      return kOuterTiles<3>[rows / 2];
#endif
    default:
      return kOuterTiles<kFilterVectors>[rows / 2];
  }
}

}  // namespace hgn::HGN_ISA
