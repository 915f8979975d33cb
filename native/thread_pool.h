// Threads that help with the parts of one job at a time.
#pragma once

namespace hgn {

// Number of computing threads, including the calling one.
int threads();

// Starts missing threads, and returns threads(): less than `count` where the system grants no more.
// Must not be called while another thread runs a job.
int set_threads(int count);

// Calls body(context, part) for every part in 0..parts-1 and returns when all are done.
//
// The caller claims parts itself from the start; a helper joins when it gets a core, and is not
// waited for before that. So a job on a busy machine takes no longer than on one thread. A job that
// is started while another one runs is executed by its caller alone. Throws what a part throws, or
// the first of several, when no part runs any more.
void run_parts(int parts, void (*body)(const void* context, int part), const void* context);

}  // namespace hgn
