// Images of discs, drawn from scenes by the rules of hgn.frames.PublishedRenderer (blurred),
// Table1Renderer (averaged) and SmoothRenderer (antialiased).
//
// A scene is (background[3], then x, y, radius, colour[3] of each disc): in pixels and levels from
// 0 to 255. scenes is (N, K, 3 + 6 discs), images (N, size, size, K, 3); a thread draws one pixel
// of one of the K. A channel is min(255, background + light) / 255, where light is the discs' level
// on black.
//
// Blurred: a pixel has the colour of the last disc with dx^2 + dy^2 <= r^2, and the light is the
// filter (1, 2, 1)/4 of in[i-2], in[i-1], in[i] in both directions, where out[0] = out[1] and
// in[-1] = in[1]. All terms are integers below 2^24, so single precision is exact and the image
// equals the host's bit for bit.
//
// Averaged: discs are drawn likewise, and the light is the mean of 3 x 3 pixels, where in[-1] =
// in[1] and in[size] = in[size - 2]. The sum is exact; it is divided by nine in double precision,
// as on the host.
//
// Antialiased: light = s colour + (1 - s) light for each disc in turn, where s is the fraction of
// the pixel that the disc covers, computed like hgn.frames.DiscCoverage in double precision. The
// arc sine and the products differ from the host's by about 1e-15, which can change the last bit of
// a float channel.
#include "common.cuh"
#include "divisor.cuh"

namespace {

constexpr int kChannels = 3;
constexpr int kDisc = 3 + kChannels;

struct Disc {
  float x, y, radius;
  float colour[kChannels];
};
static_assert(sizeof(Disc) == kDisc * sizeof(float), "a disc is read directly from the scene");

template <class Level>
struct Light {
  Level channel[kChannels];
};

__device__ inline bool covers(const Disc& disc, int column, int row) {
  float dx = static_cast<float>(column) - disc.x;
  float dy = static_cast<float>(row) - disc.y;
  return dx * dx + dy * dy <= disc.radius * disc.radius;
}

__device__ Light<float> blurred(const Disc* discs, int count, int column, int row) {
  int right = max(column, 1);
  int bottom = max(row, 1);
  Light<float> sum = {};
  for (int tap = 0; tap < 9; tap++) {
    int up = tap / 3;
    int left = tap - 3 * up;
    float weight = (up == 1 ? 2.0f : 1.0f) * (left == 1 ? 2.0f : 1.0f);
    for (int d = count - 1; d >= 0; d--) {
      if (covers(discs[d], abs(right - left), abs(bottom - up))) {
        for (int c = 0; c < kChannels; c++) {
          sum.channel[c] += weight * discs[d].colour[c];
        }
        break;
      }
    }
  }
  for (int c = 0; c < kChannels; c++) {
    sum.channel[c] /= 16.0f;
  }
  return sum;
}

__device__ inline int reflected(int at, int size) {
  int inside = abs(at);
  return inside < size ? inside : 2 * (size - 1) - inside;
}

__device__ Light<double> averaged(const Disc* discs, int count, int column, int row, int size) {
  Light<double> sum = {};
  for (int tap = 0; tap < 9; tap++) {
    int x = reflected(column - 1 + tap % 3, size);
    int y = reflected(row - 1 + tap / 3, size);
    for (int d = count - 1; d >= 0; d--) {
      if (covers(discs[d], x, y)) {
        for (int c = 0; c < kChannels; c++) {
          sum.channel[c] += discs[d].colour[c];
        }
        break;
      }
    }
  }
  for (int c = 0; c < kChannels; c++) {
    sum.channel[c] /= 9.0;
  }
  return sum;
}

// A grid line, relative to the disc's centre and clamped to the disc, with its strip S.
struct Line {
  double at, strip;
};

__device__ Line line(double u, double radius) {
  u = max(-radius, min(radius, u));
  return {u, (u * sqrt(radius * radius - u * u) + radius * radius * asin(u / radius)) / 2};
}

// The disc's area left of x and above y.
__device__ double corner(const Line& x, const Line& y, double r2) {
  const double pi = 3.141592653589793;
  if (x.at * x.at + y.at * y.at <= r2) {
    return pi * r2 / 4 + x.strip + y.strip + x.at * y.at;
  }
  if (x.at > 0) {
    return 2 * y.strip + (y.at > 0 ? 2 * x.strip : pi * r2 / 2);
  }
  return y.at > 0 ? pi * r2 / 2 + 2 * x.strip : 0;
}

__device__ double share(double x, double y, double radius, int column, int row) {
  Line left = line(column - x, radius);
  Line right = line(column + 1 - x, radius);
  Line top = line(row - y, radius);
  Line bottom = line(row + 1 - y, radius);
  double r2 = radius * radius;
  double area = corner(right, bottom, r2) - corner(left, bottom, r2) - corner(right, top, r2) +
                corner(left, top, r2);
  return max(0.0, min(1.0, area));
}

__device__ inline bool reaches(double centre, double radius, int pixel) {
  return pixel >= floor(centre - radius) && pixel < floor(centre + radius + 1);
}

__device__ Light<double> antialiased(const Disc* discs, int count, int column, int row) {
  Light<double> light = {};
  for (int d = 0; d < count; d++) {
    double x = discs[d].x;
    double y = discs[d].y;
    double radius = discs[d].radius;
    if (reaches(x, radius, column) && reaches(y, radius, row)) {
      double covered = share(x, y, radius, column, row);
      for (int c = 0; c < kChannels; c++) {
        light.channel[c] = covered * discs[d].colour[c] + (1 - covered) * light.channel[c];
      }
    }
  }
  return light;
}

// Adds a pixel's light to the background, rounded as on the host.
struct Exactly {
  template <class Level>
  __device__ float operator()(float background, Level light) const {
    return static_cast<float>(min(Level{255}, background + light)) / 255.0f;
  }
};

struct RoundedOnce {
  __device__ float operator()(float background, double light) const {
    return static_cast<float>(min(255.0, background + light) / 255.0);
  }
};

// Draws `pixels` = N size^2 K pixels, each with the light that `draw` returns.
template <class Fraction, class Draw>
__device__ void paint(const float* scenes, const hgn::Divisor& stacked, int discs,
                      const hgn::Divisor& size, float* images, int64_t pixels,
                      const Fraction& fraction, const Draw& draw) {
  int64_t length = kChannels + static_cast<int64_t>(discs) * kDisc;
#pragma unroll 1
  for (int64_t p = hgn::grid_start(); p < pixels; p += hgn::grid_step()) {
    int64_t n = p;
    int64_t of_stack = hgn::split(&n, stacked);
    int column = static_cast<int>(hgn::split(&n, size));
    int row = static_cast<int>(hgn::split(&n, size));
    const float* scene = scenes + (n * stacked.value + of_stack) * length;
    auto light = draw(reinterpret_cast<const Disc*>(scene + kChannels), discs, column, row);
    for (int c = 0; c < kChannels; c++) {
      images[p * kChannels + c] = fraction(scene[c], light.channel[c]);
    }
  }
}

}  // namespace

extern "C" __global__ void paint_blurred(const float* scenes, hgn::Divisor stacked, int discs,
                                         hgn::Divisor size, float* images, int64_t pixels) {
  paint(scenes, stacked, discs, size, images, pixels, Exactly{},
        [](const Disc* disc, int count, int column, int row) {
          return blurred(disc, count, column, row);
        });
}

extern "C" __global__ void paint_averaged(const float* scenes, hgn::Divisor stacked, int discs,
                                          hgn::Divisor size, float* images, int64_t pixels) {
  paint(scenes, stacked, discs, size, images, pixels, RoundedOnce{},
        [side = static_cast<int>(size.value)](const Disc* disc, int count, int column, int row) {
          return averaged(disc, count, column, row, side);
        });
}

extern "C" __global__ void paint_antialiased(const float* scenes, hgn::Divisor stacked, int discs,
                                             hgn::Divisor size, float* images, int64_t pixels) {
  paint(scenes, stacked, discs, size, images, pixels, Exactly{},
        [](const Disc* disc, int count, int column, int row) {
          return antialiased(disc, count, column, row);
        });
}
