// Weights in the layout of the matrix products: divided into panels of columns, each column block
// of `lanes` vectors contiguous, padded with zeros.
#pragma once

#include "simd.h"

namespace hgn::HGN_ISA {

// The division of `columns`: `count` panels of `vectors` vectors each, the last possibly of fewer.
struct Panels {
  int count;
  int vectors;
  int last_vectors;

  int vectors_of(int panel) const { return panel == count - 1 ? last_vectors : vectors; }
  int64_t width() const { return int64_t{vectors} * kLanes; }
};

// The fewest panels of up to `most` vectors, as equal as possible.
Panels panels_for(int64_t columns, int most);

// Matrices of equal size, one per tap, divided into panels: element (tap, row, column) of panel p
// is at data[p * panel_stride + tap * tap_stride + row * row_stride + column].
struct PanelView {
  const float* data;
  int64_t panel_stride;
  int64_t tap_stride;
  int64_t row_stride;
};

// w (taps, rows, columns) without a copy; columns must be whole vectors.
PanelView view_of(const float* w, int64_t rows, int64_t columns, const Panels& panels);

// w (taps, rows, columns), copied to `to`, which holds taps * rows * count * width floats.
PanelView pack(const float* w, int64_t taps, int64_t rows, int64_t columns, const Panels& panels,
               float* to);

// What pack and pack_transposed return, of what they have written before.
PanelView packed_view(const float* packed, int64_t taps, int64_t rows, const Panels& panels);

// The transposes of w (taps, columns, rows), copied likewise.
PanelView pack_transposed(const float* w, int64_t taps, int64_t rows, int64_t columns,
                          const Panels& panels, float* to);

// to[j * to_pitch + i] = from[i * from_pitch + j] for i < rows, j < columns.
void transpose(const float* from, int64_t from_pitch, int64_t rows, int64_t columns, float* to,
               int64_t to_pitch);

}  // namespace hgn::HGN_ISA
