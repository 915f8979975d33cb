# Builds the libraries into OUTPUT/<os>-<arch>/. Run by Maven as
#   cmake -D BUILD=dir -D OUTPUT=dir -D JNI_HEADERS=dir -D JAVA_HOME=dir -P build.cmake
#
# A machine that cannot build it (no compiler, no make, no jni.h) gets one warning, and the program
# uses the Java backend. Where it can be configured, an error in the sources fails the build.
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

string(TOLOWER "${CMAKE_HOST_SYSTEM_NAME}" os)
cmake_host_system_information(RESULT arch QUERY OS_PLATFORM)
file(COPY ${BUILD}/libhgn4j.so DESTINATION ${OUTPUT}/${os}-${arch})
if(EXISTS ${BUILD}/libcublas.so.12)
  file(COPY ${BUILD}/libcublas.so.12 DESTINATION ${OUTPUT}/${os}-${arch})
endif()
