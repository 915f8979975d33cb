// Weights of the convolutions of winograd.h, transformed and packed, which takes as long as a few
// images: a caller who has many calls for the same weights prepares them once.
#pragma once

#include "kernels.h"
#include "pack.h"

namespace hgn::HGN_ISA {

// Vectors of outputs that a register tile has at most.
#if HGN_VECTOR_BYTES == 64
constexpr int kFilterVectors = 4;
#else
constexpr int kFilterVectors = 2;
#endif

// For each point of a tile a matrix from what the convolution reads to what it writes.
struct Filter {
  PanelView view;
  Panels panels;
};

// Whether weights (3, 3, channels, outputs) can be had for this use, and are worth it.
bool filter_pays(FilterUse use, int channels, int outputs);

// Floats that weights (3, 3, channels, outputs) need for this use; 0 if it does not pay.
int64_t filter_floats(FilterUse use, int channels, int outputs);

// Transforms and packs weights (3, 3, channels, outputs) into `to`, of filter_floats.
void prepare_filter(FilterUse use, int channels, int outputs, const float* w, float* to);

// The filter that `prepared` holds, or w's in this thread's scratch if that is null.
Filter filter_of(FilterUse use, int channels, int outputs, const float* w, const float* prepared);

}  // namespace hgn::HGN_ISA
