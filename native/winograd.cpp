#include "winograd.h"

#include <type_traits>

#include "register_tiles.h"
#include "winograd_blocks.h"
#include "winograd_filters.h"

namespace hgn::HGN_ISA {
namespace {

constexpr int kFewestPixels = 4;  // in height and width: that of a tile's results

// Fewer tiles at once, and bytes of a block from which on: there would be no room in L2 for what
// comes next.
constexpr int kSmallBlock = 12;
constexpr int64_t kRoom = 400 << 10;

int block_for(int left_planes, int left_channels, int right_planes, int right_channels) {
  int64_t floats =
      int64_t{left_planes} * padded(left_channels) + int64_t{right_planes} * padded(right_channels);
  return floats * kBlock * int64_t{sizeof(float)} > kRoom ? kSmallBlock : kBlock;
}

// Steps of `multiply`.
template <class S>
int64_t product_steps(int count, int channels, const Filter& u) {
  int64_t tiles = ceil_div(count, kProductRows[u.panels.vectors]);
  return kAllProducts<S> * u.panels.count * tiles * channels;
}

// M_s = sum of V_p U_k for a block of tiles; rows beyond `count` up to a whole register tile are
// computed from undefined data and not used.
template <class S>
void multiply(const Tiling& tiling, const float* v, int count, int channels, const Filter& u,
              int outputs, Ahead ahead, float* m) {
  int64_t a_pitch = padded(channels);
  int64_t m_pitch = padded(outputs);
  for (int k = 0; k < kAllProducts<S>; k++) {
    Product<S> product(k);
    const float* a = v + product.point * tiling.plane(channels);
    for (int panel = 0; panel < u.panels.count; panel++) {
      int vectors = u.panels.vectors_of(panel);
      const float* b = u.view.data + panel * u.view.panel_stride + k * u.view.tap_stride;
      float* to = m + product.sum * tiling.plane(outputs) + panel * u.panels.width();
      auto tiles = [&](auto& ask) {
        auto tile = kProductTiles<std::decay_t<decltype(ask)>>[vectors];
        for (int row = 0; row < count; row += kProductRows[vectors]) {
          tile(a + row * a_pitch, a_pitch, channels, b, u.view.row_stride, product.first,
               to + row * m_pitch, m_pitch, ask);
          ask.advance(channels);
        }
      };
      if (has_time_to_ask(vectors)) {
        tiles(ahead);
      } else {
        NothingAhead nothing;
        tiles(nothing);
      }
    }
  }
}

// A convolution: of x, whose tiles start (top, left) before their outputs' first pixel.
template <class S>
void convolve(const Images& x, int samples, int top, int left, const Filter& u, const Outputs& y) {
  constexpr int points = S::kPoints * S::kPoints;
  constexpr int results = S::kSums * S::kSums;
  int block = block_for(points, x.channels, results, y.channels);
  Tiling tiling(samples, y.height, y.width, S::kOut, block);
  int parts = parts_of<S>(tiling, x.channels, y.channels);
  Images images = {y.data, y.height, y.width, y.channels};
  parallel_parts(parts, [&](int part) {
    BlockMemory memory(tiling, points, x.channels, results, y.channels, S::kOut * S::kOut);
    each_block(tiling, part, parts, [&](Block block) {
      Ahead ahead(seen_by(tiling, block.next, tiling.block, x, S::kStep, top, S::kIn),
                  seen_by(tiling, block.first, block.count, images, S::kOut, 0, S::kOut),
                  product_steps<S>(block.count, x.channels, u));
      transform_input<S>(x, tiling, block.first, block.count, top, left, memory.left);
      multiply<S>(tiling, memory.left, block.count, x.channels, u, y.channels, ahead, memory.right);
      transform_output<S>(memory.right, tiling, block.first, block.count, y, memory.room);
    });
  });
}

}  // namespace

bool winograd_pays(FilterUse use, const ConvShape& s) {
  return s.kernel_height == 3 && s.kernel_width == 3 && s.stride == 1 &&
         s.out_height >= kFewestPixels && s.out_width >= kFewestPixels &&
         filter_pays(use, s.channels, s.out_channels);
}

void winograd_conv(const ConvShape& s, const float* x, const float* w, const float* prepared,
                   const float* bias, Activation f, float* y) {
  Filter u = filter_of(FilterUse::kConv, s.channels, s.out_channels, w, prepared);
  convolve<FourByThree>({x, s.height, s.width, s.channels}, s.samples, s.top, s.left, u,
                        {y, s.out_height, s.out_width, s.out_channels, bias, f});
}

void winograd_input_grad(const ConvShape& s, const float* g, const float* w, const float* prepared,
                         float* x) {
  Filter u = filter_of(FilterUse::kConvInputGrad, s.channels, s.out_channels, w, prepared);
  convolve<FourByThree>({g, s.out_height, s.out_width, s.out_channels}, s.samples, 2 - s.top,
                        2 - s.left, u,
                        {x, s.height, s.width, s.channels, nullptr, Activation::kIdentity});
}

void doubled_conv(const DoubledShape& s, const float* x, const float* w, const float* prepared,
                  const float* bias, Activation f, float* y) {
  if (int64_t{s.samples} * s.height * s.width * s.outputs == 0) {
    return;
  }
  Filter u = filter_of(FilterUse::kDoubled, s.channels, s.outputs, w, prepared);
  convolve<Doubled>({x, s.height, s.width, s.channels}, s.samples, 1, 1, u,
                    {y, 2 * s.height, 2 * s.width, s.outputs, bias, f});
}

void doubled_input_grad(const DoubledShape& s, const float* g, const float* w,
                        const float* prepared, float* x) {
  int64_t floats = int64_t{s.samples} * s.height * s.width * s.channels;
  if (floats == 0 || s.outputs == 0) {
    return fill(x, floats, 0);
  }
  Filter u = filter_of(FilterUse::kDoubledInputGrad, s.channels, s.outputs, w, prepared);
  convolve<Halved>({g, 2 * s.height, 2 * s.width, s.outputs}, s.samples, 1, 1, u,
                   {x, s.height, s.width, s.channels, nullptr, Activation::kIdentity});
}

}  // namespace hgn::HGN_ISA
