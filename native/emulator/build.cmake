# Builds the stand-ins for NVIDIA's libraries into OUTPUT. Run by Maven, for the tests, as
#   cmake -D BUILD=dir -D OUTPUT=dir -P build.cmake
# and by .ci/emulator-probes with -D PROBE=name as well.
#
# On another system or processor than linux-x86_64 it says in one line that the tests are skipped. A
# machine that cannot build them (no compiler, no make) gets one warning, and the tests that need
# them are skipped. Where it can be configured, an error in the sources fails the build.
include(${CMAKE_CURRENT_LIST_DIR}/../host.cmake)
if(NOT SUPPORTED)
  message(NOTICE "no CUDA emulator for ${HOST}: the tests on it are skipped")
  return()
endif()
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)

execute_process(COMMAND ${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${BUILD} -D PROBE=${PROBE}
  RESULT_VARIABLE failed OUTPUT_VARIABLE log ERROR_VARIABLE log)
if(failed)
  string(REGEX MATCH "CMake Error[^\n]*\n[^\n]*(\n[^\n]*)?" reason "${log}")
  message(WARNING "the CUDA emulator is left out, and the tests on it are skipped; "
    "to have it, install a C++17 compiler and make.\n${reason}")
  return()
endif()

execute_process(COMMAND ${CMAKE_COMMAND} --build ${BUILD} --parallel ${cores}
  RESULT_VARIABLE failed OUTPUT_VARIABLE log ERROR_VARIABLE log)
if(failed)
  message(FATAL_ERROR "${log}")
endif()

file(MAKE_DIRECTORY ${OUTPUT}/cuda13)
foreach(library libcuda.so.1 libcudnn.so.9 libcublas.so.12 libnccl.so.2 cuda13/libcublas.so.13)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E copy_if_different ${BUILD}/${library} ${OUTPUT}/${library})
endforeach()
file(WRITE ${OUTPUT}/hgn.fatbin "emulated kernels\n")
