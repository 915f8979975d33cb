// The parts of an evaluation, each as a kernel of its own, so that their instructions can be told
// apart. Compiled, never run.
#include "rollout_forward.cu"

#define HGN_PRODUCT(name, Outputs, Rows, Down, Resident)                                  \
  extern "C" __global__ void __launch_bounds__(kThreads)                                  \
      name(const __grid_constant__ Rollout a, int number) {                               \
    HGN_SHARED(float4, memory);                                                           \
    const Layer& l = a.layers[number];                                                    \
    const Product& d = Down ? l.down : l.up;                                              \
    product<Outputs, Rows, Down, Resident>(a, l, d, reinterpret_cast<float*>(memory), 0); \
    __syncthreads();                                                                      \
  }

HGN_PRODUCT(part_up_4x4, 4, 4, false, true)
HGN_PRODUCT(part_up_4x8, 4, 8, false, true)
HGN_PRODUCT(part_up_8x4, 8, 4, false, true)
HGN_PRODUCT(part_up_8x8, 8, 8, false, true)
HGN_PRODUCT(part_down_2x8, 2, 8, true, true)
HGN_PRODUCT(part_down_4x4, 4, 4, true, true)
HGN_PRODUCT(part_down_4x8, 4, 8, true, true)
HGN_PRODUCT(part_down_8x4, 8, 4, true, true)
HGN_PRODUCT(part_down_8x8, 8, 8, true, true)

#define HGN_PASS(name, call)                                \
  extern "C" __global__ void __launch_bounds__(kThreads)    \
      name(const __grid_constant__ Rollout a, int number) { \
    HGN_SHARED(float4, memory);                             \
    float* shared = reinterpret_cast<float*>(memory);       \
    const Layer& l = a.layers[number];                      \
    call;                                                   \
    __syncthreads();                                        \
  }

HGN_PASS(part_activate, activate<Softplus>(OneBlock(shared), a, l, shared, false))
HGN_PASS(part_descend, descend<Softplus>(OneBlock(shared), a, l, shared))
HGN_PASS(part_move, move(OneBlock(shared), a, shared, number); (void)l)
