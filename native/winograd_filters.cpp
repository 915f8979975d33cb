#include "winograd_filters.h"

#include "memory.h"
#include "winograd_transforms.h"

namespace hgn::HGN_ISA {
namespace {

// Measured on Zen 5 with AVX-512 and AVX2: with fewer channels to read, or so few results of so
// many, the transforms take longer than the products that they save.
constexpr int kFewest = 3;
constexpr int kFewestWritten = 8;
constexpr int kMostReadForFewer = 16;

bool goes_back(FilterUse use) {
  return use == FilterUse::kConvInputGrad || use == FilterUse::kDoubledInputGrad;
}

bool is_doubled(FilterUse use) {
  return use == FilterUse::kDoubled || use == FilterUse::kDoubledInputGrad;
}

int planes_of(FilterUse use) {
  static_assert(Doubled::kProducts == Halved::kProducts);
  int along = is_doubled(use) ? Doubled::kProducts : FourByThree::kProducts;
  return along * along;
}

int read_by(FilterUse use, int channels, int outputs) {
  return goes_back(use) ? outputs : channels;
}

Panels panels_of(FilterUse use, int channels, int outputs) {
  return panels_for(goes_back(use) ? channels : outputs, kFilterVectors);
}

// U = G w G^T for the use; the gradient sees w turned by half a turn.
void transform(FilterUse use, const float* w, int64_t pairs, float* u) {
  switch (use) {
    case FilterUse::kConv:
      return transform_weights<FourByThree>(w, pairs, false, u);
    case FilterUse::kConvInputGrad:
      return transform_weights<FourByThree>(w, pairs, true, u);
    case FilterUse::kDoubled:
      return transform_weights<Doubled>(w, pairs, false, u);
    case FilterUse::kDoubledInputGrad:
      return transform_weights<Halved>(w, pairs, true, u);
  }
}

}  // namespace

bool filter_pays(FilterUse use, int channels, int outputs) {
  if (is_doubled(use)) {
    return true;
  }
  int read = read_by(use, channels, outputs);
  int written = goes_back(use) ? channels : outputs;
  return read >= kFewest && written >= kFewest &&
         (written >= kFewestWritten || read <= kMostReadForFewer);
}

int64_t filter_floats(FilterUse use, int channels, int outputs) {
  if (!filter_pays(use, channels, outputs)) {
    return 0;
  }
  Panels panels = panels_of(use, channels, outputs);
  return int64_t{planes_of(use)} * read_by(use, channels, outputs) * panels.count * panels.width();
}

void prepare_filter(FilterUse use, int channels, int outputs, const float* w, float* to) {
  int planes = planes_of(use);
  int64_t pairs = int64_t{channels} * outputs;
  float* u = scratch_floats(Slot::kPartials, planes * pairs);
  transform(use, w, pairs, u);
  Panels panels = panels_of(use, channels, outputs);
  if (goes_back(use)) {
    pack_transposed(u, planes, outputs, channels, panels, to);
  } else {
    pack(u, planes, channels, outputs, panels, to);
  }
}

Filter filter_of(FilterUse use, int channels, int outputs, const float* w, const float* prepared) {
  const float* data = prepared;
  if (data == nullptr) {
    float* to = scratch_floats(Slot::kWeights, filter_floats(use, channels, outputs));
    prepare_filter(use, channels, outputs, w, to);
    data = to;
  }
  Panels panels = panels_of(use, channels, outputs);
  int rows = read_by(use, channels, outputs);
  return {packed_view(data, planes_of(use), rows, panels), panels};
}

}  // namespace hgn::HGN_ISA
