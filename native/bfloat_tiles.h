// Products of bfloat16 matrices with float32 sums, a block of 16 or 32 rows and columns at a time:
// by AMX's tiles where the instruction set has them, otherwise the same by vectors.
//
// A row of the left side has its terms in a sequence, a row of the right side two terms of each
// column in turn. Terms come in chunks of up to 16 pairs, which is what a tile holds.
#pragma once

#include "bfloat.h"

namespace hgn::HGN_ISA {

constexpr int kTileSide = 16;   // rows and columns of sums
constexpr int kTilePairs = 16;  // of terms, at most
constexpr int kMostTiles = 2;   // each way in a block: 4 tiles of sums, 2 of each side

struct TileProduct {
  const Bfloat* a[kMostTiles];  // first row of each tile of the left side
  int64_t a_pitch;              // numbers from row to row

  // Terms of the left side: `lines` times `chunks` chunks.
  int lines;
  int64_t a_line;
  int chunks;
  int64_t a_chunk;

  const Bfloat* b;  // chunk after chunk
  int64_t b_pitch;  // from a pair of terms to the next
  int64_t b_chunk;
  int64_t b_tile;

  float* sums;
  int64_t sums_pitch;
  bool start;  // at zero, rather than at what is there
};

#if defined(__AMX_BF16__)

// The tiles of this thread while it lives, for chunks of so many pairs.
class Tiles {
 public:
  explicit Tiles(int pairs) {
    Layout layout = {};
    layout.palette = 1;
    for (int i = 0; i < 8; i++) {
      bool left = i == 4 || i == 5;
      bool right = i > 5;
      layout.bytes[i] = static_cast<uint16_t>(left ? 4 * pairs : 4 * kTileSide);
      layout.rows[i] = static_cast<uint8_t>(right ? pairs : kTileSide);
    }
    asm volatile("ldtilecfg %0" : : "m"(layout));
  }
  ~Tiles() { asm volatile("tilerelease"); }
  Tiles(const Tiles&) = delete;
  Tiles& operator=(const Tiles&) = delete;

  template <int Rows, int Columns>
  void multiply(const TileProduct& p) const;

 private:
  struct alignas(64) Layout {
    uint8_t palette, start_row, reserved[14];
    uint16_t bytes[16];  // of a row
    uint8_t rows[16];
  };
};

// The assembler's own words, since the compilers' functions do not tell that they read and write
// memory.
#define HGN_TILE_LOAD(tile, from, pitch) \
  asm volatile("tileloadd (%0,%1,1), %%tmm" #tile : : "r"(from), "r"(pitch) : "memory")
#define HGN_TILE_STORE(tile, to, pitch) \
  asm volatile("tilestored %%tmm" #tile ", (%0,%1,1)" : : "r"(to), "r"(pitch) : "memory")
#define HGN_TILE_ZERO(tile) asm volatile("tilezero %tmm" #tile)
#define HGN_TILE_ADD(sum, left, right) \
  asm volatile("tdpbf16ps %tmm" #right ", %tmm" #left ", %tmm" #sum)

template <int Rows, int Columns>
inline void Tiles::multiply(const TileProduct& p) const {
  int64_t a_bytes = p.a_pitch * int64_t{sizeof(Bfloat)};
  int64_t b_bytes = p.b_pitch * int64_t{sizeof(Bfloat)};
  int64_t sums_bytes = p.sums_pitch * int64_t{sizeof(float)};
  float* below = p.sums + kTileSide * p.sums_pitch;
  if (p.start) {
    HGN_TILE_ZERO(0);
    HGN_TILE_ZERO(1);
    HGN_TILE_ZERO(2);
    HGN_TILE_ZERO(3);
  } else {
    HGN_TILE_LOAD(0, p.sums, sums_bytes);
    if constexpr (Columns > 1) {
      HGN_TILE_LOAD(1, p.sums + kTileSide, sums_bytes);
    }
    if constexpr (Rows > 1) {
      HGN_TILE_LOAD(2, below, sums_bytes);
    }
    if constexpr (Rows > 1 && Columns > 1) {
      HGN_TILE_LOAD(3, below + kTileSide, sums_bytes);
    }
  }
  const Bfloat* b = p.b;
  for (int line = 0; line < p.lines; line++) {
    int64_t from = line * p.a_line;
    for (int chunk = 0; chunk < p.chunks; chunk++) {
      HGN_TILE_LOAD(6, b, b_bytes);
      HGN_TILE_LOAD(4, p.a[0] + from, a_bytes);
      HGN_TILE_ADD(0, 4, 6);
      if constexpr (Columns > 1) {
        HGN_TILE_LOAD(7, b + p.b_tile, b_bytes);
        HGN_TILE_ADD(1, 4, 7);
      }
      if constexpr (Rows > 1) {
        HGN_TILE_LOAD(5, p.a[1] + from, a_bytes);
        HGN_TILE_ADD(2, 5, 6);
      }
      if constexpr (Rows > 1 && Columns > 1) {
        HGN_TILE_ADD(3, 5, 7);
      }
      from += p.a_chunk;
      b += p.b_chunk;
    }
  }
  HGN_TILE_STORE(0, p.sums, sums_bytes);
  if constexpr (Columns > 1) {
    HGN_TILE_STORE(1, p.sums + kTileSide, sums_bytes);
  }
  if constexpr (Rows > 1) {
    HGN_TILE_STORE(2, below, sums_bytes);
  }
  if constexpr (Rows > 1 && Columns > 1) {
    HGN_TILE_STORE(3, below + kTileSide, sums_bytes);
  }
}

#else

class Tiles {
 public:
  explicit Tiles(int pairs) : pairs_(pairs) {}

  template <int Rows, int Columns>
  void multiply(const TileProduct& p) const {
    for (int row = 0; row < Rows * kTileSide; row++) {
      const Bfloat* a = p.a[row / kTileSide] + row % kTileSide * p.a_pitch;
      for (int column = 0; column < Columns * kTileSide; column += kLanes) {
        const Bfloat* b = p.b + column / kTileSide * p.b_tile + column % kTileSide * 2;
        float* sum = p.sums + row * p.sums_pitch + column;
        store(sum, add(p, a, b, p.start ? Vec{} : load(sum)));
      }
    }
  }

 private:
  Vec add(const TileProduct& p, const Bfloat* a, const Bfloat* b, Vec sum) const {
    for (int line = 0; line < p.lines; line++) {
      const Bfloat* from = a + line * p.a_line;
      for (int chunk = 0; chunk < p.chunks; chunk++) {
        for (int i = 0; i < pairs_; i++) {
          uint32_t pair;
          std::memcpy(&pair, from + 2 * i, sizeof(pair));
          WordVec both = WordVec{} + pair;
          WordVec weights = load_words(b + i * p.b_pitch);
          sum += low_of(both) * low_of(weights);
          sum += high_of(both) * high_of(weights);
        }
        from += p.a_chunk;
        b += p.b_chunk;
      }
    }
    return sum;
  }

  int pairs_;
};

#endif

// A block of as many tiles each way, 1 or 2.
inline void multiply(const Tiles& tiles, int rows, int columns, const TileProduct& p) {
  if (rows > 1) {
    columns > 1 ? tiles.multiply<2, 2>(p) : tiles.multiply<2, 1>(p);
  } else {
    columns > 1 ? tiles.multiply<1, 2>(p) : tiles.multiply<1, 1>(p);
  }
}

}  // namespace hgn::HGN_ISA
