// A window of three over pixels that are each repeated, along one direction: output 2i + a sees
// pixels i - 1 + a + t with t = 0 and 1, each by the sum of one or two neighbouring taps.
#pragma once

namespace hgn {

struct TapRange {
  int first;
  int count;
};

inline TapRange doubled_taps(int a, int t) { return {a == 0 ? t : 2 * t, a == t ? 1 : 2}; }

}  // namespace hgn
