// Tiles of R rows by V vectors of columns stay in registers over a block of pixels, and are then
// added to the sums. Pixels outside a tap's range are omitted from its list.
//
// If there are many pixels, they are divided into parts with separate sums, which are added in
// order. Within a part, threads divide the taps and rows.
#include "outer_gemm.h"

#include "map.h"
#include "memory.h"
#include "pixel_walk.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int64_t kGrain = int64_t{1} << 21;  // least number of multiply-adds per thread
constexpr int64_t kPixelsPerPart = 4096;      // pixels that are worth separate sums
constexpr int64_t kBlock = 128;               // pixels
constexpr int kMostRows = 12;

template <int R, int V>
void outer_tile(const float* const* a, const float* const* b, int64_t n, int64_t first_row,
                int64_t first_column, bool add, float* sums, int64_t pitch) {
  Vec sum[R][V];
#pragma GCC unroll 16
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      sum[r][v] = Vec{};
    }
  }
  for (int64_t i = 0; i < n; i++) {
    const float* left = a[i] + first_row;
    const float* right = b[i] + first_column;
    Vec column[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      column[v] = load(right + v * kLanes);
    }
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) {
      Vec x = broadcast(left[r]);
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) {
        sum[r][v] += x * column[v];
      }
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) {
      float* to = sums + r * pitch + v * kLanes;
      store(to, add ? sum[r][v] + load(to) : sum[r][v]);
    }
  }
}

using TileFunction = void (*)(const float* const*, const float* const*, int64_t, int64_t, int64_t,
                              bool, float*, int64_t);

// By rows - 1 and vectors - 1.
#if HGN_VECTOR_BYTES == 64
constexpr int kRowsFor[] = {0, 12, 12, 8, 6};
#define HGN_FEW(R) \
  { outer_tile<R, 1>, outer_tile<R, 2>, outer_tile<R, 3>, outer_tile<R, 4> }
#define HGN_MORE(R) \
  { outer_tile<R, 1>, outer_tile<R, 2>, outer_tile<R, 3>, nullptr }
#define HGN_MANY(R) \
  { outer_tile<R, 1>, outer_tile<R, 2>, nullptr, nullptr }
#else
constexpr int kRowsFor[] = {0, 12, 6};
#define HGN_FEW(R) \
  { outer_tile<R, 1>, outer_tile<R, 2> }
#define HGN_MORE(R) \
  { outer_tile<R, 1>, nullptr }
#define HGN_MANY(R) \
  { outer_tile<R, 1>, nullptr }
#endif
constexpr TileFunction kTileFunctions[kMostRows][kPanelVectors] = {
    HGN_FEW(1),  HGN_FEW(2),  HGN_FEW(3),  HGN_FEW(4),   HGN_FEW(5),   HGN_FEW(6),
    HGN_MORE(7), HGN_MORE(8), HGN_MANY(9), HGN_MANY(10), HGN_MANY(11), HGN_MANY(12)};

// The division of the rows into tiles, as equal as possible.
struct RowTiles {
  int rows;
  int count;

  int begin(int tile) const { return static_cast<int>(int64_t{rows} * tile / count); }
};

// The work of one thread: pixels first..last for the items (tap, row tile) begin..end.
class Part {
 public:
  Part(const OuterProduct& product, const Panels& panels, RowTiles tiles, char* memory)
      : product_(product), panels_(panels), tiles_(tiles) {
    gathered_ = reinterpret_cast<const float**>(memory);
    other_ = gathered_ + kBlock;
    kept_ = other_ + kBlock;
    place_ = reinterpret_cast<Place*>(kept_ + kBlock);
    padded_ = reinterpret_cast<float*>(place_ + kBlock);
  }

  static size_t bytes(const Panels& panels) {
    size_t tables = kBlock * (3 * sizeof(float*) + sizeof(Place));
    size_t padded = kBlock * panels.count * panels.width() * sizeof(float);
    return (tables + padded + 127) / 64 * 64;
  }

  void run(int64_t first, int64_t last, int64_t begin, int64_t end, float* sums) {
    PixelWalk at(product_.grid, first, false);
    for (int64_t pixel = first; pixel < last; pixel += kBlock) {
      int64_t count = smaller(kBlock, last - pixel);
      locate(at, count);
      bool add = pixel > first;
      for (int64_t item = begin; item < end;) {
        int tap = static_cast<int>(item / tiles_.count);
        int64_t stop = smaller(end, int64_t{tap + 1} * tiles_.count);
        run_tap(tap, static_cast<int>(item % tiles_.count),
                static_cast<int>(stop - int64_t{tap} * tiles_.count), count, add, sums);
        item = stop;
      }
    }
  }

 private:
  void locate(PixelWalk& at, int64_t count) {
    const PixelGrid& grid = product_.grid;
    for (int64_t i = 0; i < count; i++) {
      place_[i] = place_of(grid, at);
      int64_t index = (int64_t{at.sample()} * grid.rows + at.row()) * grid.columns + at.column();
      other_[i] = product_.other + index * product_.other_channels;
      at.next();
    }
  }

  void run_tap(int tap, int first_tile, int last_tile, int64_t count, bool add, float* sums) {
    int64_t seen_count = 0;
    for (int64_t i = 0; i < count; i++) {
      const float* x = seen(product_.grid, place_[i], product_.grid.taps[tap]);
      if (x != nullptr) {
        gathered_[seen_count] = x;
        kept_[seen_count++] = other_[i];
      }
    }
    const float** a = product_.gathered_is_rows ? gathered_ : kept_;
    const float** b = product_.gathered_is_rows ? kept_ : gathered_;
    int64_t pitch = panels_.count * panels_.width();
    if (product_.columns() % kLanes != 0) {
      pad(b, seen_count, pitch);
    }
    float* tap_sums = sums + tap * product_.rows() * pitch;
    for (int panel = 0; panel < panels_.count; panel++) {
      for (int tile = first_tile; tile < last_tile; tile++) {
        int row = tiles_.begin(tile);
        int rows = tiles_.begin(tile + 1) - row;
        int64_t column = panel * panels_.width();
        kTileFunctions[rows - 1][panels_.vectors_of(panel) - 1](
            a, b, seen_count, row, column, add, tap_sums + row * pitch + column, pitch);
      }
    }
  }

  // Copies the rows to a buffer padded to whole vectors.
  void pad(const float** rows, int64_t count, int64_t pitch) {
    for (int64_t i = 0; i < count; i++) {
      float* to = padded_ + i * pitch;
      std::memcpy(to, rows[i], product_.columns() * sizeof(float));
      std::memset(to + product_.columns(), 0, (pitch - product_.columns()) * sizeof(float));
      rows[i] = to;
    }
  }

  const OuterProduct& product_;
  const Panels& panels_;
  RowTiles tiles_;
  const float** gathered_;
  const float** other_;
  const float** kept_;
  Place* place_;
  float* padded_;
};

// Adds the parts' sums in order, dropping the padding.
void add_parts(const float* sums, int parts, int64_t rows, int64_t columns, int64_t pitch,
               float* to) {
  parallel_ranges(rows, ceil_div(kLightGrain, columns), 1, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      const float* from = sums + row * pitch;
      std::memcpy(to + row * columns, from, columns * sizeof(float));
      for (int part = 1; part < parts; part++) {
        from += rows * pitch;
        for (int64_t k = 0; k < columns; k++) {
          to[row * columns + k] += from[k];
        }
      }
    }
  });
}

}  // namespace

void outer_gemm(const OuterProduct& product, float* to) {
  Panels panels = panels_for(product.columns(), kPanelVectors);
  RowTiles tiles = {product.rows(),
                    static_cast<int>(ceil_div(product.rows(), kRowsFor[panels.vectors]))};
  int64_t pixels = product.grid.pixels();
  int64_t pitch = panels.count * panels.width();
  int64_t size = int64_t{product.grid.tap_count} * product.rows() * pitch;
  int64_t items = int64_t{product.grid.tap_count} * tiles.count;

  int parts = parts_for(pixels * size, kGrain);
  int pixel_parts = even_parts(smaller(parts, ceil_div(pixels, kPixelsPerPart)));
  int item_parts = static_cast<int>(smaller(parts / pixel_parts, items));
  parts = pixel_parts * item_parts;

  bool direct = pixel_parts == 1 && pitch == product.columns();
  float* sums = direct ? to : scratch_floats(Slot::kPartials, pixel_parts * size);
  size_t part_bytes = Part::bytes(panels);
  char* memory = static_cast<char*>(scratch(Slot::kPointers, parts * part_bytes));
  parallel_parts(parts, [&](int index) {
    int64_t pixel_part = index / item_parts;
    int64_t item_part = index % item_parts;
    Part part(product, panels, tiles, memory + index * part_bytes);
    part.run(pixels * pixel_part / pixel_parts, pixels * (pixel_part + 1) / pixel_parts,
             items * item_part / item_parts, items * (item_part + 1) / item_parts,
             sums + pixel_part * size);
  });
  if (!direct) {
    add_parts(sums, pixel_parts, int64_t{product.grid.tap_count} * product.rows(),
              product.columns(), pitch, to);
  }
}

}  // namespace hgn::HGN_ISA
