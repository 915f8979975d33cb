// The transforms of a scheme of winograd_schemes.h by rows and columns: from pixels, cotangents and
// weights to the points of a tile, and back. Transformed images are (point, tile, channel), their
// points counted row by row, and transformed weights (product, input, output).
#pragma once

#include <cstring>

#include "ahead.h"
#include "kernels.h"
#include "ops.h"
#include "parallel.h"
#include "winograd_schemes.h"

namespace hgn::HGN_ISA {

// Floats of a tile at a point: whole vectors, with zeros behind the channels.
inline int padded(int channels) { return (channels + kLanes - 1) / kLanes * kLanes; }

// Tile (n, i, j) computes the outputs starting at (i kOut, j kOut) from the inputs starting at (i
// kStep - top, j kStep - left).
struct Tiling {
  int rows, columns;  // of tiles in an image
  int64_t count;      // in all images
  int block;          // tiles that are transformed at once

  Tiling(int samples, int height, int width, int outputs, int block)
      : rows((height + outputs - 1) / outputs),
        columns((width + outputs - 1) / outputs),
        count(int64_t{samples} * rows * columns),
        block(block) {}

  int64_t blocks() const { return ceil_div(count, block); }

  // Floats from one point's block to the next: an odd number of cache lines, so that the points of
  // a tile do not map to the same cache sets.
  int64_t plane(int channels) const { return int64_t{block} * padded(channels) + 16; }
};

struct Tile {
  int sample, row, column;
};

inline Tile tile_at(const Tiling& tiling, int64_t index) {
  int64_t line = index / tiling.columns;
  return {static_cast<int>(line / tiling.rows), static_cast<int>(line % tiling.rows),
          static_cast<int>(index % tiling.columns)};
}

struct Images {
  const float* data;
  int height, width, channels;
};

// The pixels, in whole rows, that up to `count` tiles from `first` on see, which may be none:
// `size` rows from row * step - top on each.
inline Stretch seen_by(const Tiling& tiling, int64_t first, int count, const Images& x, int step,
                       int top, int size) {
  if (first >= tiling.count) {
    return {x.data, 0};
  }
  Tile start = tile_at(tiling, first);
  Tile last = tile_at(tiling, smaller(tiling.count, first + count) - 1);
  int64_t row = int64_t{start.sample} * x.height + larger(0, start.row * step - top);
  int64_t end = int64_t{last.sample} * x.height + smaller(x.height, last.row * step - top + size);
  int64_t line = int64_t{x.width} * x.channels;
  return {x.data + row * line, (end - row) * line};
}

struct Outputs {
  float* data;
  int height, width, channels;
  const float* bias;  // or null
  Activation f;
};

// A square of pixels of an image, some of which may be outside it and count as zeros.
struct Patch {
  const float* data;  // of the first pixel, which is not read if it is outside
  int64_t line;       // floats from row to row
  unsigned rows;      // bit i: whether row i is inside
  unsigned columns;
  bool whole;
};

inline unsigned inside(int first, int count, int size) {
  unsigned bits = 0;
  for (int i = 0; i < count; i++) {
    bits |= static_cast<unsigned>(first + i >= 0 && first + i < size) << i;
  }
  return bits;
}

template <int Size>
inline Patch patch_at(const Images& x, int sample, int row, int column) {
  int64_t line = int64_t{x.width} * x.channels;
  const float* data =
      x.data + (int64_t{sample} * x.height + row) * line + int64_t{column} * x.channels;
  if (row >= 0 && column >= 0 && row + Size <= x.height && column + Size <= x.width) {
    return {data, line, 0, 0, true};
  }
  return {data, line, inside(row, Size, x.height), inside(column, Size, x.width), false};
}

// How much of a vector is in memory; the last channels may be fewer than its lanes.
struct Whole {
  Vec get(const float* p) const { return load(p); }
  void put(float* p, Vec v) const { store(p, v); }
};
struct Part {
  int64_t lanes;

  Vec get(const float* p) const { return load_part(p, lanes); }
  void put(float* p, Vec v) const { store_part(p, v, lanes); }
};

// Vectors of a square of positions, `step` floats apart in a row and `line` from row to row.
template <class Float, class Width = Whole>
struct Square {
  Float* data;
  int64_t line;
  int64_t step;
  Width width = {};

  Float* at(int i, int j) const { return data + i * line + j * step; }
};

// Out x Out vectors from the In x In returned by `at(i, j)`: `along` is applied to columns, then to
// rows, and `finish` to the results.
template <int In, int Out, class At, class Width, class Along, class Finish>
inline void both_ways(const At& at, const Square<float, Width>& to, const Along& along,
                      const Finish& finish) {
  Vec half[Out][In];
#pragma GCC unroll 16
  for (int j = 0; j < In; j++) {
    Vec in[In];
    Vec out[Out];
#pragma GCC unroll 16
    for (int i = 0; i < In; i++) {
      in[i] = at(i, j);
    }
    along(in, out);
#pragma GCC unroll 16
    for (int i = 0; i < Out; i++) {
      half[i][j] = out[i];
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < Out; i++) {
    Vec out[Out];
    along(half[i], out);
#pragma GCC unroll 16
    for (int j = 0; j < Out; j++) {
      to.width.put(to.at(i, j), finish(out[j]));
    }
  }
}

template <int In, int Out, class From, class To, class Along, class Finish>
inline void both_ways(const Square<const float, From>& from, const Square<float, To>& to,
                      const Along& along, const Finish& finish) {
  both_ways<In, Out>([&](int i, int j) { return from.width.get(from.at(i, j)); }, to, along,
                     finish);
}

struct AsIs {
  Vec operator()(Vec v) const { return v; }
};

// The points of one tile, `plane` floats apart, from channels c, c + 1, ... of a patch.
template <int In, int Points, class Width, class Along>
inline void spread(const Patch& patch, int channels, int c, Width width, float* to, int64_t plane,
                   const Along& along) {
  Square<float> out = {to + c, Points * plane, plane};
  Square<const float, Width> from = {patch.data + c, patch.line, channels, width};
  if (patch.whole) {
    both_ways<In, Points>(from, out, along, AsIs());
    return;
  }
  both_ways<In, Points>(
      [&](int i, int j) {
        bool seen = (patch.rows >> i & patch.columns >> j & 1) != 0;
        return seen ? width.get(from.at(i, j)) : Vec{};
      },
      out, along, AsIs());
}

template <int In, int Points, class Along>
inline void spread(const Patch& patch, int channels, float* to, int64_t plane, const Along& along) {
  int c = 0;
  for (; c + kLanes <= channels; c += kLanes) {
    spread<In, Points>(patch, channels, c, Whole(), to, plane, along);
  }
  if (c < channels) {
    spread<In, Points>(patch, channels, c, Part{channels - c}, to, plane, along);
  }
}

// V = B^T d B of tiles first, first + 1, ...
template <class S>
inline void transform_input(const Images& x, const Tiling& tiling, int64_t first, int count,
                            int top, int left, float* to) {
  for (int t = 0; t < count; t++) {
    Tile tile = tile_at(tiling, first + t);
    Patch patch =
        patch_at<S::kIn>(x, tile.sample, tile.row * S::kStep - top, tile.column * S::kStep - left);
    spread<S::kIn, S::kPoints>(patch, x.channels, to + int64_t{t} * padded(x.channels),
                               tiling.plane(x.channels),
                               [](const Vec* from, Vec* to) { S::input(from, to); });
  }
}

// P = A g A^T.
template <class S>
inline void transform_cotangent(const Images& g, const Tiling& tiling, int64_t first, int count,
                                float* to) {
  for (int t = 0; t < count; t++) {
    Tile tile = tile_at(tiling, first + t);
    Patch patch = patch_at<S::kOut>(g, tile.sample, tile.row * S::kOut, tile.column * S::kOut);
    spread<S::kOut, S::kProducts>(patch, g.channels, to + int64_t{t} * padded(g.channels),
                                  tiling.plane(g.channels),
                                  [](const Vec* from, Vec* to) { S::cotangent(from, to); });
  }
}

// A^T M A + bias of one tile, for channels c, c + 1, ...
template <class S, class Width>
inline void collect(const float* points, int64_t plane, const Outputs& y, int c, Width width,
                    float* to, int64_t pitch) {
  Vec bias = y.bias == nullptr ? Vec{} : width.get(y.bias + c);
  both_ways<S::kSums, S::kOut>(
      Square<const float>{points + c, S::kSums * plane, plane},
      Square<float, Width>{to + c, pitch, y.channels, width},
      [](const Vec* from, Vec* to) { S::output(from, to); }, [=](Vec v) { return v + bias; });
}

// y = f(A^T M A + bias).
template <class S>
inline void transform_output(const float* from, const Tiling& tiling, int64_t first, int count,
                             const Outputs& y, float* room) {
  int64_t line = int64_t{y.width} * y.channels;
  int64_t plane = tiling.plane(y.channels);
  for (int t = 0; t < count; t++) {
    Tile tile = tile_at(tiling, first + t);
    int row = tile.row * S::kOut;
    int column = tile.column * S::kOut;
    int rows = static_cast<int>(smaller(S::kOut, y.height - row));
    int columns = static_cast<int>(smaller(S::kOut, y.width - column));
    bool whole = rows == S::kOut && columns == S::kOut;
    float* out =
        y.data + (int64_t{tile.sample} * y.height + row) * line + int64_t{column} * y.channels;
    float* to = whole ? out : room;
    int64_t pitch = whole ? line : int64_t{S::kOut} * y.channels;
    const float* points = from + int64_t{t} * padded(y.channels);
    int c = 0;
    for (; c + kLanes <= y.channels; c += kLanes) {
      collect<S>(points, plane, y, c, Whole(), to, pitch);
    }
    if (c < y.channels) {
      collect<S>(points, plane, y, c, Part{y.channels - c}, to, pitch);
    }
    for (int i = 0; i < rows; i++) {
      int64_t length = int64_t{columns} * y.channels;
      activate_span(y.f, to + i * pitch, length);
      if (!whole) {
        std::memcpy(out + i * line, to + i * pitch, length * sizeof(float));
      }
    }
  }
}

// U = G w G^T for `size` pairs of channels, or of w rotated by half a turn.
template <class S>
inline void transform_weights(const float* w, int64_t size, bool turned, float* to) {
  int64_t step = turned ? -size : size;
  const float* first = turned ? w + 8 * size : w;
  auto transform = [&](int64_t i, auto width) {
    using Width = decltype(width);
    both_ways<3, S::kProducts>(
        Square<const float, Width>{first + i, 3 * step, step, width},
        Square<float, Width>{to + i, S::kProducts * size, size, width},
        [](const Vec* from, Vec* to) { S::weights(from, to); }, AsIs());
  };
  parallel_ranges(size, 4096, kLanes, [&](int64_t begin, int64_t end) {
    int64_t i = begin;
    for (; i + kLanes <= end; i += kLanes) {
      transform(i, Whole());
    }
    if (i < end) {
      transform(i, Part{end - i});
    }
  });
}

// w = G^T U G, where U is the sum of `parts` arrays of whole vectors and overwrites the first one;
// w may be its beginning.
template <class S>
inline void gather_weights(float* from, int parts, int64_t size, float* w) {
  constexpr int kPlanes = S::kProducts * S::kProducts;
  parallel_ranges(size, 1024, kLanes, [&](int64_t begin, int64_t end) {
    for (int k = 0; parts > 1 && k < kPlanes; k++) {
      float* sum = from + k * size;
      for (int64_t i = begin; i < end; i += kLanes) {
        Vec total = load(sum + i);
        for (int part = 1; part < parts; part++) {
          total += load(sum + int64_t{part} * kPlanes * size + i);
        }
        store(sum + i, total);
      }
    }
    for (int64_t i = begin; i < end; i += kLanes) {
      both_ways<S::kProducts, 3>(
          Square<const float>{from + i, S::kProducts * size, size},
          Square<float>{w + i, 3 * size, size},
          [](const Vec* from, Vec* to) { S::weights_back(from, to); }, AsIs());
    }
  });
}

}  // namespace hgn::HGN_ISA
