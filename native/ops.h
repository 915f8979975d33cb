// Functions that the kernel sources of one instruction set offer to each other and to the table.
#pragma once

#include "kernels.h"

namespace hgn::HGN_ISA {

// elementwise.cpp
void fill(float* y, int64_t n, float value);
void copy(const float* x, float* y, int64_t n);
void unary(UnaryOp op, const float* x, float* y, int64_t n);
void affine(const float* x, float scale, float shift, float* y, int64_t n);
void clamp(const float* x, float low, float high, float* y, int64_t n);

// activation.cpp
void activate(Activation f, const float* x, float* y, int64_t n);
void activate_span(Activation f, float* y, int64_t n);  // in place, by the calling thread
void slope_span(Activation f, const float* y, float* u, int64_t n);  // u <- f' u
// u <- f' u, u_dot <- f'' z_dot u + f' u_dot: the same on dual numbers.
void dual_slope_span(Activation f, const float* y, const float* z_dot, float* u, float* u_dot,
                     int64_t n);
// y = f(a + x with pixels repeated): x has `rows` rows of `width` pixels, y and a twice as many of
// each.
void add_upsampled(Activation f, const float* a, const float* x, int64_t rows, int64_t width,
                   int64_t channels, float* y);
void activation_grad(Activation f, const float* g, const float* y, float* r, int64_t n);

// broadcast.cpp
void binary(BinaryOp op, const float* a, const float* b, float* y, const Loops& loops);
void broadcast_to(const float* a, float* y, const Loops& loops);

// reduce.cpp
void sum(const float* x, const SumShape& shape, float* y);
void sum_products(const float* a, const float* b, const Loops& loops, const SumShape& shape,
                  float* y);
bool all_finite(const float* x, int64_t n);

// conv.cpp, conv_weight_grad.cpp, matmul.cpp
void conv(const ConvShape& shape, const float* x, const float* w, const float* prepared,
          const float* bias, Activation f, float* y);
void conv_input_grad(const ConvShape& shape, const float* g, const float* w, const float* prepared,
                     float* x);
void conv_weight_grad(const ConvShape& shape, const float* x, const float* g, float* w);
void matmul(const MatmulShape& shape, const float* a, const float* b, float* y);

// rollout.cpp
void rollout_forward(const RolloutTask& task, const RolloutPath& path);
void rollout_backward(const RolloutTask& task, const RolloutBack& back);

// movement.cpp
void copy_runs(const float* from, int64_t from_pitch, float* to, int64_t to_pitch, int64_t length,
               int64_t runs);
void transpose_each(const float* x, int64_t batch, int64_t rows, int64_t columns, int64_t length,
                    float* y);
void upsample(const float* x, int64_t rows, int64_t width, int64_t channels, float* y);
void upsample_grad(const float* g, int64_t rows, int64_t width, int64_t channels, float* x);

// ceiling.cpp
double multiply_adds(int64_t rounds, float* sum);

// adam.cpp, random.cpp
void adam(float* w, const float* g, float* m, float* v, int64_t n, const AdamConstants& constants);
void normal(int64_t seed, int64_t stream, float* y, int64_t n);

}  // namespace hgn::HGN_ISA
