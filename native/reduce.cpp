// y[i,k] = sum over j of x[i,j,k], where x is an array or a product that is not stored, and a check
// for finite values.
//
// Short runs of floats are added in vector lanes in single precision, and the lanes are added in
// double precision, so that the error does not grow with the length of the sum. Work is divided
// into chunks of fixed size whose sums are added in order, so that the result does not depend on
// the number of threads.
#include "map.h"
#include "memory.h"
#include "ops.h"
#include "row_walk.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int64_t kChunk = 16384;  // floats that one chunk covers
constexpr int64_t kRun = 32;       // additions of a lane in single precision

// Equally long rows of floats in memory.
struct Rows {
  const float* first;
  int64_t pitch;
};

// Terms that lie in memory.
struct Stored {
  const float* x;

  // `count` rows of `width` terms, `pitch` apart.
  Rows rows(int64_t start, int64_t, int64_t pitch, int64_t) const { return {x + start, pitch}; }
};

// The terms a b, computed when they are added up. a is contiguous, b broadcast along its loops.
struct Products {
  const float* a;
  const float* b;
  const Loops& loops;

  Rows rows(int64_t start, int64_t count, int64_t pitch, int64_t width) const {
    float* to = scratch_floats(Slot::kRows, count * width);
    for (int64_t row = 0; row < count; row++) {
      multiply(start + row * pitch, width, to + row * width);
    }
    return {to, width};
  }

 private:
  void multiply(int64_t start, int64_t n, float* to) const {
    int64_t length = loops.size[3];
    bool whole = loops.b_stride[3] != 0;
    RowWalk at(loops, start / length);
    for (int64_t begin = start % length; n > 0; begin = 0) {
      int64_t count = smaller(n, length - begin);
      const float* from = a + at.row().y + begin;
      const float* other = b + at.row().b + (whole ? begin : 0);
      if (whole) {
        map_span(from, other, to, count, [](Vec p, Vec q) { return p * q; });
      } else {
        Vec factor = broadcast(*other);
        map_span(from, to, count, [&](Vec p) { return p * factor; });
      }
      to += count;
      n -= count;
      at.next();
    }
  }
};

double span_sum(const float* x, int64_t n) {
  double total = 0;
  int64_t i = 0;
  while (i + kLanes <= n) {
    Vec lanes[4] = {};
    int64_t end = smaller(n, i + 4 * kLanes * kRun);
    for (; i + 4 * kLanes <= end; i += 4 * kLanes) {
      for (int k = 0; k < 4; k++) {
        lanes[k] += load(x + i + k * kLanes);
      }
    }
    for (; i + kLanes <= end; i += kLanes) {
      lanes[0] += load(x + i);
    }
    total += lane_sum((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]));
  }
  for (; i < n; i++) {
    total += x[i];
  }
  return total;
}

// sums[k] += sum over rows of x[row * pitch + k], for some vectors of columns but the first `skip`.
template <int Vectors>
void column_run(const float* x, int64_t rows, int64_t pitch, int64_t skip, double* sums) {
  Vec lanes[Vectors] = {};
  for (int64_t row = 0; row < rows; row++) {
    for (int v = 0; v < Vectors; v++) {
      lanes[v] += load(x + row * pitch + v * kLanes);
    }
  }
  float columns[Vectors * kLanes];
  for (int v = 0; v < Vectors; v++) {
    store(columns + v * kLanes, lanes[v]);
  }
  for (int64_t k = skip; k < Vectors * kLanes; k++) {
    sums[k] += columns[k];
  }
}

// The same for `width` columns, of which there is at least a whole vector.
void column_sums(const float* x, int64_t rows, int64_t pitch, int64_t width, double* sums) {
  for (int64_t first = 0; first < rows; first += kRun) {
    int64_t count = smaller(kRun, rows - first);
    const float* from = x + first * pitch;
    int64_t k = 0;
    for (; k + 4 * kLanes <= width; k += 4 * kLanes) {
      column_run<4>(from + k, count, pitch, 0, sums + k);
    }
    for (; k + kLanes <= width; k += kLanes) {
      column_run<1>(from + k, count, pitch, 0, sums + k);
    }
    if (k < width) {
      int64_t last = width - kLanes;
      column_run<1>(from + last, count, pitch, k - last, sums + last);
    }
  }
}

// The same for few columns without gaps: vectors run over several rows at once, so that lane l of
// vector v of a group holds column (v kLanes + l) mod width.
void narrow_column_sums(const float* x, int64_t rows, int64_t width, double* sums) {
  int64_t group = width * kLanes;
  int64_t n = rows * width;
  int64_t i = 0;
  while (i + group <= n) {
    Vec lanes[kLanes] = {};
    for (int64_t run = 0; run < kRun && i + group <= n; run++, i += group) {
      for (int64_t v = 0; v < width; v++) {
        lanes[v] += load(x + i + v * kLanes);
      }
    }
    for (int64_t v = 0; v < width; v++) {
      for (int lane = 0; lane < kLanes; lane++) {
        sums[(v * kLanes + lane) % width] += lanes[v][lane];
      }
    }
  }
  for (; i < n; i++) {
    sums[i % width] += x[i];
  }
}

// The terms are (outer, length), summed over length.
template <class Terms>
void sum_rows(const Terms& terms, int64_t outer, int64_t length, float* y) {
  int64_t chunks = ceil_div(length, kChunk);
  if (chunks == 1) {
    parallel_ranges(outer, ceil_div(kLightGrain, length), 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) {
        const float* from = terms.rows(i * length, 1, length, length).first;
        y[i] = static_cast<float>(span_sum(from, length));
      }
    });
    return;
  }
  double* partial = static_cast<double*>(scratch(Slot::kPartials, outer * chunks * sizeof(double)));
  parallel_ranges(outer * chunks, kLightGrain / kChunk, 1, [&](int64_t begin, int64_t end) {
    for (int64_t item = begin; item < end; item++) {
      int64_t start = item % chunks * kChunk;
      int64_t count = smaller(kChunk, length - start);
      const float* from = terms.rows(item / chunks * length + start, 1, count, count).first;
      partial[item] = span_sum(from, count);
    }
  });
  for (int64_t i = 0; i < outer; i++) {
    double total = 0;
    for (int64_t chunk = 0; chunk < chunks; chunk++) {
      total += partial[i * chunks + chunk];
    }
    y[i] = static_cast<float>(total);
  }
}

// The terms are (outer, rows, width) with many columns: each thread sums columns of its own.
template <class Terms>
void sum_wide(const Terms& terms, int64_t outer, int64_t rows, int64_t width, float* y) {
  const int64_t block = 1024;
  int64_t blocks = ceil_div(width, block);
  int64_t grain = ceil_div(kLightGrain, rows * smaller(block, width));
  parallel_ranges(outer * blocks, grain, 1, [&](int64_t begin, int64_t end) {
    for (int64_t item = begin; item < end; item++) {
      int64_t i = item / blocks;
      int64_t start = width * (item % blocks) / blocks;
      int64_t count = width * (item % blocks + 1) / blocks - start;
      double sums[block] = {};
      for (int64_t row = 0; row < rows; row += kRun) {
        int64_t part = smaller(kRun, rows - row);
        Rows from = terms.rows((i * rows + row) * width + start, part, width, count);
        column_sums(from.first, part, from.pitch, count, sums);
      }
      for (int64_t k = 0; k < count; k++) {
        y[i * width + start + k] = static_cast<float>(sums[k]);
      }
    }
  });
}

// The terms are (outer, rows, width) with few columns and many rows.
template <class Terms>
void sum_tall(const Terms& terms, int64_t outer, int64_t rows, int64_t width, float* y) {
  int64_t chunk_rows = larger(1, kChunk / width);
  int64_t chunks = ceil_div(rows, chunk_rows);
  size_t count = outer * chunks * width;
  double* partial = static_cast<double*>(scratch(Slot::kPartials, count * sizeof(double)));
  int64_t grain = ceil_div(kLightGrain, smaller(rows, chunk_rows) * width);
  parallel_ranges(outer * chunks, grain, 1, [&](int64_t begin, int64_t end) {
    for (int64_t item = begin; item < end; item++) {
      int64_t start = item % chunks * chunk_rows;
      int64_t part = smaller(chunk_rows, rows - start);
      int64_t n = part * width;
      const float* from = terms.rows((item / chunks * rows + start) * width, 1, n, n).first;
      double* sums = partial + item * width;
      std::memset(sums, 0, width * sizeof(double));
      if (width < kLanes) {
        narrow_column_sums(from, part, width, sums);
      } else {
        column_sums(from, part, width, width, sums);
      }
    }
  });
  for (int64_t i = 0; i < outer; i++) {
    for (int64_t k = 0; k < width; k++) {
      double total = 0;
      for (int64_t chunk = 0; chunk < chunks; chunk++) {
        total += partial[(i * chunks + chunk) * width + k];
      }
      y[i * width + k] = static_cast<float>(total);
    }
  }
}

bool span_finite(const float* x, int64_t n) {
  const int32_t exponent = 0x7f800000;
  int32_t found = 0;
  for (int64_t i = 0; i < n; i++) {
    int32_t word;
    std::memcpy(&word, x + i, sizeof(word));
    found |= (word & exponent) == exponent;
  }
  return found == 0;
}

template <class Terms>
void sum_of(const Terms& terms, const SumShape& s, float* y) {
  if (s.outer * s.reduced * s.inner == 0) {
    return fill(y, s.outer * s.inner, 0);
  }
  if (s.inner == 1) {
    sum_rows(terms, s.outer, s.reduced, y);
  } else if (s.inner >= 2048) {
    sum_wide(terms, s.outer, s.reduced, s.inner, y);
  } else {
    sum_tall(terms, s.outer, s.reduced, s.inner, y);
  }
}

}  // namespace

void sum(const float* x, const SumShape& shape, float* y) { sum_of(Stored{x}, shape, y); }

void sum_products(const float* a, const float* b, const Loops& loops, const SumShape& shape,
                  float* y) {
  sum_of(Products{a, b, loops}, shape, y);
}

bool all_finite(const float* x, int64_t n) {
  int bad = 0;
  parallel_ranges(n, 2 * kLightGrain, kLanes, [&](int64_t begin, int64_t end) {
    if (!span_finite(x + begin, end - begin)) {
      __atomic_store_n(&bad, 1, __ATOMIC_RELAXED);
    }
  });
  return bad == 0;
}

}  // namespace hgn::HGN_ISA
