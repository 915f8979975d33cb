// An image is copied once as bfloat16, with zeros around and behind its channels. Then the pixels
// that a line of a window's taps sees are a sequence of numbers, which is divided into equal
// chunks, and the rows of a tile of the left side are neighbouring pixels' sequences. If a line of
// the copy has `pitch` pixels, position q = i pitch + j of the grid has its window at pixel q
// stride of the copy, so that tiles may go on from one row of the grid to the next.
#include "bfloat_windows.h"

#include <algorithm>
#include <cstring>

#include "bfloat_tiles.h"
#include "memory.h"
#include "ops.h"
#include "parallel.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int kBlockSide = kMostTiles * kTileSide;
constexpr int64_t kGrain = int64_t{1} << 23;  // least number of multiply-adds per thread

// Channels of the copy: pairs, and for many a multiple of 8, so that most sequences have divisors.
int padded_channels(int channels) {
  return channels <= 16 ? (channels + 1) / 2 * 2 : (channels + 7) / 8 * 8;
}

// A sequence in the fewest equal chunks.
struct Chunks {
  int count;
  int pairs;  // in each

  Chunks(int taps, int channels) {
    int all = taps * channels / 2;
    count = static_cast<int>(ceil_div(all, kTilePairs));
    while (count > 0 && all % count != 0) {
      count++;
    }
    pairs = count == 0 ? kTilePairs : all / count;
  }
};

// The copy of an image.
struct Frame {
  int top, left;  // zeros before the first pixel
  int rows;
  int pitch;  // pixels in a row
  int channels;

  explicit Frame(const Windows& all)
      : top(0), left(0), rows(0), pitch(0), channels(padded_channels(all.channels)) {
    for (int k = 0; k < all.count; k++) {
      top = std::max(top, all.windows[k].top);
      left = std::max(left, all.windows[k].left);
    }
    for (int k = 0; k < all.count; k++) {
      const Window& w = all.windows[k];
      rows = std::max(rows, top - w.top + (w.height - 1) * all.stride + w.down);
      int last = left - w.left + (w.width - 1) * all.stride;
      pitch = std::max(pitch, std::max(last + w.right, w.width));
    }
  }

  int64_t line() const { return int64_t{pitch} * channels; }

  // Numbers, with those behind it that the last tile's rows without a position see.
  int64_t size(int stride) const {
    return (rows + stride) * line() + kTileSide * stride * channels;
  }

  int64_t at(const Window& w) const {
    return (top - w.top) * line() + int64_t{left - w.left} * channels;
  }

  void copy(const float* x, int height, int width, int from_channels, Bfloat* to) const {
    for (int i = 0; i < std::min(height, rows - top); i++) {
      for (int j = 0; j < std::min(width, pitch - left); j++) {
        const float* from = x + (int64_t{i} * width + j) * from_channels;
        Bfloat* pixel = to + (top + i) * line() + int64_t{left + j} * channels;
        int c = 0;
        for (; c + kLanes <= from_channels; c += kLanes) {
          ask_ahead(from + c);
          store_rounded(pixel + c, load(from + c));
        }
        if (c < from_channels) {
          Bfloat rest[kLanes];
          store_rounded(rest, load_part(from + c, from_channels - c));
          std::memcpy(pixel + c, rest, (from_channels - c) * sizeof(Bfloat));
        }
      }
    }
  }
};

// The tiles of positions of a grid: of each row by itself where they fit, otherwise of all rows.
struct Positions {
  int height, width, pitch;
  int in_row;  // tiles; 0 if tiles go on from row to row
  int count;

  Positions(const Window& w, int pitch) : height(w.height), width(w.width), pitch(pitch) {
    in_row = width % kTileSide == 0 ? width / kTileSide : 0;
    count = in_row > 0
                ? height * in_row
                : static_cast<int>(ceil_div((height - 1) * int64_t{pitch} + width, kTileSide));
  }

  int64_t first(int tile) const {
    return in_row > 0 ? tile / in_row * int64_t{pitch} + tile % in_row * kTileSide
                      : tile * int64_t{kTileSide};
  }
};

// A window with its weights as bfloat16: (tile of outputs, line, chunk, pair, output, term).
struct Prepared {
  Window window;
  Chunks chunks;
  Bfloat* weights;

  int64_t tile() const {
    return int64_t{window.down} * chunks.count * chunks.pairs * 2 * kTileSide;
  }
};

int output_tiles(const Windows& all) { return static_cast<int>(ceil_div(all.outputs, kTileSide)); }

// Terms of the channels c and c + 1 of a tap, for outputs o, o + 1, ...
WordVec weight_pairs(const Windows& all, const float* tap, int c, int o) {
  auto row = [&](int channel) {
    int64_t rest = all.outputs - o;
    if (channel >= all.channels || rest <= 0) {
      return Vec{};
    }
    const float* from = tap + int64_t{channel} * all.outputs + o;
    return rest >= kLanes ? load(from) : load_part(from, rest);
  };
  return pairs(row(c), row(c + 1));
}

void prepare(const Windows& all, int channels, const Prepared& p) {
  int side = output_tiles(all) * kTileSide;
  for (int di = 0; di < p.window.down; di++) {
    for (int dj = 0; dj < p.window.right; dj++) {
      const float* tap =
          p.window.weights + (int64_t{di} * p.window.right + dj) * all.channels * all.outputs;
      for (int c = 0; c < channels; c += 2) {
        int64_t pair = (int64_t{di} * p.window.right + dj) * channels / 2 + c / 2;
        for (int o = 0; o < side; o += kLanes) {
          Bfloat* to =
              p.weights + o / kTileSide * p.tile() + (pair * kTileSide + o % kTileSide) * 2;
          store_words(to, weight_pairs(all, tap, c, o));
        }
      }
    }
  }
}

// Writes the results of one tile of positions, `columns` of them from output o on.
void finish(const Window& w, const Positions& positions, int64_t first, int o, int columns,
            const float* sums, float* sample) {
  int64_t i = first / positions.pitch;
  int64_t j = first % positions.pitch;
  for (int row = 0; row < kTileSide; row++) {
    if (i < w.height && j < w.width) {
      float* to = sample + i * w.line + j * w.step + o;
      const float* from = sums + row * kBlockSide;
      int c = 0;
      for (; c + kLanes <= columns; c += kLanes) {
        store(to + c, load(from + c));
      }
      if (c < columns) {
        store_part(to + c, load(from + c), columns - c);
      }
    }
    if (++j == positions.pitch) {
      j = 0;
      i++;
    }
  }
}

void add_bias(const float* bias, int rows, int columns, float* sums) {
  for (int c = 0; c < columns; c += kLanes) {
    Vec v = columns - c >= kLanes ? load(bias + c) : load_part(bias + c, columns - c);
    for (int row = 0; row < rows; row++) {
      float* at = sums + row * kBlockSide + c;
      store(at, load(at) + v);
    }
  }
}

void sum_window(const Windows& all, const Frame& frame, const Prepared& p, const Bfloat* image,
                float* sample, float* sums) {
  const Window& w = p.window;
  Tiles tiles(p.chunks.pairs);
  Positions positions(w, frame.pitch);
  int64_t pixel = int64_t{all.stride} * frame.channels;
  TileProduct product;
  product.a_pitch = pixel;
  product.lines = w.down;
  product.a_line = frame.line();
  product.chunks = p.chunks.count;
  product.a_chunk = 2 * p.chunks.pairs;
  product.b_pitch = 2 * kTileSide;
  product.b_chunk = int64_t{p.chunks.pairs} * 2 * kTileSide;
  product.b_tile = p.tile();
  product.sums = sums;
  product.sums_pitch = kBlockSide;
  product.start = true;
  const Bfloat* corner = image + frame.at(w);
  for (int o = 0; o < all.outputs; o += kBlockSide) {
    int columns = std::min(kBlockSide, all.outputs - o);
    product.b = p.weights + o / kTileSide * p.tile();
    for (int tile = 0; tile < positions.count; tile += kMostTiles) {
      int rows = std::min(kMostTiles, positions.count - tile);
      for (int k = 0; k < rows; k++) {
        product.a[k] = corner + positions.first(tile + k) * pixel;
      }
      multiply(tiles, rows, static_cast<int>(ceil_div(columns, kTileSide)), product);
      if (all.bias != nullptr) {
        add_bias(all.bias + o, rows * kTileSide, columns, sums);
      }
      activate_span(all.f, sums, rows * kTileSide * kBlockSide);
      for (int k = 0; k < rows; k++) {
        finish(w, positions, positions.first(tile + k), o, columns,
               sums + k * kTileSide * kBlockSide, sample);
      }
    }
  }
}

}  // namespace

void sum_windows(const Windows& all) {
  Frame frame(all);
  int64_t weights = 0;
  int64_t work = 0;
  auto prepared_at = [&](int k, Bfloat* to) {
    const Window& w = all.windows[k];
    return Prepared{w, Chunks(w.right, frame.channels), to};
  };
  for (int k = 0; k < all.count; k++) {
    int64_t size = output_tiles(all) * prepared_at(k, nullptr).tile();
    weights += size;
    work += size * all.windows[k].height * all.windows[k].width;
  }
  int64_t lists = ceil_div(all.count * int64_t{sizeof(Prepared)}, 64) * 64;
  char* memory = static_cast<char*>(scratch(Slot::kWeights, lists + weights * sizeof(Bfloat)));
  Prepared* windows = reinterpret_cast<Prepared*>(memory);
  Bfloat* next = reinterpret_cast<Bfloat*>(memory + lists);
  for (int k = 0; k < all.count; k++) {
    windows[k] = prepared_at(k, next);
    prepare(all, frame.channels, windows[k]);
    next += output_tiles(all) * windows[k].tile();
  }
  int64_t size = ceil_div(frame.size(all.stride), 32) * 32;
  int parts = even_parts(smaller(all.samples, parts_for(all.samples * work, kGrain)));
  parallel_parts(parts, [&](int part) {
    char* own = static_cast<char*>(
        scratch(Slot::kTiles, size * sizeof(Bfloat) + kBlockSide * kBlockSide * sizeof(float)));
    Bfloat* image = reinterpret_cast<Bfloat*>(own);
    float* sums = reinterpret_cast<float*>(own + size * sizeof(Bfloat));
    std::memset(own, 0, size * sizeof(Bfloat) + kBlockSide * kBlockSide * sizeof(float));
    int64_t end = int64_t{all.samples} * (part + 1) / parts;
    for (int64_t n = int64_t{all.samples} * part / parts; n < end; n++) {
      const float* x = all.x + n * all.height * all.width * all.channels;
      frame.copy(x, all.height, all.width, all.channels, image);
      for (int k = 0; k < all.count; k++) {
        float* sample = windows[k].window.to + n * all.sample;
        sum_window(all, frame, windows[k], image, sample, sums);
      }
    }
  });
}

}  // namespace hgn::HGN_ISA
