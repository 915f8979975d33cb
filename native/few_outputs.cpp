// With O outputs a pixel has 9 O products with a channel, of the taps by which it is seen from its
// neighbours, and these fill vectors where O alone does not:
//
// - forward, p[i, j, t, o] = sum over c of x[i, j, c] w[t, c, o], and y[i, j, o] is the sum over
// taps
//   t of p of the pixel that t sees from (i, j);
// - backward, n[i, j, t, o] is g of the pixel from which tap t sees (i, j), copied; the gradient
// with
//   respect to the image is n w^T, with respect to the weights x^T n.
//
// Images are taken some rows at a time, so that p and n stay in the cache.
#include "few_outputs.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "memory.h"
#include "ops.h"
#include "parallel.h"
#include "register_tiles.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int kMostOutputs = 3;
constexpr int kNarrowest = 12;        // pixels in a row: those of a register tile
constexpr int kForwardPixels = 1024;  // at once
constexpr int kForwardRows = 8;       // at least, since two beside them are computed again
constexpr int kBackwardPixels = 256;
constexpr int kTaps = 9;
constexpr int64_t kGrain = int64_t{1} << 21;  // least number of multiply-adds per thread

typedef float Four __attribute__((vector_size(16)));
typedef float UnalignedFour __attribute__((vector_size(16), aligned(4), may_alias));

inline Four load_four(const float* p) { return *reinterpret_cast<const UnalignedFour*>(p); }
inline void store_four(float* p, Four v) { *reinterpret_cast<UnalignedFour*>(p) = v; }

// Floats of a pixel for all taps: whole vectors.
template <int O>
constexpr int kPitch = (kTaps * O + kLanes - 1) / kLanes* kLanes;

// Rows first, ..., end - 1 of an image.
struct Rows {
  int sample, first, end;

  int count() const { return end - first; }
};

// The images' rows in bands of about `pixels`, but at least so many rows.
class Bands {
 public:
  Bands(const ConvShape& s, int pixels, int least)
      : height_(s.height),
        rows_(std::min(s.height, std::max(least, pixels / s.width))),
        bands_(static_cast<int>(ceil_div(s.height, rows_))),
        count_(int64_t{s.samples} * bands_) {}

  int rows() const { return rows_; }

  Rows at(int64_t index) const {
    int first = static_cast<int>(index % bands_) * rows_;
    return {static_cast<int>(index / bands_), first, std::min(height_, first + rows_)};
  }

  int parts(const ConvShape& s) const {
    int64_t work = int64_t{s.samples} * s.height * s.width * s.channels * kTaps * s.out_channels;
    return even_parts(smaller(count_, parts_for(work, kGrain)));
  }

  template <class Body>
  void each(int part, int parts, const Body& body) const {
    for (int64_t i = count_ * part / parts; i < count_ * (part + 1) / parts; i++) {
      body(at(i));
    }
  }

 private:
  int height_;
  int rows_;
  int bands_;
  int64_t count_;
};

// m (rows, columns) = a (rows, inner) b (inner, columns) for at least kNarrowest rows and whole
// vectors of columns; the last tile may compute rows again.
void multiply(const float* a, int64_t a_pitch, int rows, int inner, const float* b, int columns,
              float* m) {
  for (int column = 0; column < columns; column += kFilterVectors * kLanes) {
    int vectors = std::min(kFilterVectors, (columns - column) / kLanes);
    int height = kProductRows[vectors];
    for (int row = 0; row < rows; row += height) {
      int64_t start = std::min(row, rows - height);
      kProductTiles<NothingAhead>[vectors](a + start * a_pitch, a_pitch, inner, b + column, columns,
                                           true, m + start * columns + column, columns, {});
    }
  }
}

// A row of y before the activation, from the three rows of p that it sees.
template <int O>
void gather_row(const float* const* p, int width, const float* bias, float* y) {
  Four start = {};
  for (int o = 0; bias != nullptr && o < O; o++) {
    start[o] = bias[o];
  }
  auto add = [&](Four sum, int pixel, int column) {
    for (int row = 0; row < 3; row++) {
      sum += load_four(p[row] + int64_t{pixel + column - 1} * kPitch<O> + (3 * row + column) * O);
    }
    return sum;
  };
  store_four(y, add(add(start, 0, 1), 0, 2));
  for (int j = 1; j < width - 1; j++) {
    store_four(y + j * O, add(add(add(start, j, 0), j, 1), j, 2));
  }
  store_four(y + (width - 1) * O, add(add(start, width - 1, 0), width - 1, 1));
}

template <int O>
void forward(const ConvShape& s, const float* x, const float* w, const float* bias, Activation f,
             float* y) {
  constexpr int pitch = kPitch<O>;
  float* taps = scratch_floats(Slot::kWeights, int64_t{s.channels} * pitch);
  std::memset(taps, 0, int64_t{s.channels} * pitch * sizeof(float));
  for (int c = 0; c < s.channels; c++) {
    for (int t = 0; t < kTaps; t++) {
      std::memcpy(taps + c * pitch + t * O, w + (t * s.channels + c) * O, O * sizeof(float));
    }
  }
  Bands bands(s, kForwardPixels, kForwardRows);
  int64_t line = int64_t{s.width} * pitch;
  int parts = bands.parts(s);
  parallel_parts(parts, [&](int part) {
    float* outside = scratch_floats(Slot::kTiles, (bands.rows() + 3) * line + s.width * O + 4);
    float* products = outside + line;
    float* row = products + (bands.rows() + 2) * line;
    std::memset(outside, 0, line * sizeof(float));
    bands.each(part, parts, [&](Rows rows) {
      int first = std::max(0, rows.first - 1);
      int end = std::min(s.height, rows.end + 1);
      int64_t image = int64_t{rows.sample} * s.height;
      multiply(x + (image + first) * s.width * s.channels, s.channels, (end - first) * s.width,
               s.channels, taps, pitch, products);
      for (int i = rows.first; i < rows.end; i++) {
        const float* here = products + (i - first) * line;
        const float* p[] = {i == 0 ? outside : here - line, here,
                            i == s.height - 1 ? outside : here + line};
        gather_row<O>(p, s.width, bias, row);
        activate_span(f, row, int64_t{s.width} * O);
        std::memcpy(y + (image + i) * s.width * O, row, s.width * O * sizeof(float));
      }
    });
  });
}

// n of some rows: for each pixel its neighbours' g, row by row, of which tap 8 sees it from the
// first.
template <int O>
class Neighbours {
 public:
  Neighbours(const ConvShape& s, int most_rows) : s_(s), line_((s.width + 2) * O) {
    int64_t all = int64_t{most_rows} * s.width * kPitch<O>;
    data_ = scratch_floats(Slot::kTiles, all + (most_rows + 2) * line_);
    lines_ = data_ + all;
    std::memset(data_, 0, all * sizeof(float));
  }

  const float* of(const float* g, Rows rows) {
    std::memset(lines_, 0, (rows.count() + 2) * line_ * sizeof(float));
    for (int i = std::max(0, rows.first - 1); i < std::min(s_.height, rows.end + 1); i++) {
      std::memcpy(lines_ + (i - rows.first + 1) * line_ + O,
                  g + (int64_t{rows.sample} * s_.height + i) * s_.width * O,
                  s_.width * O * sizeof(float));
    }
    float* to = data_;
    for (int i = 0; i < rows.count(); i++) {
      const float* from = lines_ + i * line_;
      for (int j = 0; j < s_.width; j++) {
        for (int row = 0; row < 3; row++) {
          std::memcpy(to + 3 * row * O, from + row * line_ + j * O, 3 * O * sizeof(float));
        }
        to += kPitch<O>;
      }
    }
    return data_;
  }

 private:
  const ConvShape& s_;
  int64_t line_;
  float* data_;
  float* lines_;  // of g, with a pixel of zeros at both ends
};

template <int O>
void input_grad(const ConvShape& s, const float* g, const float* w, float* x) {
  float* taps = scratch_floats(Slot::kWeights, int64_t{kTaps} * O * s.channels);
  for (int t = 0; t < kTaps; t++) {
    for (int o = 0; o < O; o++) {
      for (int c = 0; c < s.channels; c++) {
        taps[(t * O + o) * s.channels + c] = w[((kTaps - 1 - t) * s.channels + c) * O + o];
      }
    }
  }
  Bands bands(s, kBackwardPixels, 1);
  int parts = bands.parts(s);
  parallel_parts(parts, [&](int part) {
    Neighbours<O> neighbours(s, bands.rows());
    bands.each(part, parts, [&](Rows rows) {
      int64_t first = (int64_t{rows.sample} * s.height + rows.first) * s.width;
      multiply(neighbours.of(g, rows), kPitch<O>, rows.count() * s.width, kTaps * O, taps,
               s.channels, x + first * s.channels);
    });
  });
}

template <int O>
void weight_grad(const ConvShape& s, const float* x, const float* g, float* w) {
  constexpr int lines = (kTaps * O + 1) / 2 * 2;
  static_assert(lines <= kPitch<O>, "an odd line has zeros beside it");
  int64_t size = int64_t{lines} * s.channels;
  Bands bands(s, kBackwardPixels, 1);
  int parts = even_parts(std::min(bands.parts(s), threads()));
  float* sums = scratch_floats(Slot::kPartials, parts * size);
  parallel_parts(parts, [&](int part) {
    Neighbours<O> neighbours(s, bands.rows());
    float* own = sums + part * size;
    bool first = true;
    bands.each(part, parts, [&](Rows rows) {
      const float* n = neighbours.of(g, rows);
      int64_t start = (int64_t{rows.sample} * s.height + rows.first) * s.width;
      for (int c = 0; c < s.channels; c += kFilterVectors * kLanes) {
        int vectors = std::min(kFilterVectors, (s.channels - c) / kLanes);
        for (int k = 0; k < lines; k += kOuterRows) {
          outer_tile_for<NothingAhead>(std::min(kOuterRows, lines - k), vectors)(
              n + k, kPitch<O>, x + start * s.channels + c, s.channels, rows.count() * s.width,
              first, own + int64_t{k} * s.channels + c, s.channels, {});
        }
      }
      first = false;
    });
  });
  for (int t = 0; t < kTaps; t++) {
    for (int c = 0; c < s.channels; c++) {
      for (int o = 0; o < O; o++) {
        float total = 0;
        for (int part = 0; part < parts; part++) {
          total += sums[part * size + int64_t{t * O + o} * s.channels + c];
        }
        w[((kTaps - 1 - t) * s.channels + c) * O + o] = total;
      }
    }
  }
}

// Calls body with the number of outputs as a constant.
template <class Body>
void with_outputs(int outputs, const Body& body) {
  switch (outputs) {
    case 1:
      return body(std::integral_constant<int, 1>());
    case 2:
      return body(std::integral_constant<int, 2>());
    default:
      return body(std::integral_constant<int, kMostOutputs>());
  }
}

}  // namespace

bool few_outputs_pay(const ConvShape& s) {
  return s.kernel_height == 3 && s.kernel_width == 3 && s.stride == 1 && s.top == 1 &&
         s.left == 1 && s.out_height == s.height && s.out_width == s.width &&
         s.width >= kNarrowest && s.out_channels > 0 && s.out_channels <= kMostOutputs &&
         s.channels > 0 && s.channels % kLanes == 0;
}

void few_outputs_conv(const ConvShape& s, const float* x, const float* w, const float* bias,
                      Activation f, float* y) {
  with_outputs(s.out_channels,
               [&](auto outputs) { forward<decltype(outputs)::value>(s, x, w, bias, f, y); });
}

void few_outputs_input_grad(const ConvShape& s, const float* g, const float* w, float* x) {
  with_outputs(s.out_channels,
               [&](auto outputs) { input_grad<decltype(outputs)::value>(s, g, w, x); });
}

void few_outputs_weight_grad(const ConvShape& s, const float* x, const float* g, float* w) {
  with_outputs(s.out_channels,
               [&](auto outputs) { weight_grad<decltype(outputs)::value>(s, x, g, w); });
}

}  // namespace hgn::HGN_ISA
