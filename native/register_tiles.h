// Products of small matrices whose results stay in registers. Meanwhile a tile asks for memory, see
// ahead.h, in as many steps as it adds up products.
#pragma once

#include "ahead.h"
#include "simd.h"
#include "winograd_filters.h"

namespace hgn::HGN_ISA {

// Whether a tile of so many vectors multiplies for longer than it loads, so that it can ask
// besides.
inline bool has_time_to_ask(int vectors) { return vectors > 1; }

// Rows of a product tile with so many vectors.
#if HGN_VECTOR_BYTES == 64
constexpr int kProductRows[] = {0, 12, 12, 6, 6};
#else
constexpr int kProductRows[] = {0, 12, 6};
#endif

// m (R rows, V vectors) = a (R rows, inner) b (inner, V vectors), added to what is there unless it
// is the first.
template <class Ask, int R, int V>
void product_tile(const float* a, int64_t a_pitch, int inner, const float* b, int64_t b_pitch,
                  bool first, float* m, int64_t m_pitch, const Ask& ahead) {
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
    ahead.ask(c);
  }
#pragma GCC unroll 16
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      store(m + r * m_pitch + v * kLanes, sum[r][v]);
    }
  }
}

template <class Ask>
using ProductTile = void (*)(const float*, int64_t, int, const float*, int64_t, bool, float*,
                             int64_t, const Ask&);

#if HGN_VECTOR_BYTES == 64
template <class Ask>
constexpr ProductTile<Ask> kProductTiles[] = {nullptr, product_tile<Ask, 12, 1>,
                                              product_tile<Ask, 12, 2>, product_tile<Ask, 6, 3>,
                                              product_tile<Ask, 6, 4>};
#else
template <class Ask>
constexpr ProductTile<Ask> kProductTiles[] = {nullptr, product_tile<Ask, 12, 1>,
                                              product_tile<Ask, 6, 2>};
#endif

constexpr int kOuterRows = 6;

// sums (R rows, V vectors) = sum over t of a[t]^T b[t], added to what is there unless it is the
// first.
template <class Ask, int R, int V>
void outer_tile(const float* a, int64_t a_pitch, const float* b, int64_t b_pitch, int count,
                bool first, float* sums, int64_t pitch, const Ask& ahead) {
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
    ahead.ask(t);
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

template <class Ask>
using OuterTile = void (*)(const float*, int64_t, const float*, int64_t, int, bool, float*, int64_t,
                           const Ask&);

// By rows / 2 and vectors; an odd row has another beside it, up to a whole vector.
template <class Ask, int V>
constexpr OuterTile<Ask> kOuterTiles[] = {nullptr, outer_tile<Ask, 2, V>, outer_tile<Ask, 4, V>,
                                          outer_tile<Ask, 6, V>};

template <class Ask>
OuterTile<Ask> outer_tile_for(int rows, int vectors) {
  switch (vectors) {
    case 1:
      return kOuterTiles<Ask, 1>[rows / 2];
    case 2:
      return kOuterTiles<Ask, 2>[rows / 2];
#if HGN_VECTOR_BYTES == 64
    case 3:
      return kOuterTiles<Ask, 3>[rows / 2];
#endif
    default:
      return kOuterTiles<Ask, kFilterVectors>[rows / 2];
  }
}

}  // namespace hgn::HGN_ISA
