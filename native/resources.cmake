# Checks what the compiler says of the kernels for each target: no registers spilled to memory, all
# threads of a block in the multiprocessor's registers, static shared memory in the limit. Run as
#   cmake -D LOG=file -D PTX=file -P resources.cmake
# LOG is the output of nvcc -Xptxas -v. PTX is the kernels' intermediate code, which says for how
# many threads a kernel is bounded; others are launched with 256.
set(all_registers 65536)
set(all_shared 49152)  # more is dynamic, and chosen by the program for the device
set(unbounded 256)

file(STRINGS ${PTX} lines REGEX "\\.entry |\\.maxntid ")
foreach(line IN LISTS lines)
  if(line MATCHES "\\.entry ([A-Za-z0-9_]+)")
    set(kernel ${CMAKE_MATCH_1})
    set(threads_${kernel} ${unbounded})
  elseif(line MATCHES "\\.maxntid ([0-9]+), ([0-9]+), ([0-9]+)")
    math(EXPR threads_${kernel} "${CMAKE_MATCH_1} * ${CMAKE_MATCH_2} * ${CMAKE_MATCH_3}")
  endif()
endforeach()

set(faults "")
set(compiled 0)
file(STRINGS ${LOG} lines REGEX "Compiling entry function|spill stores|Used [0-9]+ registers")
foreach(line IN LISTS lines)
  if(line MATCHES "entry function '([A-Za-z0-9_]+)' for '([a-z0-9_]+)'")
    set(kernel ${CMAKE_MATCH_1})
    set(where "${kernel} on ${CMAKE_MATCH_2}")
    math(EXPR compiled "${compiled} + 1")
    if(NOT DEFINED threads_${kernel})
      list(APPEND faults "${where}: not in ${PTX}")
      set(threads_${kernel} ${unbounded})
    endif()
  elseif(line MATCHES "([0-9]+) bytes spill stores, ([0-9]+) bytes spill loads")
    if(NOT "${CMAKE_MATCH_1}${CMAKE_MATCH_2}" STREQUAL "00")
      list(APPEND faults "${where}: spills ${CMAKE_MATCH_1} bytes and loads ${CMAKE_MATCH_2} again")
    endif()
  elseif(line MATCHES "Used ([0-9]+) registers")
    # of a warp they are given in pieces of 256
    math(EXPR registers "(${CMAKE_MATCH_1} + 7) / 8 * 8")
    math(EXPR all "${registers} * ((${threads_${kernel}} + 31) / 32 * 32)")
    if(all GREATER all_registers)
      list(APPEND faults "${where}: ${registers} registers of ${threads_${kernel}} threads are ${all}, a block has ${all_registers}")
    endif()
    if(line MATCHES "([0-9]+) bytes smem" AND CMAKE_MATCH_1 GREATER all_shared)
      list(APPEND faults "${where}: ${CMAKE_MATCH_1} bytes of static shared memory, a block has ${all_shared}")
    endif()
  endif()
endforeach()

if(compiled EQUAL 0)
  message(FATAL_ERROR "${LOG} names no kernel; nvcc is to be run with -Xptxas -v")
elseif(faults)
  string(REPLACE ";" "\n  " faults "${faults}")
  message(FATAL_ERROR "kernels that ask for too much:\n  ${faults}")
endif()
