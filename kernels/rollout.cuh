// A whole rollout of Hamilton's equations in one launch, and its vector-Jacobian product in
// another.
//
// H(q, p) = kinetic |p|^2/2 + spring |q|^2/2 + the sum over space of a_L, where a_0 = (q, p) along
// the channels, z_l = conv(a_{l-1}, W_l) + b_l and a_l = f_l(z_l). Its gradient at a state is one
// pass up through the layers and one down:
//
//   delta_L = f'(z_L),  u_{l-1} = convT(delta_l, W_l),  delta_{l-1} = f'(z_{l-1}) u_{l-1}
// dH = u_0 plus the gradient of the closed terms
//
// Every f' is a function of a = f(z), f' = D(a), so that the delta of a layer can overwrite its a.
//
// Backward, forward over reverse. For a cotangent c of g = dH(s; w), the gradients of <g, c> with
// respect to s and w are needed. With c as the tangent of a_0, both passes run on dual numbers (a,
// a'), (delta, delta'):
//
//   a'_l = D(a_l) conv(a'_{l-1}, W_l)                      no bias
//   delta'_L = D'(a_L) a'_L
//   delta'_{l-1} = D'(a_{l-1}) a'_{l-1} u_{l-1} + D(a_{l-1}) u'_{l-1}
//   d<g,c>/ds = u'_0
//   d<g,c>/dW_l = delta'_l (x) a_{l-1} + delta_l (x) a'_{l-1},  d<g,c>/db_l = delta'_l
// The outer products are not computed here: a, a', delta and delta' of each evaluation and sample
// are written out, and one matrix product per layer computes them all at once on the whole GPU.
//
// One block takes a few samples through the whole rollout. States, activations and the partial sums
// of products are in shared memory; so are the weights of as many layers as fit, while the others
// are read through L2 each time. Dual numbers are two planes of rows, which share every weight that
// is read. The rows and taps of a product are looked up in a table of addresses, so that padding,
// stride and unused taps need no branch. A thread computes some columns of some rows over a slice
// of the sum; the slices are added in a fixed order, so that runs are bitwise reproducible.
//
// Lower bound on the time, for one state of the published network (4x4x32 in; 3x3 to 32, 2x2 stride
// 2 to 64, twice 2x2 to 64, 2x2 to 1; taps on padding counted): 311,552 multiply-adds up and
// 237,824 down to one half of the state, so 95.6 MFLOP for the 87 evaluations of 29 leapfrog steps.
// A Hopper multiprocessor does 256 FLOP per cycle: 373,000 cycles, 0.21 ms at 1.75 GHz, for any
// batch up to one sample per multiprocessor. Dual numbers take 1,098,752 multiply-adds: 191 MFLOP,
// 747,000 cycles, 0.43 ms; their outer products at batch 16 are 1.7 GFLOP on the whole GPU, 0.03 ms
// at 60 TFLOP/s. Memory bandwidth is not the limit: 0.2 MB of weights per block, 2 MB of states,
// and 34 MB of a and delta written and read once, 14 us at 4.8 TB/s. Loads from shared memory are:
// a warp with 8x4 or 4x8 sums loads 0.38 words per multiply-add and 0.25 with 8x8, which takes 1.5
// times or exactly as many cycles as the arithmetic. And each of the ten products of an evaluation
// ends with two barriers.
//
// Where most multiprocessors would be idle, a cluster of four blocks takes the samples of one
// through the rollout instead. See rollout_share.cuh.
//
// Estimated from the compiled instructions by benchmarks/gpu-sass, not measured, for an evaluation
// forward: 25,200 cycles, 1.3 ms at batch 16 on an H200; in clusters 8,800 and 0.44 ms. Most of it
// is waiting: a thread takes a few turns of a product, and has to find its addresses before and add
// its sums to others' after them.
#pragma once

#include "activation.cuh"
#include "common.cuh"

namespace hgn::rollout {

constexpr int kThreads = 256;
constexpr int kWarps = kThreads / 32;
constexpr int kMaxLayers = 8;
constexpr int kMaxMoves = 16;
constexpr int kClusterBlocks = 4;

// Keeps x in a register from here on. A constant would be read again just before each use, which
// then waits for it; read together, constants wait once.
__device__ inline int held(int x) {
  asm volatile("" : "+r"(x));
  return x;
}

// Division by a number that the host knows, by multiplication: n / d for n d < 2^31, which holds
// for all counts of a block's floats.
struct SmallDivisor {
  int d;
  unsigned scale;  // 2^31 / d, rounded up

  __device__ int quotient(int n) const { return __umulhi(2u * n, scale); }
};

// A sum of products of rows and weights: one layer, up or down. Counts and offsets in elements.
struct Product {
  int tiles;
  int split_shift;      // log2 of how many warps share a tile, each with a slice of the sum
  int row_lanes_shift;  // log2 of how many of a warp's four groups of lanes have separate rows
  int padded_columns;   // of the result, a multiple of four
  SmallDivisor quads;   // channels summed over at each tap, in groups of four
  int quad_step;        // from one quad of a slice to its next: so many quads,
  int tap_step;         //   and so many taps
  SmallDivisor column_groups;  // tiles side by side
  int lists;    // table, 64-bit: for each group of rows the number of taps, then for each tap the
                // offsets of its weights, in quads, and of its sources
  int taps;     // the most of a list
  int sources;  // table, 16-bit: address of the row that a tap reads, [tap][padded_rows]
  int places;   // table, 16-bit: row of the result, in the order of the planes -> its row in shared
                // memory
  int padded_rows;         // rounded up to whole warp tiles
  int slice;               // floats of a slice of the result
  int outputs_per_thread;  // 4 or 8, down also 2
  int rows_per_thread;     // 4 or 8
  int rows;                // of the result, all planes
  SmallDivisor share;      // quads of a row of the result that a block computes
  int plane_rows;          // rows of one plane of the result
  int tap_quads;           // of a tap's weights
  // In a cluster:
  int column_lanes_shift;  // log2 of how many of a warp's groups of lanes are side by side
  int weights;             // of this block, in shared memory
  int weight_quads;        // of a block
  int packed;              // offset of the first block's in the packed weights
  int terms;               // table: for each group of a thread's rows the quads to be summed, as
                           // bytes from the start of shared memory for each row
  int term_weights;        // table: the same for the weights
  int padded_terms;        // of a group of rows: as many for each slice
  int threads;             // table of Errand
  int kept_planes;         // that a thread keeps of a row: 2 where it needs the tangents as well
};

struct Layer {
  int wide;           // quads of a row of weights
  int last_input;     // number of the last row of a tap's weights
  int swizzle_shift;  // how a row's quads are permuted
  int weights;        // offset in shared memory or, if they are not there, in the packed weights
  int in_quads, out_quads;  // of one plane of the layer's input and output
  int input, output;        // buffers of rows in shared memory
  int bias;                 // place in shared memory
  Activation activation;
  int resident;  // whether the weights are in shared memory
  int packed;    // offset in the packed weights; not in a cluster
  int packed_bias;
  SmallDivisor inputs, outputs;
  int kernel_height, kernel_width, stride, top, left;
  int in_height, in_width, in_row;  // in_row: channels of a row, a multiple of four
  int out_height, out_width, out_row;
  Product up, down;
};

// Where something becomes of a quad of a result: in a slice of the sums, also of tangents, in a
// buffer of rows, and among the biases.
struct Spot {
  int place, tangent, at, channels;
};

// An element of q that a block computes, and of p: its number in memory, its place in the rows of a
// state, and the places of their gradients in a slice of the sums. -1: there is none.
struct alignas(16) Own {
  int i, j, by_q, by_p;
};

// The blocks that share samples: this one only.
struct OneBlock {
  static constexpr int kSize = 1;

  __device__ explicit OneBlock(float*) {}
  __device__ int rank() const { return 0; }

  // Before all else, but after their shared memory is cleared.
  __device__ void meet() const {}

  // Once this block has read what may be overwritten: what is going to be stored, in floats.
  __device__ void expect(int) const {}

  // Stores in the shared memory of all blocks.
  __device__ void store(float* own, float v) const { *own = v; }

  // Until all that was to be stored is there, and all threads of this block are.
  __device__ void wait() const { __syncthreads(); }
};

// Parameters of a launch, written by hgn.backend.cuda.RolloutLaunch.
struct Rollout {
  const float *q, *p;  // (N,h,w,C)
  float* states;       // (2,steps+1,N,h,w,C): q of all states, then p; backward: their cotangents
  float* visited;      // (evaluations,N,h,w,2C), or null
  float* cotangent;    // (2,N,h,w,C), backward: of the last state; becomes that of the first
  float* packed;
  const float* weight[kMaxLayers];
  const float* bias[kMaxLayers];
  float* inputs[kMaxLayers];  // (2,evaluations,N,H,W,C): a, then a' of the layer below
  float* deltas[kMaxLayers];  // (2,evaluations,N,H',W',O): delta', then delta
  Layer layers[kMaxLayers];
  int layer_count;
  int samples;  // N
  int samples_per_block;
  int positions;              // h w
  SmallDivisor channels;      // C
  SmallDivisor own_channels;  // those that a block computes
  int steps;                  // of the whole rollout
  int first_step, last_step;  // backward: the part of the rollout
  int splitting;              // whether moves are kicks and drifts; otherwise stages
  int moves;
  int kick[kMaxMoves];
  float factor[kMaxMoves];  // splitting: factor of the move; stages: weight of the slope; times dt
  float reach[kMaxMoves];   // stages: distance from the start along the previous slope; splitting:
                            // how far q glides along p after the move; times dt
  float kinetic, spring;
  int zeros;  // a row of zeros in shared memory
  int mail;   // in a cluster: two deliveries, then a place for a word from each block
  int own;    // in a cluster: table of Own, for each element that the block computes
  int state;  // buffer of (q, p), followed by the tangents in the backward pass
  int work;   // buffers of states for the integrator
  int partial;
  int shared_floats;
};

}  // namespace hgn::rollout
