// Walks over the pixels of a grid and finds what their taps read.
#pragma once

#include "gather_gemm.h"
#include "parallel.h"

namespace hgn::HGN_ISA {

// The pixels in a fixed order, starting anywhere: in memory order, or by position with the samples
// innermost, so that neighbours in the order have the same taps outside the image.
class PixelWalk {
 public:
  PixelWalk(const PixelGrid& grid, int64_t start, bool by_position)
      : grid_(grid), by_position_(by_position) {
    if (by_position_) {
      n_ = static_cast<int>(start % grid.samples);
      start /= grid.samples;
      j_ = static_cast<int>(start % grid.columns);
      i_ = static_cast<int>(start / grid.columns);
    } else {
      j_ = static_cast<int>(start % grid.columns);
      start /= grid.columns;
      i_ = static_cast<int>(start % grid.rows);
      n_ = static_cast<int>(start / grid.rows);
    }
  }

  int sample() const { return n_; }
  int row() const { return i_; }
  int column() const { return j_; }

  void next() {
    if (by_position_) {
      if (++n_ == grid_.samples) {
        n_ = 0;
        next_position();
      }
    } else {
      if (next_position()) {
        n_++;
      }
    }
  }

 private:
  // Whether it wrapped from the last position to the first.
  bool next_position() {
    if (++j_ == grid_.columns) {
      j_ = 0;
      if (++i_ == grid_.rows) {
        i_ = 0;
        return true;
      }
    }
    return false;
  }

  const PixelGrid& grid_;
  bool by_position_;
  int n_;
  int i_;
  int j_;
};

// A pixel's place in the source.
struct Place {
  const float* base;  // of its position; may be outside the source, and is then not read
  int row;
  int column;
};

inline Place place_of(const PixelGrid& grid, const PixelWalk& at) {
  int row = at.row() * grid.step;
  int column = at.column() * grid.step;
  int64_t pixel = (int64_t{at.sample()} * grid.height + row) * grid.width + column;
  return {grid.source + pixel * grid.channels, row, column};
}

// The position that the tap reads from there, or null outside the image.
inline const float* seen(const PixelGrid& grid, const Place& place, const Tap& tap) {
  unsigned row = static_cast<unsigned>(place.row + tap.row);
  unsigned column = static_cast<unsigned>(place.column + tap.column);
  bool inside =
      row < static_cast<unsigned>(grid.height) && column < static_cast<unsigned>(grid.width);
  return inside ? place.base + tap.offset : nullptr;
}

// The rectangle of places from which every tap is inside the image.
class Interior {
 public:
  explicit Interior(const PixelGrid& grid) : bottom_(grid.height), right_(grid.width) {
    for (int t = 0; t < grid.tap_count; t++) {
      const Tap& tap = grid.taps[t];
      top_ = static_cast<int>(larger(top_, -tap.row));
      bottom_ = static_cast<int>(smaller(bottom_, grid.height - tap.row));
      left_ = static_cast<int>(larger(left_, -tap.column));
      right_ = static_cast<int>(smaller(right_, grid.width - tap.column));
    }
  }

  bool holds(const Place& place) const {
    return place.row >= top_ && place.row < bottom_ && place.column >= left_ &&
           place.column < right_;
  }

 private:
  int top_ = 0;
  int bottom_;
  int left_ = 0;
  int right_;
};

}  // namespace hgn::HGN_ISA
