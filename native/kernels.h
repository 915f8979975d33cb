// The table of float32 kernels that one instruction set provides.
//
// The sources that include simd.h are compiled once per instruction set, each time into a separate
// namespace; isa.cpp selects one of the tables. Sizes are counts of floats unless stated otherwise;
// images are (sample, row, column, channel), convolution weights (row, column, input, output).
#pragma once

#include <cstdint>

namespace hgn {

// In the order of hgn.tensor.Activation.
enum class Activation : int { kIdentity, kRelu, kLeakyRelu, kSoftplus, kSigmoid, kTanh };

// In the order of hgn.tensor.UnaryOp.
enum class UnaryOp : int { kExp, kLog, kSqrt, kSquare, kReciprocal, kSin, kCos };

// In the order of hgn.tensor.BinaryOp.
enum class BinaryOp : int { kAdd, kSub, kMul, kDiv, kAtan2 };

// Four nested loops over y, which is contiguous; an operand's stride is 0 where it is broadcast.
struct Loops {
  int64_t size[4];
  int64_t a_stride[4];
  int64_t b_stride[4];
};

// y[n,i,j,o] = f(bias[o] + sum x[n, i*stride+di-top, j*stride+dj-left, c] w[di,dj,c,o]).
struct ConvShape {
  int samples, height, width, channels;
  int kernel_height, kernel_width, out_channels;
  int out_height, out_width;
  int stride, top, left;

  int taps() const { return kernel_height * kernel_width; }
  int64_t out_pixels() const { return int64_t{samples} * out_height * out_width; }
};

// A 3x3 convolution, with padding 1, of 2x nearest-neighbour upsampled images; height and width are
// those before upsampling.
struct DoubledShape {
  int samples, height, width, channels, outputs;
};

// A use of 3x3 weights for which they may be prepared, see winograd_filters.h. In the order of
// hgn.backend.cpu.FilterUse.
enum class FilterUse : int { kConv, kConvInputGrad, kDoubled, kDoubledInputGrad };

// y (outer, inner) is the sum of (outer, reduced, inner) over the middle.
struct SumShape {
  int64_t outer, reduced, inner;
};

// y = op(a) op(b): y is (rows, columns), the sum runs over `inner` products.
struct MatmulShape {
  int rows, inner, columns;
  bool transpose_a, transpose_b;
};

// Constants of one Adam update, see hgn.tensor.AdamRule; gain is 1 - beta, which would be inexact
// in single precision.
struct AdamConstants {
  float rate, beta1, gain1, beta2, gain2, epsilon, decay, root;
};

// A layer of an energy network, a stack of convolutions whose final output is summed.
struct RolloutLayer {
  ConvShape shape;  // of one sample
  const float* weight;
  const float* bias;
  Activation f;
};

// One evaluation of dH in an integrator's step. In a splitting method, a kick (p -= factor dH/dq)
// or a drift (q += factor dH/dp) from the previous result. In a Runge-Kutta method, a stage at
// distance `reach` along the previous stage's slope, with weight `factor` in the step.
struct RolloutMove {
  bool kick;
  float factor;
  float reach;  // of a stage; for a move its glide: how far q then moves along p
};

// A rollout of H(q, p) = kinetic |p|^2/2 + spring |q|^2/2 + the network's energy, see
// hgn.tensor.RolloutPlan and RolloutKernel for all shapes.
struct RolloutTask {
  int batch, steps;
  int places, channels;  // places: height * width of q
  const RolloutLayer* layers;
  int layer_count;
  const RolloutMove* moves;
  int move_count;
  bool splitting;
  float kinetic, spring;
};

struct RolloutPath {
  const float* q;
  const float* p;
  float* states;
  float* visited;  // or null
};

// Steps first, ..., end - 1, from the last to the first.
struct RolloutBack {
  const float* visited;
  const float* cotangents;
  int first, end;
  float* state;
  float* const* inputs;  // of each layer
  float* const* deltas;  // of each layer
};

// The same convolutions with operands rounded to bfloat16 and float32 sums.
struct BfloatKernels {
  void (*conv)(const ConvShape& shape, const float* x, const float* w, const float* bias,
               Activation f, float* y);
  void (*conv_input_grad)(const ConvShape& shape, const float* g, const float* w, float* x);
  void (*conv_weight_grad)(const ConvShape& shape, const float* x, const float* g, float* w);
  void (*doubled_conv)(const DoubledShape& shape, const float* x, const float* w, const float* bias,
                       Activation f, float* y);
  void (*doubled_input_grad)(const DoubledShape& shape, const float* g, const float* w, float* x);
  void (*doubled_weight_grad)(const DoubledShape& shape, const float* x, const float* g, float* w);
};

// Every size may be 0: a result without elements is left alone, a sum without terms is 0.
struct Kernels {
  const char* name;
  void (*fill)(float* y, int64_t n, float value);
  void (*copy)(const float* x, float* y, int64_t n);
  void (*unary)(UnaryOp op, const float* x, float* y, int64_t n);
  void (*affine)(const float* x, float scale, float shift, float* y, int64_t n);
  void (*clamp)(const float* x, float low, float high, float* y, int64_t n);
  void (*activate)(Activation f, const float* x, float* y, int64_t n);
  void (*activation_grad)(Activation f, const float* g, const float* y, float* r, int64_t n);
  void (*binary)(BinaryOp op, const float* a, const float* b, float* y, const Loops& loops);
  void (*broadcast)(const float* a, float* y, const Loops& loops);
  void (*sum)(const float* x, const SumShape& shape, float* y);
  // Sums of a b, where a is contiguous and has the loops' sizes, and b is their second operand.
  void (*sum_products)(const float* a, const float* b, const Loops& loops, const SumShape& shape,
                       float* y);
  bool (*all_finite)(const float* x, int64_t n);
  void (*matmul)(const MatmulShape& shape, const float* a, const float* b, float* y);
  // Here and below, `prepared` is what prepare_filter made of w, or null.
  void (*conv)(const ConvShape& shape, const float* x, const float* w, const float* prepared,
               const float* bias, Activation f, float* y);
  void (*conv_input_grad)(const ConvShape& shape, const float* g, const float* w,
                          const float* prepared, float* x);
  void (*conv_weight_grad)(const ConvShape& shape, const float* x, const float* g, float* w);
  void (*doubled_conv)(const DoubledShape& shape, const float* x, const float* w,
                       const float* prepared, const float* bias, Activation f, float* y);
  void (*doubled_input_grad)(const DoubledShape& shape, const float* g, const float* w,
                             const float* prepared, float* x);
  void (*doubled_weight_grad)(const DoubledShape& shape, const float* x, const float* g, float* w);
  const BfloatKernels* bfloat;
  int64_t (*filter_floats)(FilterUse use, int channels, int outputs);
  void (*prepare_filter)(FilterUse use, int channels, int outputs, const float* w, float* to);
  void (*rollout_forward)(const RolloutTask& task, const RolloutPath& path);
  void (*rollout_backward)(const RolloutTask& task, const RolloutBack& back);
  void (*copy_runs)(const float* from, int64_t from_pitch, float* to, int64_t to_pitch,
                    int64_t length, int64_t runs);
  // x is (batch, rows, columns, length), y (batch, columns, rows, length).
  void (*transpose)(const float* x, int64_t batch, int64_t rows, int64_t columns, int64_t length,
                    float* y);
  void (*upsample)(const float* x, int64_t rows, int64_t width, int64_t channels, float* y);
  void (*add_upsampled)(Activation f, const float* a, const float* x, int64_t rows, int64_t width,
                        int64_t channels, float* y);
  void (*upsample_grad)(const float* g, int64_t rows, int64_t width, int64_t channels, float* x);
  void (*adam)(float* w, const float* g, float* m, float* v, int64_t n,
               const AdamConstants& constants);
  void (*normal)(int64_t seed, int64_t stream, float* y, int64_t n);
  // Runs independent multiply-adds in registers on all threads; returns the number of operations, 2
  // each.
  double (*multiply_adds)(int64_t rounds, float* sum);
};

}  // namespace hgn
