package hgn.trace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.autograd.Tape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A trace of the operations of some work in Chrome's trace event format, for chrome://tracing and
 * Perfetto.
 *
 * <p>For a training step it also has the phases: {@code forward} up to the loss, {@code backward}
 * from there to the gradients, and {@code update} after that. Gradients taken during the forward
 * pass, of an energy or of a part of the loss, are within {@code forward}.
 */
public final class Trace {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Event> operations = new ArrayList<>();
  private final List<Event> enclosing = new ArrayList<>();
  private final BackwardPasses walks = new BackwardPasses();
  private boolean recording;

  /** Creates an empty trace. */
  public Trace() {}

  /** Runs {@code step} and records its operations, replacing those recorded before. */
  public void record(String name, Runnable step) {
    operations.clear();
    enclosing.clear();
    walks.clear();
    recording = true;
    long start = System.nanoTime();
    try (Tape.Observation observation = Tape.observe(walks)) {
      step.run();
    } finally {
      recording = false;
    }
    long end = System.nanoTime();
    enclosing.add(new Event(Event.Kind.PHASE, name, start, end, 0));
    enclosing.addAll(walks.phases(start, end));
  }

  boolean isRecording() {
    return recording;
  }

  void operation(String name, long start, long end, long bytes) {
    operations.add(new Event(Event.Kind.OPERATION, name, start, end, bytes));
  }

  /** Number of recorded operations. */
  public int operations() {
    return operations.size();
  }

  /**
   * The trace as JSON. Times are in microseconds from the start of the work.
   *
   * @param backend name of the backend that computed it
   */
  public String json(String backend) {
    List<Event> events = new ArrayList<>(enclosing);
    events.addAll(operations);
    Collections.sort(
        events,
        Comparator.comparingLong(Event::start)
            .thenComparing(Event::end, Comparator.reverseOrder()));
    ObjectNode root = JSON.createObjectNode().put("displayTimeUnit", "ms");
    ArrayNode list = root.putArray("traceEvents");
    for (Event event : events) {
      append(list.addObject(), event, events.get(0).start(), backend);
    }
    return root.toPrettyString() + "\n";
  }

  private static void append(ObjectNode node, Event event, long origin, String backend) {
    node.put("name", event.name());
    node.put("cat", event.kind().name().toLowerCase(Locale.ROOT));
    node.put("ph", "X"); // a complete event, with its duration
    node.put("ts", (event.start() - origin) / 1e3);
    node.put("dur", (event.end() - event.start()) / 1e3);
    node.put("pid", 1).put("tid", 1);
    if (event.kind() == Event.Kind.OPERATION) {
      node.putObject("args").put("backend", backend).put("bytes", event.bytes());
    }
  }
}
