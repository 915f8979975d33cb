// The transforms of winograd.h: from pixels, cotangents and weights to the 16 positions of a tile,
// and back. Position k counts its 4x4 elements row by row; transformed images are (k, tile,
// channel), transformed weights (k, input, output).
#pragma once

#include "kernels.h"
#include "ops.h"
#include "parallel.h"
#include "simd.h"

namespace hgn::HGN_ISA {

constexpr int kPositions = 16;
constexpr int kBlock = 24;  // tiles that are transformed at once

// Images that tiles of 2x2 outputs are made of, or from: tile (n, i, j) covers the outputs from
// (2i, 2j) on, and sees the 4x4 inputs from (2i - top, 2j - left) on.
struct Tiling {
  int rows, columns;  // of tiles in an image
  int64_t count;      // in all images

  Tiling(int samples, int height, int width)
      : rows((height + 1) / 2),
        columns((width + 1) / 2),
        count(int64_t{samples} * rows * columns) {}
};

struct Tile {
  int sample, row, column;  // of its first output
};

inline Tile tile_at(const Tiling& tiling, int64_t index) {
  int column = static_cast<int>(index % tiling.columns);
  int64_t line = index / tiling.columns;
  return {static_cast<int>(line / tiling.rows), 2 * static_cast<int>(line % tiling.rows),
          2 * column};
}

struct Images {
  const float* data;
  int height, width, channels;
};

// The size x size pixels from (row, column) on; `zeros` stands for those outside.
template <int Size>
inline void pixels_from(const Images& x, int sample, int row, int column, const float* zeros,
                        const float* (&pixel)[Size][Size]) {
  for (int i = 0; i < Size; i++) {
    for (int j = 0; j < Size; j++) {
      unsigned r = static_cast<unsigned>(row + i);
      unsigned c = static_cast<unsigned>(column + j);
      bool inside = r < static_cast<unsigned>(x.height) && c < static_cast<unsigned>(x.width);
      int64_t at = (int64_t{sample} * x.height + static_cast<int>(r)) * x.width + c;
      pixel[i][j] = inside ? x.data + at * x.channels : zeros;
    }
  }
}

// B^T d along one direction: (d0 - d2, d1 + d2, d2 - d1, d1 - d3).
inline void spread_input(Vec& a, Vec& b, Vec& c, Vec& d) {
  Vec first = a - c;
  Vec second = b + c;
  Vec third = c - b;
  Vec fourth = b - d;
  a = first;
  b = second;
  c = third;
  d = fourth;
}

// V = B^T d B of tiles first, first + 1, ...
inline void transform_input(const Images& x, const Tiling& tiling, int64_t first, int count,
                            int top, int left, const float* zeros, float* to) {
  int64_t plane = int64_t{kBlock} * x.channels;
  for (int t = 0; t < count; t++) {
    Tile tile = tile_at(tiling, first + t);
    const float* pixel[4][4];
    pixels_from(x, tile.sample, tile.row - top, tile.column - left, zeros, pixel);
    float* out = to + int64_t{t} * x.channels;
    for (int c = 0; c < x.channels; c += kLanes) {
      Vec d[4][4];
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          d[i][j] = load(pixel[i][j] + c);
        }
      }
      for (int j = 0; j < 4; j++) {
        spread_input(d[0][j], d[1][j], d[2][j], d[3][j]);
      }
      for (int i = 0; i < 4; i++) {
        spread_input(d[i][0], d[i][1], d[i][2], d[i][3]);
        for (int j = 0; j < 4; j++) {
          store(out + (4 * i + j) * plane + c, d[i][j]);
        }
      }
    }
  }
}

// P = A g A^T of tiles of a cotangent, with A = (1 0 / 1 1 / 1 -1 / 0 -1): the adjoint of
// gathering outputs.
inline void transform_cotangent(const Images& g, const Tiling& tiling, int64_t first, int count,
                                const float* zeros, float* to) {
  int64_t plane = int64_t{kBlock} * g.channels;
  for (int t = 0; t < count; t++) {
    Tile tile = tile_at(tiling, first + t);
    const float* pixel[2][2];
    pixels_from(g, tile.sample, tile.row, tile.column, zeros, pixel);
    float* out = to + int64_t{t} * g.channels;
    for (int c = 0; c < g.channels; c += kLanes) {
      Vec s[4][2];
      for (int j = 0; j < 2; j++) {
        Vec above = load(pixel[0][j] + c);
        Vec below = load(pixel[1][j] + c);
        s[0][j] = above;
        s[1][j] = above + below;
        s[2][j] = above - below;
        s[3][j] = -below;
      }
      for (int i = 0; i < 4; i++) {
        float* row = out + 4 * i * plane + c;
        store(row, s[i][0]);
        store(row + plane, s[i][0] + s[i][1]);
        store(row + 2 * plane, s[i][0] - s[i][1]);
        store(row + 3 * plane, -s[i][1]);
      }
    }
  }
}

struct Outputs {
  float* data;
  int height, width, channels;
  const float* bias;  // or null
  Activation f;
};

// y = f(A^T M A + bias).
inline void transform_output(const float* from, const Tiling& tiling, int64_t first, int count,
                             const Outputs& y) {
  int64_t plane = int64_t{kBlock} * y.channels;
  for (int t = 0; t < count; t++) {
    Tile tile = tile_at(tiling, first + t);
    int rows = static_cast<int>(smaller(2, y.height - tile.row));
    int columns = static_cast<int>(smaller(2, y.width - tile.column));
    int64_t at = (int64_t{tile.sample} * y.height + tile.row) * y.width + tile.column;
    float* out = y.data + at * y.channels;
    int64_t line = int64_t{y.width} * y.channels;
    const float* in = from + int64_t{t} * y.channels;
    for (int c = 0; c < y.channels; c += kLanes) {
      Vec s[2][4];
      for (int j = 0; j < 4; j++) {
        const float* m = in + j * plane + c;
        Vec m1 = load(m + 4 * plane);
        Vec m2 = load(m + 8 * plane);
        s[0][j] = load(m) + m1 + m2;
        s[1][j] = m1 - m2 - load(m + 12 * plane);
      }
      Vec bias = y.bias == nullptr ? Vec{} : load(y.bias + c);
      for (int i = 0; i < rows; i++) {
        float* row = out + i * line + c;
        store(row, s[i][0] + s[i][1] + s[i][2] + bias);
        if (columns == 2) {
          store(row + y.channels, s[i][1] - s[i][2] - s[i][3] + bias);
        }
      }
    }
    for (int i = 0; i < rows; i++) {
      activate_span(y.f, out + i * line, int64_t{columns} * y.channels);
    }
  }
}

// G w G^T with G = (1 0 0 / 1/2 1/2 1/2 / 1/2 -1/2 1/2 / 0 0 1), for `size` pairs of channels at
// once; or of w turned around by half a turn.
inline void transform_weights(const float* w, int64_t size, bool turned, float* to) {
  parallel_ranges(size, 4096, kLanes, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i += kLanes) {
      Vec s[4][3];
      for (int dj = 0; dj < 3; dj++) {
        Vec tap[3];
        for (int di = 0; di < 3; di++) {
          int index = 3 * di + dj;
          tap[di] = load(w + (turned ? 8 - index : index) * size + i);
        }
        Vec outer = (tap[0] + tap[2]) * 0.5f;
        Vec middle = tap[1] * 0.5f;
        s[0][dj] = tap[0];
        s[1][dj] = outer + middle;
        s[2][dj] = outer - middle;
        s[3][dj] = tap[2];
      }
      for (int u = 0; u < 4; u++) {
        Vec outer = (s[u][0] + s[u][2]) * 0.5f;
        Vec middle = s[u][1] * 0.5f;
        float* out = to + 4 * u * size + i;
        store(out, s[u][0]);
        store(out + size, outer + middle);
        store(out + 2 * size, outer - middle);
        store(out + 3 * size, s[u][2]);
      }
    }
  });
}

// w = G^T U G, where U is the sum of `parts` arrays: the adjoint of transform_weights.
inline void gather_weights(const float* from, int parts, int64_t size, float* w) {
  parallel_ranges(size, 1024, kLanes, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i += kLanes) {
      Vec u[4][4];
      for (int k = 0; k < kPositions; k++) {
        Vec sum = load(from + k * size + i);
        for (int part = 1; part < parts; part++) {
          sum += load(from + (int64_t{part} * kPositions + k) * size + i);
        }
        u[k / 4][k % 4] = sum;
      }
      for (int di = 0; di < 3; di++) {
        Vec s[4];
        for (int v = 0; v < 4; v++) {
          Vec half = (di == 1 ? u[1][v] - u[2][v] : u[1][v] + u[2][v]) * 0.5f;
          s[v] = di == 0 ? u[0][v] + half : di == 1 ? half : half + u[3][v];
        }
        float* out = w + 3 * di * size + i;
        store(out, s[0] + (s[1] + s[2]) * 0.5f);
        store(out + size, (s[1] - s[2]) * 0.5f);
        store(out + 2 * size, (s[1] + s[2]) * 0.5f + s[3]);
      }
    }
  });
}

}  // namespace hgn::HGN_ISA
