// What every kernel file shares.
#pragma once

// Dynamic shared memory of the launch, as an array of `type` that is called `name`.
#ifdef __CUDACC__
#define HGN_SHARED(type, name)                                         \
  extern __shared__ __align__(128) unsigned char hgn_shared_memory[];  \
  type* const name = reinterpret_cast<type*>(hgn_shared_memory)
#endif
