// Blocks of tiles are transformed, multiplied and transformed back while they are in the
// second-level cache. Position k of a tile counts its 4x4 elements row by row; transformed images
// are (k, tile, channel), transformed weights (k, input, output).
#include "winograd.h"

#include <cstring>

#include "memory.h"
#include "ops.h"
#include "pack.h"
#include "parallel.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int kPositions = 16;
constexpr int kBlock = 24;  // tiles; a multiple of every number of rows in kRowsFor
constexpr int64_t kGrain = int64_t{1} << 22;  // multiply-adds that a thread should have at least
constexpr int kFewestChannels = 32;
constexpr int kFewestPixels = 8;  // in height and width

#if HGN_VECTOR_BYTES == 64
constexpr int kMostVectors = 4;
constexpr int kRowsFor[] = {0, 12, 12, 8, 6};
#else
constexpr int kMostVectors = 2;
constexpr int kRowsFor[] = {0, 12, 6};
#endif

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
void transform_input(const Images& x, const Tiling& tiling, int64_t first, int count, int top,
                     int left, const float* zeros, float* to) {
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
void transform_cotangent(const Images& g, const Tiling& tiling, int64_t first, int count,
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
void transform_output(const float* from, const Tiling& tiling, int64_t first, int count,
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
void transform_weights(const float* w, int64_t size, bool turned, float* to) {
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
void gather_weights(const float* from, int parts, int64_t size, float* w) {
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

// m (R rows, V vectors) = a (R rows, inner) b (inner, V vectors).
template <int R, int V>
void product_tile(const float* a, int inner, const float* b, int64_t b_pitch, float* m,
                  int64_t m_pitch) {
  Vec sum[R][V] = {};
  for (int c = 0; c < inner; c++) {
    Vec weight[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      weight[v] = load(b + v * kLanes);
    }
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) {
      Vec x = broadcast(a[r * inner + c]);
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

using ProductTile = void (*)(const float*, int, const float*, int64_t, float*, int64_t);

#if HGN_VECTOR_BYTES == 64
constexpr ProductTile kProductTiles[] = {nullptr, product_tile<12, 1>, product_tile<12, 2>,
                                         product_tile<8, 3>, product_tile<6, 4>};
#else
constexpr ProductTile kProductTiles[] = {nullptr, product_tile<12, 1>, product_tile<6, 2>};
#endif

// M_k = V_k U_k for a block of tiles; rows beyond `count` up to a whole register tile are computed
// from whatever lies there, and not used.
void multiply(const float* v, int count, int channels, const PanelView& u, const Panels& panels,
              int outputs, float* m) {
  for (int k = 0; k < kPositions; k++) {
    const float* a = v + int64_t{k} * kBlock * channels;
    for (int panel = 0; panel < panels.count; panel++) {
      int vectors = panels.vectors_of(panel);
      const float* b = u.data + panel * u.panel_stride + k * u.tap_stride;
      float* to = m + int64_t{k} * kBlock * outputs + panel * panels.width();
      for (int row = 0; row < count; row += kRowsFor[vectors]) {
        kProductTiles[vectors](a + int64_t{row} * channels, channels, b, u.row_stride,
                               to + int64_t{row} * outputs, outputs);
      }
    }
  }
}

int parts_of(const Tiling& tiling, int64_t products) {
  return static_cast<int>(smaller(ceil_div(tiling.count, kBlock),
                                  parts_for(tiling.count * kPositions * products, kGrain)));
}

// This thread's memory for a block; `zeros` is what tiles see outside of the images.
struct BlockMemory {
  float* left;
  float* right;
  float* zeros;

  BlockMemory(int64_t left_channels, int64_t right_channels) {
    int64_t tiles = int64_t{kPositions} * kBlock;
    int64_t most = larger(left_channels, right_channels);
    left = scratch_floats(Slot::kTiles, tiles * (left_channels + right_channels) + most);
    right = left + tiles * left_channels;
    zeros = right + tiles * right_channels;
    std::memset(zeros, 0, most * sizeof(float));
  }
};

void convolve(const Images& x, int samples, int top, int left, const PanelView& u,
              const Panels& panels, const Outputs& y) {
  Tiling tiling(samples, y.height, y.width);
  int parts = parts_of(tiling, int64_t{x.channels} * y.channels);
  int64_t blocks = ceil_div(tiling.count, kBlock);
  parallel_parts(parts, [&](int part) {
    BlockMemory memory(x.channels, y.channels);
    for (int64_t b = blocks * part / parts; b < blocks * (part + 1) / parts; b++) {
      int64_t first = b * kBlock;
      int count = static_cast<int>(smaller(kBlock, tiling.count - first));
      transform_input(x, tiling, first, count, top, left, memory.zeros, memory.left);
      multiply(memory.left, count, x.channels, u, panels, y.channels, memory.right);
      transform_output(memory.right, tiling, first, count, y);
    }
  });
}

constexpr int kOuterRows = 4;

// sums (kOuterRows rows, V vectors) += sum over t of a[t]^T b[t].
template <int V>
void outer_tile(const float* a, int64_t a_pitch, const float* b, int64_t b_pitch, int count,
                float* sums, int64_t pitch) {
  Vec sum[kOuterRows][V];
#pragma GCC unroll 4
  for (int r = 0; r < kOuterRows; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      sum[r][v] = load(sums + r * pitch + v * kLanes);
    }
  }
  for (int t = 0; t < count; t++) {
    Vec column[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      column[v] = load(b + v * kLanes);
    }
#pragma GCC unroll 4
    for (int r = 0; r < kOuterRows; r++) {
      Vec x = broadcast(a[r]);
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) {
        sum[r][v] += x * column[v];
      }
    }
    a += a_pitch;
    b += b_pitch;
  }
#pragma GCC unroll 4
  for (int r = 0; r < kOuterRows; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      store(sums + r * pitch + v * kLanes, sum[r][v]);
    }
  }
}

using OuterTile = void (*)(const float*, int64_t, const float*, int64_t, int, float*, int64_t);

#if HGN_VECTOR_BYTES == 64
constexpr OuterTile kOuterTiles[] = {nullptr, outer_tile<1>, outer_tile<2>, outer_tile<3>,
                                     outer_tile<4>};
#else
constexpr OuterTile kOuterTiles[] = {nullptr, outer_tile<1>, outer_tile<2>};
#endif

// sums_k += V_k^T P_k for a block of tiles.
void accumulate(const float* v, const float* p, int count, int channels, int outputs, float* sums) {
  int vectors = outputs / kLanes;
  for (int k = 0; k < kPositions; k++) {
    const float* a = v + int64_t{k} * kBlock * channels;
    const float* b = p + int64_t{k} * kBlock * outputs;
    float* to = sums + int64_t{k} * channels * outputs;
    for (int o = 0; o < vectors; o += kMostVectors) {
      int some = static_cast<int>(smaller(kMostVectors, vectors - o));
      for (int c = 0; c < channels; c += kOuterRows) {
        kOuterTiles[some](a + c, channels, b + o * kLanes, outputs, count,
                          to + int64_t{c} * outputs + o * kLanes, outputs);
      }
    }
  }
}

}  // namespace

bool winograd_pays(const ConvShape& s) {
  return s.kernel_height == 3 && s.kernel_width == 3 && s.stride == 1 && s.channels % kLanes == 0 &&
         s.out_channels % kLanes == 0 && s.channels >= kFewestChannels &&
         s.out_channels >= kFewestChannels && s.out_height >= kFewestPixels &&
         s.out_width >= kFewestPixels;
}

void winograd_conv(const ConvShape& s, const float* x, const float* w, const float* bias,
                   Activation f, float* y) {
  int64_t pairs = int64_t{s.channels} * s.out_channels;
  float* u = scratch_floats(Slot::kPartials, kPositions * pairs);
  transform_weights(w, pairs, false, u);
  Panels panels = panels_for(s.out_channels, kMostVectors);
  PanelView view =
      pack(u, kPositions, s.channels, s.out_channels, panels,
           scratch_floats(Slot::kWeights, kPositions * s.channels * panels.count * panels.width()));
  convolve({x, s.height, s.width, s.channels}, s.samples, s.top, s.left, view, panels,
           {y, s.out_height, s.out_width, s.out_channels, bias, f});
}

void winograd_input_grad(const ConvShape& s, const float* g, const float* w, float* x) {
  int64_t pairs = int64_t{s.channels} * s.out_channels;
  float* u = scratch_floats(Slot::kPartials, kPositions * pairs);
  transform_weights(w, pairs, true, u);
  Panels panels = panels_for(s.channels, kMostVectors);
  PanelView view = pack_transposed(
      u, kPositions, s.out_channels, s.channels, panels,
      scratch_floats(Slot::kWeights, kPositions * s.out_channels * panels.count * panels.width()));
  convolve({g, s.out_height, s.out_width, s.out_channels}, s.samples, 2 - s.top, 2 - s.left, view,
           panels, {x, s.height, s.width, s.channels, nullptr, Activation::kIdentity});
}

void winograd_weight_grad(const ConvShape& s, const float* x, const float* g, float* w) {
  int64_t pairs = int64_t{s.channels} * s.out_channels;
  Images image = {x, s.height, s.width, s.channels};
  Images cotangent = {g, s.out_height, s.out_width, s.out_channels};
  Tiling tiling(s.samples, s.out_height, s.out_width);
  int parts = parts_of(tiling, pairs);
  float* sums = scratch_floats(Slot::kPartials, int64_t{parts} * kPositions * pairs);
  int64_t blocks = ceil_div(tiling.count, kBlock);
  parallel_parts(parts, [&](int part) {
    BlockMemory memory(s.channels, s.out_channels);
    float* own = sums + int64_t{part} * kPositions * pairs;
    std::memset(own, 0, kPositions * pairs * sizeof(float));
    for (int64_t b = blocks * part / parts; b < blocks * (part + 1) / parts; b++) {
      int64_t first = b * kBlock;
      int count = static_cast<int>(smaller(kBlock, tiling.count - first));
      transform_input(image, tiling, first, count, s.top, s.left, memory.zeros, memory.left);
      transform_cotangent(cotangent, tiling, first, count, memory.zeros, memory.right);
      accumulate(memory.left, memory.right, count, s.channels, s.out_channels, own);
    }
  });
  gather_weights(sums, parts, pairs, w);
}

}  // namespace hgn::HGN_ISA
