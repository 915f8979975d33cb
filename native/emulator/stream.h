// Streams, events and graphs: work is stored when submitted, and runs when the program waits.
//
// So a program that forgets to wait always sees old data here.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "status.h"

namespace hgn::emulator {

struct Operation {
  const char* what;  // for messages
  std::function<Status()> run;
};

struct Graph {
  std::vector<Operation> operations;
  bool valid = true;
};

// One capture in progress, and the streams that take part.
struct Capture {
  std::shared_ptr<Graph> graph = std::make_shared<Graph>();
  int mode = 0;
  uint64_t thread = 0;
};

struct Stream {
  bool blocking = true;  // waits for the default stream, and vice versa
  int priority = 0;
  std::deque<Operation> queue;
  std::shared_ptr<Capture> capture;
  bool began_capture = false;
};

struct Event : std::enable_shared_from_this<Event> {
  // Number of records that have not run yet.
  int pending = 0;
  Stream* stream = nullptr;
  std::shared_ptr<Capture> capture;
  bool recorded = false;
  std::chrono::steady_clock::time_point time;
};

struct ExecutableGraph {
  std::shared_ptr<const Graph> graph;
};

// All state is behind this lock.
std::recursive_mutex& device_lock();

// The error that made the context unusable; kSuccess while there is none.
Status sticky_error();
const std::string& sticky_message();
void set_sticky_error(Status status, const std::string& message);
void clear_sticky_error();

// Null and the two reserved handles mean the default stream.
bool is_default(const Stream* stream);
Stream* create_stream(bool blocking, int priority);
Status destroy_stream(Stream* stream);
bool is_stream(const Stream* stream);

// Stores the operation, runs it at once on the default stream, or records it for a graph.
Status submit(Stream* stream, Operation operation);

// How often a call had to finish stored work.
size_t waits();

// Runs all stored work.
Status finish(Stream* stream);
Status finish_all();
// Finishes the streams that a call on the default stream waits for.
Status finish_blocking_streams();
// Runs the oldest operation; false if there was none.
bool advance(Stream* stream, Status* status);

Status begin_capture(Stream* stream, int mode);
Status end_capture(Stream* stream, std::shared_ptr<Graph>* graph);
bool is_capturing(const Stream* stream);
// For calls that are not allowed during a capture: invalidates it and returns the error.
Status forbidden_in_capture();
// The same for calls that synchronise by way of the default stream.
Status forbidden_for_default_stream();

Status record(Event* event, Stream* stream);
Status wait_for(Stream* stream, Event* event);
bool is_pending(Event* event);
Status finish(Event* event);

}  // namespace hgn::emulator
