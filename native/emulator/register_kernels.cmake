# Writes OUTPUT, which includes the kernel file SOURCE and registers its kernels. SCANNED is that
# file after the preprocessor, so kernels that a macro defines are found too.
file(READ ${SCANNED} text)
string(REGEX MATCHALL
  "hgn_emulated_kernel[ \n]+void[ \n]+(hgn_emulated_cluster\\([^()]*\\)[ \n]+)?[A-Za-z_0-9]+" kernels "${text}")
set(registrations "")
foreach(kernel IN LISTS kernels)
  string(REGEX REPLACE ".*[ \n]" "" name "${kernel}")
  set(cluster "")
  if(kernel MATCHES "hgn_emulated_cluster(\\([^()]*\\))")
    set(cluster ", hgn::emulator::Extent${CMAKE_MATCH_1}")
    string(REGEX REPLACE "\\((.*)\\)" "{\\1}" cluster "${cluster}")
  endif()
  string(APPEND registrations
    "static const hgn::emulator::Registration<&::${name}> registration_${name}(\"${name}\"${cluster});\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"device.h\"\n#include \"registry.h\"\n#include \"${SOURCE}\"\n\n${registrations}")
