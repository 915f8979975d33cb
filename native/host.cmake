# Whether native parts are built here: HOST is <os>-<arch> of this machine, and -D HOST=... stands for
# another. The sources are tried on linux-x86_64 alone.
if(NOT HOST)
  string(TOLOWER "${CMAKE_HOST_SYSTEM_NAME}" os)
  cmake_host_system_information(RESULT arch QUERY OS_PLATFORM)
  set(HOST ${os}-${arch})
endif()
if(HOST STREQUAL "linux-x86_64")
  set(SUPPORTED TRUE)
endif()
