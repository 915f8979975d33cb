// Streams, events, capture and graphs.
#include <map>

#include "api.h"
#include "launch.h"

using namespace hgn::emulator;

namespace {

std::map<Event*, std::shared_ptr<Event>>& events() {
  static std::map<Event*, std::shared_ptr<Event>> all;
  return all;
}

// The object behind a CUgraph.
struct GraphHandle {
  std::shared_ptr<const Graph> graph;
};

Status run(const Graph& graph) {
  for (const Operation& operation : graph.operations) {
    if (Status status = operation.run()) {
      return status;
    }
  }
  return kSuccess;
}

}  // namespace

API cuStreamCreate(Stream** stream, unsigned flags) {
  ENTER_CONTEXT
  *stream = create_stream((flags & 1) == 0, 0);
  return kSuccess;
}

API cuStreamCreateWithPriority(Stream** stream, unsigned flags, int priority) {
  ENTER_CONTEXT
  *stream = create_stream((flags & 1) == 0, priority);
  return kSuccess;
}

API cuStreamDestroy_v2(Stream* stream) {
  ENTER
  return destroy_stream(stream);
}

API cuStreamSynchronize(Stream* stream) {
  ENTER_CONTEXT
  if (!is_stream(stream)) {
    return kInvalidHandle;
  }
  if (is_capturing(stream)) {
    stream->capture->graph->valid = false;
    return kCaptureUnsupported;
  }
  if (is_default(stream)) {
    if (Status status = forbidden_for_default_stream()) {
      return status;
    }
    return finish_blocking_streams();
  }
  return finish(stream);
}

// Each query runs one operation of the device, so a polling program repeats its loop.
API cuStreamQuery(Stream* stream) {
  ENTER_CONTEXT
  if (!is_stream(stream)) {
    return kInvalidHandle;
  }
  if (is_capturing(stream)) {
    stream->capture->graph->valid = false;
    return kCaptureUnsupported;
  }
  Status status = kSuccess;
  return advance(stream, &status) && status == kSuccess ? kNotReady : status;
}

API cuStreamWaitEvent(Stream* stream, Event* event, unsigned) {
  ENTER_CONTEXT
  return wait_for(stream, event);
}

API cuLaunchHostFunc(Stream* stream, void (*function)(void*), void* data) {
  ENTER_CONTEXT
  return submit(stream, {"host function", [function, data] {
                           function(data);
                           return kSuccess;
                         }});
}

API cuStreamBeginCapture_v2(Stream* stream, int mode) {
  ENTER_CONTEXT
  return begin_capture(stream, mode);
}

API cuStreamEndCapture(Stream* stream, GraphHandle** graph) {
  ENTER_CONTEXT
  std::shared_ptr<Graph> captured;
  *graph = nullptr;
  if (Status status = end_capture(stream, &captured)) {
    return status;
  }
  *graph = new GraphHandle{captured};
  return kSuccess;
}

API cuStreamIsCapturing(Stream* stream, int* state) {
  ENTER_CONTEXT
  *state = !is_capturing(stream) ? 0 : stream->capture->graph->valid ? 1 : 2;
  return kSuccess;
}

API cuThreadExchangeStreamCaptureMode(int* mode) {
  ENTER_CONTEXT
  static thread_local int current_mode = 0;
  std::swap(*mode, current_mode);
  return kSuccess;
}

API cuGraphInstantiateWithFlags(ExecutableGraph** executable, GraphHandle* graph,
                                unsigned long long) {
  ENTER_CONTEXT
  *executable = new ExecutableGraph{graph->graph};
  return kSuccess;
}

API cuGraphUpload(ExecutableGraph*, Stream*) {
  ENTER_CONTEXT
  return kSuccess;
}

API cuGraphLaunch(ExecutableGraph* executable, Stream* stream) {
  ENTER_CONTEXT
  auto graph = executable->graph;
  return submit(stream, {"graph launch", [graph] { return run(*graph); }});
}

API cuGraphGetNodes(GraphHandle* graph, void** nodes, size_t* count) {
  ENTER_CONTEXT
  if (nodes != nullptr) {
    return kNotSupported;
  }
  *count = graph->graph->operations.size();
  return kSuccess;
}

API cuGraphDestroy(GraphHandle* graph) {
  ENTER
  delete graph;
  return kSuccess;
}

API cuGraphExecDestroy(ExecutableGraph* executable) {
  ENTER
  delete executable;
  return kSuccess;
}

API cuEventCreate(Event** event, unsigned) {
  ENTER_CONTEXT
  auto created = std::make_shared<Event>();
  events()[created.get()] = created;
  *event = created.get();
  return kSuccess;
}

API cuEventDestroy_v2(Event* event) {
  ENTER
  return events().erase(event) == 1 ? kSuccess : kInvalidHandle;
}

API cuEventRecord(Event* event, Stream* stream) {
  ENTER_CONTEXT
  return record(event, stream);
}

API cuEventSynchronize(Event* event) {
  ENTER_CONTEXT
  return finish(event);
}

API cuEventQuery(Event* event) {
  ENTER_CONTEXT
  if (event->capture != nullptr) {
    return kCapturedEvent;
  }
  Status status = kSuccess;
  if (is_pending(event)) {
    advance(event->stream, &status);
  }
  return status != kSuccess ? status : is_pending(event) ? kNotReady : kSuccess;
}

API cuEventElapsedTime(float* milliseconds, Event* start, Event* end) {
  ENTER_CONTEXT
  if (!start->recorded || !end->recorded) {
    return kInvalidHandle;
  }
  if (is_pending(start) || is_pending(end)) {
    return kNotReady;
  }
  *milliseconds = std::chrono::duration<float, std::milli>(end->time - start->time).count();
  return kSuccess;
}
