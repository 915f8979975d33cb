// Standard normal numbers by Philox4x32-10 and the Box-Muller transform, the same as
// hgn.random.Philox.
//
// Block k of a stream gives four words from the counter (k, stream) under the key `seed`; words (0,
// 1) and (2, 3) each give radius sqrt(-2 ln u) and angle 2 pi u', cosine before sine. Computed in
// double precision, as on the host: a step draws too few numbers for it to matter.
#include "common.cuh"

namespace {

constexpr int kRounds = 10;

struct Words {
  uint32_t word[4];
};

__device__ Words philox(uint64_t seed, uint64_t stream, uint64_t block) {
  uint32_t key0 = static_cast<uint32_t>(seed);
  uint32_t key1 = static_cast<uint32_t>(seed >> 32);
  uint32_t c0 = static_cast<uint32_t>(block);
  uint32_t c1 = static_cast<uint32_t>(block >> 32);
  uint32_t c2 = static_cast<uint32_t>(stream);
  uint32_t c3 = static_cast<uint32_t>(stream >> 32);
  for (int round = 0; round < kRounds; round++) {
    uint64_t product0 = uint64_t{0xD2511F53u} * c0;
    uint64_t product1 = uint64_t{0xCD9E8D57u} * c2;
    c0 = static_cast<uint32_t>(product1 >> 32) ^ c1 ^ key0;
    c2 = static_cast<uint32_t>(product0 >> 32) ^ c3 ^ key1;
    c1 = static_cast<uint32_t>(product1);
    c3 = static_cast<uint32_t>(product0);
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  return {{c0, c1, c2, c3}};
}

__device__ double uniform(uint32_t word) { return (word + 0.5) * 0x1p-32; }

}  // namespace

extern "C" __global__ void normal(int64_t seed, int64_t stream, float* y, int64_t n) {
  const double turn = 6.283185307179586;
#pragma unroll 1
  for (int64_t block = hgn::grid_start(); 4 * block < n; block += hgn::grid_step()) {
    Words words = philox(seed, stream, block);
    for (int pair = 0; pair < 4; pair += 2) {
      int64_t i = 4 * block + pair;
      double radius = sqrt(-2 * log(uniform(words.word[pair])));
      double angle = turn * uniform(words.word[pair + 1]);
      if (i < n) {
        y[i] = static_cast<float>(radius * cos(angle));
      }
      if (i + 1 < n) {
        y[i + 1] = static_cast<float>(radius * sin(angle));
      }
    }
  }
}
