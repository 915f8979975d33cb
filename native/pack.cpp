// Copies weights into panels of columns. Transposes go by 4x4 blocks in registers.
#include "pack.h"

#include "parallel.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int64_t kGrain = 65536;  // least number of floats per thread

typedef float Four __attribute__((vector_size(16)));
typedef int32_t FourInts __attribute__((vector_size(16)));
typedef float UnalignedFour __attribute__((vector_size(16), aligned(4), may_alias));

inline Four load_four(const float* p) { return *reinterpret_cast<const UnalignedFour*>(p); }
inline void store_four(float* p, Four v) { *reinterpret_cast<UnalignedFour*>(p) = v; }

#if defined(__clang__)
#define HGN_SHUFFLE_FOUR(a, b, i, j, k, l) __builtin_shufflevector(a, b, i, j, k, l)
#else
#define HGN_SHUFFLE_FOUR(a, b, i, j, k, l) __builtin_shuffle(a, b, FourInts{i, j, k, l})
#endif

inline void transpose_four(const float* from, int64_t from_pitch, float* to, int64_t to_pitch) {
  Four a = load_four(from);
  Four b = load_four(from + from_pitch);
  Four c = load_four(from + 2 * from_pitch);
  Four d = load_four(from + 3 * from_pitch);
  Four ab_low = HGN_SHUFFLE_FOUR(a, b, 0, 4, 1, 5);
  Four ab_high = HGN_SHUFFLE_FOUR(a, b, 2, 6, 3, 7);
  Four cd_low = HGN_SHUFFLE_FOUR(c, d, 0, 4, 1, 5);
  Four cd_high = HGN_SHUFFLE_FOUR(c, d, 2, 6, 3, 7);
  store_four(to, HGN_SHUFFLE_FOUR(ab_low, cd_low, 0, 1, 4, 5));
  store_four(to + to_pitch, HGN_SHUFFLE_FOUR(ab_low, cd_low, 2, 3, 6, 7));
  store_four(to + 2 * to_pitch, HGN_SHUFFLE_FOUR(ab_high, cd_high, 0, 1, 4, 5));
  store_four(to + 3 * to_pitch, HGN_SHUFFLE_FOUR(ab_high, cd_high, 2, 3, 6, 7));
}

// Calls body(panel, tap, first column, columns in it, destination) for every block of the result.
template <class Body>
PanelView pack_blocks(int64_t taps, int64_t rows, int64_t columns, const Panels& panels, float* to,
                      const Body& body) {
  int64_t width = panels.width();
  int64_t block = rows * width;
  int64_t grain = ceil_div(kGrain, block);
  parallel_ranges(panels.count * taps, grain, 1, [&](int64_t begin, int64_t end) {
    for (int64_t item = begin; item < end; item++) {
      int64_t first = item / taps * width;
      body(item % taps, first, smaller(width, columns - first), to + item * block);
    }
  });
  return packed_view(to, taps, rows, panels);
}

}  // namespace

Panels panels_for(int64_t columns, int most) {
  int vectors = static_cast<int>(ceil_div(columns, kLanes));
  int count = static_cast<int>(ceil_div(vectors, most));
  int each = static_cast<int>(ceil_div(vectors, count));
  count = static_cast<int>(ceil_div(vectors, each));
  return {count, each, vectors - (count - 1) * each};
}

PanelView view_of(const float* w, int64_t rows, int64_t columns, const Panels& panels) {
  return {w, panels.width(), rows * columns, columns};
}

PanelView packed_view(const float* packed, int64_t taps, int64_t rows, const Panels& panels) {
  int64_t block = rows * panels.width();
  return {packed, taps * block, block, panels.width()};
}

PanelView pack(const float* w, int64_t taps, int64_t rows, int64_t columns, const Panels& panels,
               float* to) {
  int64_t width = panels.width();
  return pack_blocks(
      taps, rows, columns, panels, to,
      [&](int64_t tap, int64_t first, int64_t count, float* block) {
        const float* from = w + tap * rows * columns + first;
        for (int64_t row = 0; row < rows; row++) {
          std::memcpy(block + row * width, from + row * columns, count * sizeof(float));
          std::memset(block + row * width + count, 0, (width - count) * sizeof(float));
        }
      });
}

PanelView pack_transposed(const float* w, int64_t taps, int64_t rows, int64_t columns,
                          const Panels& panels, float* to) {
  int64_t width = panels.width();
  return pack_blocks(taps, rows, columns, panels, to,
                     [&](int64_t tap, int64_t first, int64_t count, float* block) {
                       if (count < width) {
                         std::memset(block, 0, rows * width * sizeof(float));
                       }
                       const float* from = w + (tap * columns + first) * rows;
                       transpose(from, rows, count, rows, block, width);
                     });
}

void transpose(const float* from, int64_t from_pitch, int64_t rows, int64_t columns, float* to,
               int64_t to_pitch) {
  int64_t whole_rows = rows / 4 * 4;
  int64_t whole_columns = columns / 4 * 4;
  for (int64_t j = 0; j < whole_columns; j += 4) {
    for (int64_t i = 0; i < whole_rows; i += 4) {
      transpose_four(from + i * from_pitch + j, from_pitch, to + j * to_pitch + i, to_pitch);
    }
  }
  for (int64_t j = 0; j < columns; j++) {
    for (int64_t i = j < whole_columns ? whole_rows : 0; i < rows; i++) {
      to[j * to_pitch + i] = from[i * from_pitch + j];
    }
  }
}

}  // namespace hgn::HGN_ISA
