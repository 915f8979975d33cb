// The table of this instruction set.
#include "bfloat_conv.h"
#include "ops.h"
#include "winograd.h"
#include "winograd_filters.h"

#define HGN_TEXT_OF(name) #name
#define HGN_TEXT(name) HGN_TEXT_OF(name)

namespace hgn::HGN_ISA {

extern const Kernels kTable = {
    HGN_TEXT(HGN_ISA),
    fill,
    copy,
    unary,
    affine,
    clamp,
    activate,
    activation_grad,
    binary,
    broadcast_to,
    sum,
    sum_products,
    all_finite,
    matmul,
    conv,
    conv_input_grad,
    conv_weight_grad,
    doubled_conv,
    doubled_input_grad,
    doubled_weight_grad,
    &kBfloatTable,
    filter_floats,
    prepare_filter,
    rollout_forward,
    rollout_backward,
    copy_runs,
    transpose_each,
    upsample,
    add_upsampled,
    upsample_grad,
    adam,
    normal,
    multiply_adds,
};

}  // namespace hgn::HGN_ISA
