// The product is computed tile by tile: P pixels by V vectors of output channels stay in registers
// while all taps and channels are summed; each step broadcasts one number per pixel and multiplies
// it by a row of the panel. Taps outside the image read zeros, and are skipped if they are outside
// for the whole tile.
#include "gather_gemm.h"

#include <algorithm>

#include "map.h"
#include "memory.h"
#include "ops.h"
#include "pixel_walk.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int kMostPixels = 12;
constexpr int kChunkTiles = 24;               // tiles that share a panel while it is in the cache
constexpr int64_t kGrain = int64_t{1} << 22;  // least number of multiply-adds per thread

// Products in a partial sum before it is added to the total: rounding errors grow with the number
// of terms, so a sum of short sums is more accurate.
constexpr int kTermsAtOnce = 128;

// Sources of one tile: for each kept tap its weight, then one pointer per pixel.
struct TileSources {
  int count;
  const int* weight;
  const float* const* source;
};

struct TileOut {
  float* pixel[kMostPixels];
};

template <int P, int V>
void tile(const TileSources& in, int channels, const PanelView& w, const float* panel,
          const float* bias, const TileOut& out, int64_t width) {
  Vec sum[P][V];
  for (int v = 0; v < V; v++) {
    Vec start = bias == nullptr ? Vec{} : load(bias + v * kLanes);
#pragma GCC unroll 16
    for (int p = 0; p < P; p++) {
      sum[p][v] = start;
    }
  }
  auto add = [&](int begin, int end) {
    for (int t = begin; t < end; t++) {
      const float* row = panel + in.weight[t] * w.tap_stride;
      const float* source[P];
      for (int p = 0; p < P; p++) {
        source[p] = in.source[t * P + p];
      }
      for (int c = 0; c < channels; c++) {
        Vec weight[V];
#pragma GCC unroll 4
        for (int v = 0; v < V; v++) {
          weight[v] = load(row + v * kLanes);
        }
#pragma GCC unroll 16
        for (int p = 0; p < P; p++) {
          Vec x = broadcast(source[p][c]);
#pragma GCC unroll 4
          for (int v = 0; v < V; v++) {
            sum[p][v] += x * weight[v];
          }
        }
        row += w.row_stride;
      }
    }
  };
  int taps_at_once = std::max(1, kTermsAtOnce / channels);
  int done = std::min(taps_at_once, in.count);
  add(0, done);
  if (done < in.count) {
    Vec total[P][V] = {};
    while (done < in.count) {
#pragma GCC unroll 16
      for (int p = 0; p < P; p++) {
#pragma GCC unroll 4
        for (int v = 0; v < V; v++) {
          total[p][v] += sum[p][v];
          sum[p][v] = Vec{};
        }
      }
      int end = std::min(done + taps_at_once, in.count);
      add(done, end);
      done = end;
    }
#pragma GCC unroll 16
    for (int p = 0; p < P; p++) {
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) {
        sum[p][v] += total[p][v];
      }
    }
  }
#pragma GCC unroll 16
  for (int p = 0; p < P; p++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      int64_t rest = width - v * kLanes;
      if (rest >= kLanes) {
        store(out.pixel[p] + v * kLanes, sum[p][v]);
      } else if (rest > 0) {
        store_part(out.pixel[p] + v * kLanes, sum[p][v], rest);
      }
    }
  }
}

using TileFunction = void (*)(const TileSources&, int, const PanelView&, const float*, const float*,
                              const TileOut&, int64_t);

// Pixels of a full tile for a panel of V vectors, at index V.
#if HGN_VECTOR_BYTES == 64
constexpr int kTilePixels[] = {0, 12, 12, 8, 6};
constexpr int kTiles[] = {1, 2, 4, 6, 8, 12};
constexpr TileFunction kTileFunctions[][4] = {
    {tile<1, 1>, tile<1, 2>, tile<1, 3>, tile<1, 4>},
    {tile<2, 1>, tile<2, 2>, tile<2, 3>, tile<2, 4>},
    {tile<4, 1>, tile<4, 2>, tile<4, 3>, tile<4, 4>},
    {tile<6, 1>, tile<6, 2>, tile<6, 3>, tile<6, 4>},
    {tile<8, 1>, tile<8, 2>, tile<8, 3>, nullptr},
    {tile<12, 1>, tile<12, 2>, nullptr, nullptr},
};
#else
constexpr int kTilePixels[] = {0, 12, 6};
constexpr int kTiles[] = {1, 2, 4, 6, 8, 12};
constexpr TileFunction kTileFunctions[][2] = {
    {tile<1, 1>, tile<1, 2>}, {tile<2, 1>, tile<2, 2>}, {tile<4, 1>, tile<4, 2>},
    {tile<6, 1>, tile<6, 2>}, {tile<8, 1>, nullptr},    {tile<12, 1>, nullptr},
};
#endif

// The smallest tile that holds this many pixels.
int tile_index(int64_t pixels) {
  int index = 0;
  while (kTiles[index] < pixels) {
    index++;
  }
  return index;
}

// In small images many taps are outside; a tile should then hold one position of many samples, so
// that it can skip such taps.
bool by_position(const PixelGrid& grid) {
  return grid.tap_count > 1 && grid.rows * grid.columns <= 64;
}

// The tables of a chunk of tiles, filled once and used for every panel.
class Chunk {
 public:
  Chunk(const PixelGrid& grid, const PixelOut& out, int tile_pixels, const float* zeros,
        char* memory)
      : grid_(grid), interior_(grid), out_(out), tile_pixels_(tile_pixels), zeros_(zeros) {
    source_ = reinterpret_cast<const float**>(memory);
    weight_ = reinterpret_cast<int*>(source_ + kChunkTiles * tile_pixels * grid.tap_count);
  }

  static size_t bytes(const PixelGrid& grid, int tile_pixels) {
    return kChunkTiles * grid.tap_count * (tile_pixels * sizeof(float*) + sizeof(int)) + 64;
  }

  void fill(int64_t first_pixel, int64_t pixels) {
    PixelWalk at(grid_, first_pixel, by_position(grid_));
    tiles_ = 0;
    for (int64_t done = 0; done < pixels; done += tile_pixels_) {
      fill_tile(at, tiles_++, static_cast<int>(smaller(tile_pixels_, pixels - done)));
    }
  }

  void run(const PanelView& w, const Panels& panels, const float* bias, int panel) {
    int vectors = panels.vectors_of(panel);
    int64_t first = panel * panels.width();
    int64_t width = smaller(int64_t{vectors} * kLanes, out_.channels - first);
    const float* panel_data = w.data + panel * w.panel_stride;
    const float* panel_bias = bias == nullptr ? nullptr : bias + first;
    for (int t = 0; t < tiles_; t++) {
      const Tile& tile = tile_[t];
      TileSources in = {tile.taps, weight_ + t * grid_.tap_count,
                        source_ + t * grid_.tap_count * tile_pixels_};
      TileOut out;
      for (int p = 0; p < kTiles[tile.size]; p++) {
        out.pixel[p] = tile.out.pixel[p] + first;
      }
      kTileFunctions[tile.size][vectors - 1](in, grid_.channels, w, panel_data, panel_bias, out,
                                             width);
      for (int p = 0; p < tile.pixels; p++) {
        activate_span(out_.f, out.pixel[p], width);
      }
    }
  }

 private:
  struct Tile {
    int pixels;
    int size;  // index into kTiles
    int taps;
    TileOut out;
  };

  // The last tile may have fewer pixels than its size; the last pixel is repeated to fill it.
  void fill_tile(PixelWalk& at, int index, int pixels) {
    Tile& tile = tile_[index];
    tile.pixels = pixels;
    tile.size = tile_index(pixels);
    int size = kTiles[tile.size];
    Place place[kMostPixels] = {};
    Place last = {};
    float* last_out = nullptr;
    bool interior = true;
    for (int p = 0; p < size; p++) {
      if (p < pixels) {
        last = place_of(grid_, at);
        last_out =
            out_.out + at.sample() * out_.sample + at.row() * out_.row + at.column() * out_.column;
        interior = interior && interior_.holds(last);
        at.next();
      }
      place[p] = last;
      tile.out.pixel[p] = last_out;
    }
    const float** source = source_ + index * grid_.tap_count * tile_pixels_;
    int* weight = weight_ + index * grid_.tap_count;
    tile.taps = interior ? see_all(place, size, source, weight) : see(place, size, source, weight);
  }

  // Fills in the sources and weights of the taps; returns their number.
  int see_all(const Place* place, int size, const float** source, int* weight) {
    for (int t = 0; t < grid_.tap_count; t++) {
      const Tap& tap = grid_.taps[t];
      weight[t] = tap.weight;
      for (int p = 0; p < size; p++) {
        source[p] = place[p].base + tap.offset;
      }
      source += size;
    }
    return grid_.tap_count;
  }

  int see(const Place* place, int size, const float** source, int* weight) {
    int taps = 0;
    for (int t = 0; t < grid_.tap_count; t++) {
      const Tap& tap = grid_.taps[t];
      bool any = false;
      for (int p = 0; p < size; p++) {
        const float* x = seen(grid_, place[p], tap);
        any |= x != nullptr;
        source[p] = x == nullptr ? zeros_ : x;
      }
      if (any) {
        weight[taps++] = tap.weight;
        source += size;
      }
    }
    return taps;
  }

  const PixelGrid& grid_;
  Interior interior_;
  const PixelOut& out_;
  int tile_pixels_;
  const float* zeros_;
  const float** source_;
  int* weight_;
  int tiles_ = 0;
  Tile tile_[kChunkTiles];
};

// The bias padded with zeros to whole panels.
const float* padded_bias(const PixelOut& out, const Panels& panels, float* to) {
  if (out.bias == nullptr) {
    return nullptr;
  }
  std::memset(to, 0, panels.count * panels.width() * sizeof(float));
  std::memcpy(to, out.bias, out.channels * sizeof(float));
  return to;
}

}  // namespace

void gather_gemm(const PixelGrid& grid, const PanelView& w, const Panels& panels,
                 const PixelOut& out) {
  int tile_pixels = kTilePixels[panels.vectors];
  int64_t pixels = grid.pixels();
  int64_t work = pixels * grid.tap_count * grid.channels * panels.count * panels.width();
  int parts = parts_for(work, kGrain);

  float* rows = scratch_floats(Slot::kRows, grid.channels + panels.count * panels.width());
  std::memset(rows, 0, grid.channels * sizeof(float));
  const float* bias = padded_bias(out, panels, rows + grid.channels);
  size_t chunk_bytes = (Chunk::bytes(grid, tile_pixels) + 63) / 64 * 64;
  char* memory = static_cast<char*>(scratch(Slot::kPointers, parts * chunk_bytes));

  // Threads divide the chunks of pixels and, if there are too few of these, the panels too.
  int64_t tiles = ceil_div(pixels, tile_pixels);
  int64_t rounds = ceil_div(tiles, int64_t{parts} * kChunkTiles);
  int64_t chunk_tiles = ceil_div(tiles, parts * rounds);
  int64_t chunk_pixels = chunk_tiles * tile_pixels;
  int64_t chunks = ceil_div(pixels, chunk_pixels);
  int64_t groups = chunks >= parts ? 1 : panels.count;
  parts = even_parts(smaller(parts, chunks * groups));
  parallel_parts(parts, [&](int part) {
    Chunk chunk(grid, out, tile_pixels, rows, memory + part * chunk_bytes);
    int64_t filled = -1;
    for (int64_t item = chunks * groups * part / parts; item < chunks * groups * (part + 1) / parts;
         item++) {
      int64_t index = item / groups;
      if (index != filled) {
        chunk.fill(index * chunk_pixels, smaller(chunk_pixels, pixels - index * chunk_pixels));
        filled = index;
      }
      int group = static_cast<int>(item % groups);
      for (int panel = groups == 1 ? 0 : group; panel < (groups == 1 ? panels.count : group + 1);
           panel++) {
        chunk.run(w, panels, bias, panel);
      }
    }
  });
}

}  // namespace hgn::HGN_ISA
