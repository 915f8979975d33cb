// Gradients of convolutions with respect to their weights, of operands rounded to bfloat16.
//
// Each is some sums over positions q of g[q, o] x[q + shift, c], where g and x are planes:
// cotangents, and pixels of some images, a part of either where the convolution has a stride or
// follows an upsampling. Rows of positions have zeros behind them, so that one sequence, and one
// matrix product, serves for all rows and images at once. Its left side are the cotangents,
// transposed, its right side pairs of pixels: those that begin at even positions, and once more
// those that begin at odd ones, so that every shift is a number of whole pairs.
#include <algorithm>
#include <cstring>

#include "bfloat_conv.h"
#include "bfloat_doubled.h"
#include "bfloat_tiles.h"
#include "memory.h"
#include "ops.h"
#include "pack.h"
#include "parallel.h"

namespace hgn::HGN_ISA {
namespace bfloat {
namespace {

constexpr int kSide = 3;
constexpr int kFactor = 2;
constexpr int kChunk = 2 * kTilePairs;        // positions
constexpr int kChunksAtOnce = 8;              // of both sides in the cache
constexpr int kPositionsAtOnce = 1024;        // of small images, several
constexpr int64_t kGrain = int64_t{1} << 23;  // least number of multiply-adds per thread

int whole_tiles(int n) { return (n + kTileSide - 1) / kTileSide * kTileSide; }

// Pixels (i step + top, j step + left) of images.
struct Plane {
  const float* data;
  int height, width, channels;
  int top, left;  // perhaps negative
  int step;
};

// A sum over positions, of a plane of cotangents and one of pixels, moved by `shift`.
struct Term {
  int g, x;
  int64_t shift;
};

struct Terms {
  const Plane* g;
  const Plane* x;
  int g_count, x_count;
  int samples;
  int rows, pitch;    // of positions of an image, the pitch even
  int height, width;  // of those that have cotangents
  const Term* terms;
  int count;

  int outputs() const { return whole_tiles(g->channels); }
  int channels() const { return whole_tiles(x->channels); }
  int64_t sum_size() const { return int64_t{outputs()} * channels(); }
  int64_t image() const { return int64_t{rows} * pitch; }
};

// Channels of two neighbouring positions in turn; zeros where there is no pixel, and behind a
// pixel's channels.
void copy_pair(const float* low, const float* high, int pixel, int channels, uint32_t* to) {
  int c = 0;
  if (low != nullptr && high != nullptr) {
    for (; c + kLanes <= pixel; c += kLanes) {
      ask_ahead(low + c);
      ask_ahead(high + c);
      store_words(to + c, pairs(load(low + c), load(high + c)));
    }
  }
  for (; c < channels; c += kLanes) {
    int rest = pixel - c;
    auto get = [&](const float* from) {
      if (from == nullptr || rest <= 0) {
        return Vec{};
      }
      return rest >= kLanes ? load(from + c) : load_part(from + c, rest);
    };
    store_words(to + c, pairs(get(low), get(high)));
  }
}

// The positions of an image, of which some rows and columns may have pixels.
void copy_pairs(const Plane& p, int64_t sample, int rows, int columns, int pitch, int channels,
                uint32_t* to) {
  for (int i = 0; i < rows; i++) {
    int row = i * p.step + p.top;
    if (row < 0 || row >= p.height) {
      std::memset(to, 0, int64_t{pitch / 2} * channels * sizeof(uint32_t));
      to += int64_t{pitch / 2} * channels;
      continue;
    }
    const float* line = p.data + (sample * p.height + row) * p.width * p.channels;
    for (int j = 0; j < pitch; j += 2) {
      auto pixel = [&](int at) -> const float* {
        int column = at * p.step + p.left;
        bool seen = at < columns && column >= 0 && column < p.width;
        return seen ? line + int64_t{column} * p.channels : nullptr;
      };
      copy_pair(pixel(j), pixel(j + 1), p.channels, channels, to);
      to += channels;
    }
  }
}

// Both sides of the products for some images.
class Sides {
 public:
  Sides(const Terms& t, int images)
      : t_(t), images_(images), positions_(ceil_div(images * t.image(), kChunk) * kChunk) {
    int64_t most = 0;
    for (int k = 0; k < t.count; k++) {
      most = larger(most, t.terms[k].shift);
    }
    g_words_ = positions_ / 2 * t.outputs();
    x_words_ = (positions_ + most + 1) / 2 * t.channels();
    int64_t words = (t.g_count + 1) * g_words_ + 2 * t.x_count * x_words_;
    g_ = static_cast<uint32_t*>(scratch(Slot::kTiles, words * sizeof(uint32_t)));
    room_ = g_ + t.g_count * g_words_;
    x_ = room_ + g_words_;
    std::memset(g_, 0, words * sizeof(uint32_t));
  }

  int64_t positions() const { return positions_; }
  int64_t chunks() const { return positions_ / kChunk; }

  // Outputs of plane k, each a sequence of positions.
  const Bfloat* g(int k) const { return reinterpret_cast<const Bfloat*>(g_ + k * g_words_); }

  // Pairs of positions of plane k from `shift` on.
  const Bfloat* x(int k, int64_t shift) const {
    const uint32_t* plane = x_ + (2 * k + (shift & 1)) * x_words_;
    return reinterpret_cast<const Bfloat*>(plane + shift / 2 * t_.channels());
  }

  // Samples first, ..., first + count - 1; there are no others.
  void read(int64_t first, int count) {
    int64_t pairs = t_.image() / 2;
    for (int k = 0; k < t_.g_count; k++) {
      for (int n = 0; n < count; n++) {
        copy_pairs(t_.g[k], first + n, t_.height, t_.width, t_.pitch, t_.outputs(),
                   room_ + n * pairs * t_.outputs());
      }
      std::memset(room_ + count * pairs * t_.outputs(), 0,
                  (images_ - count) * pairs * t_.outputs() * sizeof(uint32_t));
      transpose(reinterpret_cast<float*>(room_), t_.outputs(), images_ * pairs, t_.outputs(),
                reinterpret_cast<float*>(g_ + k * g_words_), positions_ / 2);
    }
    for (int k = 0; k < 2 * t_.x_count; k++) {
      Plane plane = t_.x[k / 2];
      plane.left += k % 2 * plane.step;
      for (int n = 0; n < count; n++) {
        copy_pairs(plane, first + n, t_.rows, t_.pitch, t_.pitch, t_.channels(),
                   x_ + k * x_words_ + n * pairs * t_.channels());
      }
    }
  }

 private:
  const Terms& t_;
  int images_;
  int64_t positions_;
  int64_t g_words_;  // of a plane
  int64_t x_words_;  // of a plane's even or odd pairs
  uint32_t* g_;
  uint32_t* x_;
  uint32_t* room_;  // for a plane of g before it is transposed
};

// Adds up all terms over some chunks from `first` on.
void add_chunks(const Tiles& tiles, const Terms& t, const Sides& sides, int64_t first, int chunks,
                bool start, float* sums) {
  TileProduct p;
  p.a_pitch = sides.positions();
  p.lines = 1;
  p.a_line = 0;
  p.chunks = chunks;
  p.a_chunk = kChunk;
  p.b_pitch = 2 * t.channels();
  p.b_chunk = kTilePairs * p.b_pitch;
  p.b_tile = 2 * kTileSide;
  p.sums_pitch = t.channels();
  p.start = start;
  for (int k = 0; k < t.count; k++) {
    const Term& term = t.terms[k];
    for (int c = 0; c < t.channels(); c += kMostTiles * kTileSide) {
      int columns = std::min(kMostTiles, (t.channels() - c) / kTileSide);
      p.b = sides.x(term.x, term.shift) + first * p.b_chunk + 2 * c;
      for (int o = 0; o < t.outputs(); o += kMostTiles * kTileSide) {
        int rows = std::min(kMostTiles, (t.outputs() - o) / kTileSide);
        p.a[0] = sides.g(term.g) + o * p.a_pitch + first * kChunk;
        p.a[1] = p.a[0] + kTileSide * p.a_pitch;
        p.sums = sums + k * t.sum_size() + int64_t{o} * t.channels() + c;
        multiply(tiles, rows, columns, p);
      }
    }
  }
}

void add(const float* from, int64_t n, float* to) {
  for (int64_t i = 0; i < n; i += kLanes) {
    store(to + i, load(to + i) + load(from + i));
  }
}

// The sums of all terms: (term, output, channel) in whole tiles.
float* add_terms(const Terms& t) {
  int images = static_cast<int>(larger(1, smaller(t.samples, kPositionsAtOnce / t.image())));
  int64_t groups = ceil_div(t.samples, images);
  int64_t work = t.samples * t.image() * t.count * t.sum_size();
  int parts = even_parts(smaller(smaller(groups, threads()), parts_for(work, kGrain)));
  int64_t size = t.count * t.sum_size();
  float* sums = scratch_floats(Slot::kPartials, parts * size);
  parallel_parts(parts, [&](int part) {
    Sides sides(t, images);
    Tiles tiles(kTilePairs);
    bool start = true;
    for (int64_t group = groups * part / parts; group < groups * (part + 1) / parts; group++) {
      int64_t first = group * images;
      sides.read(first, static_cast<int>(smaller(images, t.samples - first)));
      for (int64_t chunk = 0; chunk < sides.chunks(); chunk += kChunksAtOnce) {
        int chunks = static_cast<int>(smaller(kChunksAtOnce, sides.chunks() - chunk));
        add_chunks(tiles, t, sides, chunk, chunks, start, sums + part * size);
        start = false;
      }
    }
  });
  for (int part = 1; part < parts; part++) {
    add(sums + part * size, size, sums);
  }
  return sums;
}

// w (channels, outputs) = a sum.
void write_tap(const Terms& t, const float* sum, float* w) {
  transpose(sum, t.channels(), t.g->channels, t.x->channels, w, t.g->channels);
}

int even(int n) { return (n + 1) / 2 * 2; }

// Outputs of parity (a, b) see pixels by (t, u), see bfloat_doubled.h: the sum k of 16.
struct DoubledTerm {
  int a, b, t, u;

  DoubledTerm() = default;
  explicit DoubledTerm(int k) : a(k >> 3), b(k >> 2 & 1), t(k >> 1 & 1), u(k & 1) {}

  int parity() const { return a * kFactor + b; }

  // Calls body for each tap that this is a part of.
  template <class Body>
  void each_tap(const Body& body) const {
    TapRange rows = doubled_taps(a, t);
    TapRange columns = doubled_taps(b, u);
    for (int di = rows.first; di < rows.first + rows.count; di++) {
      for (int dj = columns.first; dj < columns.first + columns.count; dj++) {
        body(di * kSide + dj);
      }
    }
  }
};

constexpr int kDoubledTerms = 16;

}  // namespace

void conv_weight_grad(const ConvShape& s, const float* x, const float* g, float* w) {
  int64_t tap_size = int64_t{s.channels} * s.out_channels;
  if (s.taps() * tap_size == 0 || s.out_pixels() == 0) {
    return fill(w, s.taps() * tap_size, 0);
  }
  int classes = s.stride * s.stride;
  char* lists =
      static_cast<char*>(scratch(Slot::kTaps, classes * sizeof(Plane) + s.taps() * sizeof(Term)));
  Term* terms = reinterpret_cast<Term*>(lists);
  Plane* pixels = reinterpret_cast<Plane*>(lists + s.taps() * sizeof(Term));
  for (int k = 0; k < classes; k++) {
    pixels[k] = {
        x, s.height, s.width, s.channels, k / s.stride - s.top, k % s.stride - s.left, s.stride};
  }
  int rows = s.out_height + (s.kernel_height - 1) / s.stride;
  int pitch = even(s.out_width + (s.kernel_width - 1) / s.stride);
  for (int di = 0; di < s.kernel_height; di++) {
    for (int dj = 0; dj < s.kernel_width; dj++) {
      terms[di * s.kernel_width + dj] = {0, di % s.stride * s.stride + dj % s.stride,
                                         int64_t{di / s.stride} * pitch + dj / s.stride};
    }
  }
  Plane cotangents = {g, s.out_height, s.out_width, s.out_channels, 0, 0, 1};
  Terms t = {&cotangents, pixels,       1,           classes, s.samples, rows,
             pitch,       s.out_height, s.out_width, terms,   s.taps()};
  const float* sums = add_terms(t);
  for (int k = 0; k < t.count; k++) {
    write_tap(t, sums + k * t.sum_size(), w + k * tap_size);
  }
}

void doubled_weight_grad(const DoubledShape& s, const float* x, const float* g, float* w) {
  int64_t tap_size = int64_t{s.channels} * s.outputs;
  if (tap_size == 0 || int64_t{s.samples} * s.height * s.width == 0) {
    return fill(w, kSide * kSide * tap_size, 0);
  }
  int pitch = even(s.width + 2);
  Plane pixels = {x, s.height, s.width, s.channels, -1, -1, 1};
  Plane cotangents[kFactor * kFactor];
  DoubledTerm from[kDoubledTerms];
  Term terms[kDoubledTerms];
  for (int k = 0; k < kDoubledTerms; k++) {
    from[k] = DoubledTerm(k);
    const DoubledTerm& f = from[k];
    cotangents[f.parity()] = {g,      kFactor * s.height, kFactor * s.width, s.outputs, f.a, f.b,
                              kFactor};
    terms[k] = {f.parity(), 0, int64_t{f.a + f.t} * pitch + f.b + f.u};
  }
  Terms t = {cotangents, &pixels,  kFactor * kFactor, 1,     s.samples,    s.height + 2,
             pitch,      s.height, s.width,           terms, kDoubledTerms};
  const float* sums = add_terms(t);
  float* taps = scratch_floats(Slot::kRows, kSide * kSide * t.sum_size());
  fill(taps, kSide * kSide * t.sum_size(), 0);
  for (int k = 0; k < kDoubledTerms; k++) {
    from[k].each_tap(
        [&](int tap) { add(sums + k * t.sum_size(), t.sum_size(), taps + tap * t.sum_size()); });
  }
  for (int tap = 0; tap < kSide * kSide; tap++) {
    write_tap(t, taps + tap * t.sum_size(), w + tap * tap_size);
  }
}

}  // namespace bfloat
}  // namespace hgn::HGN_ISA
