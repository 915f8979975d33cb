#include "stream.h"

#include <algorithm>
#include <functional>
#include <thread>

namespace hgn::emulator {

namespace {

constexpr size_t kLongestQueue = 4096;

std::vector<Stream*> streams;
Stream default_stream;
Status sticky = kSuccess;
std::string message;
size_t waited = 0;

uint64_t this_thread() { return std::hash<std::thread::id>()(std::this_thread::get_id()); }

Stream* resolve(Stream* stream) { return is_default(stream) ? &default_stream : stream; }

Status perform(const Operation& operation) {
  if (sticky != kSuccess) {
    return sticky;
  }
  Status status = operation.run();
  if (status != kSuccess && sticky == kSuccess) {
    set_sticky_error(status, operation.what);
  }
  return status;
}

Status break_captures(const std::function<bool(const Stream&)>& concerns, Status status) {
  bool broken = false;
  for (Stream* stream : streams) {
    if (stream->capture != nullptr && concerns(*stream)) {
      stream->capture->graph->valid = false;
      broken = true;
    }
  }
  return broken ? status : kSuccess;
}

}  // namespace

std::recursive_mutex& device_lock() {
  static std::recursive_mutex lock;
  return lock;
}

Status sticky_error() { return sticky; }
const std::string& sticky_message() { return message; }

void set_sticky_error(Status status, const std::string& text) {
  sticky = status;
  message = text;
}

void clear_sticky_error() {
  if (sticky == kSuccess) {
    return;
  }
  sticky = kSuccess;
  message.clear();
  for (Stream* stream : streams) {
    stream->queue.clear();
    stream->capture = nullptr;
  }
}

bool is_default(const Stream* stream) { return reinterpret_cast<uintptr_t>(stream) <= 2; }

Stream* create_stream(bool blocking, int priority) {
  Stream* stream = new Stream;
  stream->blocking = blocking;
  stream->priority = priority;
  streams.push_back(stream);
  return stream;
}

bool is_stream(const Stream* stream) {
  return is_default(stream) || std::find(streams.begin(), streams.end(), stream) != streams.end();
}

Status destroy_stream(Stream* stream) {
  if (is_default(stream) || !is_stream(stream)) {
    return kInvalidHandle;
  }
  Status status = finish(stream);
  streams.erase(std::find(streams.begin(), streams.end(), stream));
  delete stream;
  return status;
}

Status submit(Stream* stream, Operation operation) {
  if (!is_stream(stream)) {
    return kInvalidHandle;
  }
  stream = resolve(stream);
  if (sticky != kSuccess) {
    return sticky;
  }
  if (stream == &default_stream) {
    if (Status status = forbidden_for_default_stream()) {
      return status;
    }
    if (Status status = finish_blocking_streams()) {
      return status;
    }
    return perform(operation);
  }
  if (stream->capture != nullptr) {
    if (!stream->capture->graph->valid) {
      return kCaptureInvalidated;
    }
    stream->capture->graph->operations.push_back(std::move(operation));
    return kSuccess;
  }
  stream->queue.push_back(std::move(operation));
  return stream->queue.size() > kLongestQueue ? finish(stream) : kSuccess;
}

bool advance(Stream* stream, Status* status) {
  stream = resolve(stream);
  if (stream->queue.empty()) {
    return false;
  }
  Operation operation = std::move(stream->queue.front());
  stream->queue.pop_front();
  *status = perform(operation);
  return true;
}

Status finish(Stream* stream) {
  stream = resolve(stream);
  waited += stream->queue.empty() ? 0 : 1;
  Status status = kSuccess;
  while (status == kSuccess && advance(stream, &status)) {
  }
  return status != kSuccess ? status : sticky;
}

size_t waits() { return waited; }

Status finish_all() {
  for (size_t s = 0; s < streams.size(); s++) {
    if (Status status = finish(streams[s])) {
      return status;
    }
  }
  return sticky;
}

Status finish_blocking_streams() {
  for (size_t s = 0; s < streams.size(); s++) {
    if (streams[s]->blocking) {
      if (Status status = finish(streams[s])) {
        return status;
      }
    }
  }
  return sticky;
}

Status begin_capture(Stream* stream, int mode) {
  if (is_default(stream)) {
    return kCaptureUnsupported;
  }
  if (!is_stream(stream)) {
    return kInvalidHandle;
  }
  if (stream->capture != nullptr) {
    return kCaptureUnmatched;
  }
  stream->capture = std::make_shared<Capture>();
  stream->capture->mode = mode;
  stream->capture->thread = this_thread();
  stream->began_capture = true;
  return kSuccess;
}

Status end_capture(Stream* stream, std::shared_ptr<Graph>* graph) {
  if (is_default(stream) || !is_stream(stream)) {
    return kInvalidHandle;
  }
  if (stream->capture == nullptr || !stream->began_capture) {
    return kCaptureUnmatched;
  }
  std::shared_ptr<Capture> capture = stream->capture;
  for (Stream* other : streams) {
    if (other->capture == capture) {
      other->capture = nullptr;
      other->began_capture = false;
    }
  }
  if (!capture->graph->valid) {
    return kCaptureInvalidated;
  }
  *graph = capture->graph;
  return kSuccess;
}

bool is_capturing(const Stream* stream) {
  return !is_default(stream) && stream->capture != nullptr;
}

Status forbidden_in_capture() {
  uint64_t thread = this_thread();
  return break_captures(
      [thread](const Stream& stream) {
        int mode = stream.capture->mode;
        return mode == 0 || (mode == 1 && stream.capture->thread == thread);
      },
      kCaptureUnsupported);
}

Status forbidden_for_default_stream() {
  return break_captures([](const Stream& stream) { return stream.blocking; }, kCaptureImplicit);
}

Status record(Event* event, Stream* stream) {
  if (!is_stream(stream)) {
    return kInvalidHandle;
  }
  stream = resolve(stream);
  auto kept = event->shared_from_this();  // the program may destroy it before it runs
  if (stream->capture != nullptr) {
    event->capture = stream->capture;
    return submit(stream, {"event record", [kept] {
                             kept->recorded = true;
                             kept->time = std::chrono::steady_clock::now();
                             return kSuccess;
                           }});
  }
  event->capture = nullptr;
  event->stream = stream;
  event->recorded = true;
  event->pending++;
  Status status = submit(stream, {"event record", [kept] {
                                    kept->pending--;
                                    kept->time = std::chrono::steady_clock::now();
                                    return kSuccess;
                                  }});
  if (status != kSuccess) {
    event->pending--;
  }
  return status;
}

Status wait_for(Stream* stream, Event* event) {
  if (!is_stream(stream)) {
    return kInvalidHandle;
  }
  stream = resolve(stream);
  if (event->capture != nullptr && event->capture->graph->valid) {
    if (stream->capture == nullptr) {
      stream->capture = event->capture;  // this stream joins in
    }
    // A graph keeps the order of the calls, so the wait itself does nothing.
    return stream->capture == event->capture ? kSuccess : kCaptureUnsupported;
  }
  auto kept = event->shared_from_this();
  return submit(stream, {"event wait", [kept] { return finish(kept.get()); }});
}

bool is_pending(Event* event) {
  if (event->pending > 0 && (!is_stream(event->stream) || event->stream->queue.empty())) {
    event->pending = 0;  // the awaited work was dropped after a failure
  }
  return event->pending > 0;
}

Status finish(Event* event) {
  if (event->capture != nullptr) {
    return kCapturedEvent;
  }
  waited += is_pending(event) ? 1 : 0;
  Status status = kSuccess;
  while (status == kSuccess && is_pending(event) && advance(event->stream, &status)) {
  }
  return status != kSuccess ? status : sticky;
}

}  // namespace hgn::emulator
