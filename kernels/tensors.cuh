// Many tensors in one launch: assigns a part of one tensor to each block.
#pragma once

#include <cstdint>

namespace hgn {

constexpr int kTensors = 64;
constexpr int kBlockElements = 4096;  // elements of one tensor per block

// Block b works on the last tensor whose first block is at most b.
struct TensorBlocks {
  int64_t count[kTensors];
  int first_block[kTensors];
  int tensors;

  // The tensor of this block.
  __device__ int tensor() const {
    int block = static_cast<int>(blockIdx.x);
    int found = 0;
    for (int above = tensors; above - found > 1;) {
      int middle = (found + above) / 2;
      if (first_block[middle] <= block) {
        found = middle;
      } else {
        above = middle;
      }
    }
    return found;
  }

  // Calls body(i) for the elements of `tensor` that belong to this thread of the block.
  template <class Body>
  __device__ void for_elements(int tensor, const Body& body) const {
    int64_t begin =
        static_cast<int64_t>(static_cast<int>(blockIdx.x) - first_block[tensor]) * kBlockElements;
    int64_t left = count[tensor] - begin;
    int length = left < kBlockElements ? static_cast<int>(left) : kBlockElements;
    for (int i = static_cast<int>(threadIdx.x); i < length; i += static_cast<int>(blockDim.x)) {
      body(begin + i);
    }
  }
};

}  // namespace hgn
