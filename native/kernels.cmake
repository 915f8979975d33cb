# How all builds compile the kernels: the library, and the drivers of fuzz/.
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O3")

# Not-a-number and infinity survive all of these.
add_compile_options(-Wall -Wextra -fno-math-errno -fno-trapping-math -ffp-contract=fast)

set(SANITIZE "" CACHE STRING "sanitizers to build with, as -fsanitize names them: address,undefined or thread")
if(SANITIZE)
  # of the optimiser's warnings some are false among a sanitizer's checks
  add_compile_options(-fsanitize=${SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1 -O1)
  add_link_options(-fsanitize=${SANITIZE})
else()
  add_compile_options(-Werror)
endif()

find_package(Threads REQUIRED)

set(NATIVE ${CMAKE_CURRENT_LIST_DIR})
set(KERNEL_SOURCES
  activation.cpp adam.cpp bfloat_conv.cpp bfloat_weight_grad.cpp bfloat_windows.cpp broadcast.cpp ceiling.cpp
  conv.cpp conv_weight_grad.cpp dot_gemm.cpp elementwise.cpp few_outputs.cpp gather_gemm.cpp
  matmul.cpp movement.cpp outer_gemm.cpp pack.cpp random.cpp reduce.cpp rollout.cpp table.cpp
  winograd.cpp winograd_filters.cpp winograd_weight_grad.cpp)
list(TRANSFORM KERNEL_SOURCES PREPEND ${NATIVE}/)

# Of these, convolutions in bfloat16 and what they call.
set(BFLOAT_SOURCES
  activation.cpp bfloat_conv.cpp bfloat_weight_grad.cpp bfloat_windows.cpp elementwise.cpp pack.cpp)
list(TRANSFORM BFLOAT_SOURCES PREPEND ${NATIVE}/)

# Whether compiler and assembler know the tiles; without them, bfloat16 is not faster and not used.
include(CheckCXXSourceCompiles)
set(AMX -mavx512bf16 -mamx-tile -mamx-bf16)
string(REPLACE ";" " " CMAKE_REQUIRED_FLAGS "${AMX}")
check_cxx_source_compiles("int main() { asm volatile(\"tdpbf16ps %tmm2, %tmm1, %tmm0\"); }" COMPILES_AMX)
unset(CMAKE_REQUIRED_FLAGS)

# The sources of a list once more for an instruction set, in a namespace of that name.
function(add_kernels target isa vector_bytes sources)
  add_library(${isa} OBJECT ${${sources}})
  target_compile_definitions(${isa} PRIVATE HGN_ISA=${isa} HGN_VECTOR_BYTES=${vector_bytes})
  target_compile_options(${isa} PRIVATE ${ARGN})
  target_sources(${target} PRIVATE $<TARGET_OBJECTS:${isa}>)
endfunction()

# All kernels, their memory and their threads, as a part of `target`.
function(add_all_kernels target)
  target_sources(${target} PRIVATE ${NATIVE}/isa.cpp ${NATIVE}/memory.cpp ${NATIVE}/thread_pool.cpp)
  target_link_libraries(${target} PRIVATE Threads::Threads)
  add_kernels(${target} portable 16 KERNEL_SOURCES)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64|AMD64")
    target_compile_definitions(${target} PRIVATE HGN_X86)
    add_kernels(${target} avx2 32 KERNEL_SOURCES -mavx2 -mfma)
    set(avx512 -mavx512f -mavx512dq -mavx512vl -mavx512bw -mfma -mprefer-vector-width=512)
    add_kernels(${target} avx512 64 KERNEL_SOURCES ${avx512})
    if(COMPILES_AMX)
      target_compile_definitions(${target} PRIVATE HGN_AMX)
      add_kernels(${target} amx 64 BFLOAT_SOURCES ${avx512} ${AMX})
    endif()
  endif()
endfunction()
