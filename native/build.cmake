# Builds the libraries into OUTPUT/linux-x86_64/. Run by Maven as
#   cmake -D BUILD=dir -D OUTPUT=dir -D JNI_HEADERS=dir -D JAVA_HOME=dir -P build.cmake
#
# On another system or processor it says so in one line, and the program uses the Java backend there. A
# machine that cannot build it (no compiler, no make, no jni.h) gets one warning, and the same backend.
# Where it can be configured, an error in the sources fails the build.
include(${CMAKE_CURRENT_LIST_DIR}/host.cmake)
if(NOT SUPPORTED)
  message(NOTICE "no native backend for ${HOST}: plain Java is used")
  return()
endif()
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)

execute_process(
  COMMAND ${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${BUILD}
    -D JNI_HEADERS=${JNI_HEADERS} -D JAVA_HOME=${JAVA_HOME}
  RESULT_VARIABLE failed OUTPUT_VARIABLE log ERROR_VARIABLE log)
if(failed)
  string(REGEX MATCH "CMake Error[^\n]*\n[^\n]*(\n[^\n]*)?" reason "${log}")
  message(WARNING "the native cpu backend is left out, the Java backend will be used instead; "
    "to have it, install a C++17 compiler, make and a JDK with jni.h.\n${reason}")
  return()
endif()

execute_process(
  COMMAND ${CMAKE_COMMAND} --build ${BUILD} --parallel ${cores}
  RESULT_VARIABLE failed OUTPUT_VARIABLE log ERROR_VARIABLE log)
if(failed)
  message(FATAL_ERROR "${log}")
endif()

file(COPY ${BUILD}/libhgn4j.so ${BUILD}/libcublas.so.12 ${BUILD}/libhgn4j_nccl.so
  DESTINATION ${OUTPUT}/${HOST})

# one training over many processes, where an MPI is
if(EXISTS ${BUILD}/libhgn4j_mpi.so)
  file(COPY ${BUILD}/libhgn4j_mpi.so ${BUILD}/libhgn4j_signals.so DESTINATION ${OUTPUT}/${HOST})
endif()
