# Compiles all kernels for all targets into one file, OUTPUT, and writes hgn.properties beside it,
# which says by which toolkit and for which targets. Run by Maven as
#   cmake -D KERNELS=dir -D BUILD=dir -D OUTPUT=file -D TARGETS=75,90 -P fatbin.cmake
#
# A machine without nvcc gets one warning, and the jar no kernels. Where there is one, an error in
# the sources fails the build. Nothing is done while sources, compiler and targets stay the same.
string(REPLACE "," ";" targets "${TARGETS}")
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)


# Drivers since 525 load what CUDA 12 has compiled, but only those since 580 what CUDA 13 has. 12.8
# and 12.9 know all targets, so they come before whatever is on the path, but after a choice.
if(NOT TOOLKITS)
  set(TOOLKITS /usr/local)
endif()
foreach(variable CUDA_HOME CUDA_PATH)
  if(NOT "$ENV{${variable}}" STREQUAL "")
    find_program(nvcc nvcc PATHS $ENV{${variable}}/bin NO_DEFAULT_PATH)
  endif()
endforeach()
find_program(nvcc nvcc PATHS ${TOOLKITS}/cuda-12.9/bin ${TOOLKITS}/cuda-12.8/bin NO_DEFAULT_PATH)
find_program(nvcc nvcc PATHS ${TOOLKITS}/cuda/bin)
if(NOT nvcc)
  message(WARNING "no nvcc: the CUDA kernels are left out of the jar; "
    "to have them, install a CUDA toolkit, version 12 or 13")
  return()
endif()
execute_process(COMMAND ${nvcc} --version OUTPUT_VARIABLE version)
if(NOT version MATCHES "V([0-9]+\\.[0-9]+\\.[0-9]+)")
  message(FATAL_ERROR "${nvcc} --version names no version: ${version}")
endif()
set(toolkit ${CMAKE_MATCH_1})
execute_process(COMMAND ${nvcc} --help OUTPUT_VARIABLE help)
execute_process(COMMAND ${nvcc} --list-gpu-code OUTPUT_VARIABLE known)

# The oldest target's intermediate code goes in too: a driver compiles it for chips yet to come.
list(GET targets 0 oldest)
set(flags --fatbin -std=c++17 -O3 -Xptxas -v --threads ${cores}
  -gencode arch=compute_${oldest},code=compute_${oldest})
set(compiled "")
foreach(target IN LISTS targets)
  if(known MATCHES "sm_${target}[^0-9]")
    list(APPEND flags -gencode arch=compute_${target},code=sm_${target})
    list(APPEND compiled ${target})
  else()
    message(WARNING "this nvcc does not know sm_${target}; such a chip will compile the kernels "
      "when it loads them")
  endif()
endforeach()
if(help MATCHES "--compress-mode")
  # The jar is compressed anyway, and older drivers cannot read the newest packing.
  list(APPEND flags --compress-mode=none)
endif()

file(GLOB sources ${KERNELS}/*.cu ${KERNELS}/*.cuh)
list(SORT sources)
set(state "${version}${flags}")
foreach(source IN LISTS sources)
  file(SHA256 ${source} digest)
  string(APPEND state "${source} ${digest}\n")
endforeach()
string(SHA256 state "${state}")
get_filename_component(directory ${OUTPUT} DIRECTORY)
set(properties ${directory}/hgn.properties)
if(EXISTS ${OUTPUT} AND EXISTS ${properties} AND EXISTS ${BUILD}/state)
  file(READ ${BUILD}/state before)
  if(before STREQUAL state)
    return()
  endif()
endif()

# One translation unit holds all files, each in a namespace of its own, so that what they call the
# same does not collide; a kernel is extern "C" and keeps its plain name. What they include comes
# first, outside of the namespaces.
set(includes "")
set(unit "")
foreach(source IN LISTS sources)
  if(source MATCHES "\\.cu$")
    get_filename_component(name ${source} NAME_WE)
    file(STRINGS ${source} lines REGEX "^ *#include ")
    foreach(line IN LISTS lines)
      string(STRIP "${line}" line)
      list(APPEND includes "${line}")
    endforeach()
    string(APPEND unit "namespace file_${name} {\n#include \"${source}\"\n}\n")
  endif()
endforeach()
list(REMOVE_DUPLICATES includes)
string(REPLACE ";" "\n" includes "${includes}")
file(WRITE ${BUILD}/hgn.cu "${includes}\n${unit}")

file(MAKE_DIRECTORY ${directory})
execute_process(COMMAND ${nvcc} ${flags} -I ${KERNELS} -o ${OUTPUT} ${BUILD}/hgn.cu
  RESULT_VARIABLE failed OUTPUT_VARIABLE log ERROR_VARIABLE log)
if(failed)
  message(FATAL_ERROR "nvcc fails (-Dcuda.skip leaves the kernels out):\n${log}")
endif()
file(WRITE ${BUILD}/resources.log "${log}")
# what is not information about resources
string(REGEX REPLACE "(ptxas info|    [0-9]+ bytes stack frame)[^\n]*\n" "" warnings "${log}")
if(warnings)
  message(WARNING "${warnings}")
endif()

# the newest target's, as older ones have no kernels for clusters of blocks
set(newest ${oldest})
foreach(target IN LISTS compiled)
  if(target GREATER newest)
    set(newest ${target})
  endif()
endforeach()
execute_process(COMMAND ${nvcc} --ptx -std=c++17 -O3 -arch=compute_${newest} -I ${KERNELS}
  -o ${BUILD}/hgn.ptx ${BUILD}/hgn.cu RESULT_VARIABLE failed ERROR_VARIABLE errors)
if(failed)
  message(FATAL_ERROR "${errors}")
endif()
execute_process(
  COMMAND ${CMAKE_COMMAND} -D LOG=${BUILD}/resources.log -D PTX=${BUILD}/hgn.ptx
    -P ${CMAKE_CURRENT_LIST_DIR}/resources.cmake
  RESULT_VARIABLE failed ERROR_VARIABLE errors)
if(failed)
  file(REMOVE ${OUTPUT})
  message(FATAL_ERROR "${errors}")
endif()
string(REPLACE ";" "," compiled "${compiled}")
file(WRITE ${properties} "toolkit=${toolkit}\ntargets=${compiled}\n")
file(WRITE ${BUILD}/state "${state}")
