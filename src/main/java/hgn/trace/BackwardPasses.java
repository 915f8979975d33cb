package hgn.trace;

import hgn.autograd.TapeObserver;
import hgn.autograd.Var;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The times of backward passes; the last one that is not part of another is that of the loss. */
final class BackwardPasses implements TapeObserver {
  private final List<Event> done = new ArrayList<>();
  private final Deque<Long> starts = new ArrayDeque<>();
  private int last = -1;

  void clear() {
    done.clear();
    starts.clear();
    last = -1;
  }

  @Override
  public void walkBegins(List<Var> path) {
    starts.push(System.nanoTime());
  }

  @Override
  public void walkEnds() {
    done.add(new Event(Event.Kind.GRADIENT, "gradient", starts.pop(), System.nanoTime(), 0));
    last = starts.isEmpty() ? done.size() - 1 : last;
  }

  /**
   * Returns all backward passes and, if there are any, the phases before, during and after the last
   * one.
   */
  List<Event> phases(long start, long end) {
    List<Event> events = new ArrayList<>(done);
    if (last >= 0) {
      Event backward = events.remove(last);
      events.add(phase("forward", start, backward.start()));
      events.add(phase("backward", backward.start(), backward.end()));
      events.add(phase("update", backward.end(), end));
    }
    return events;
  }

  private static Event phase(String name, long start, long end) {
    return new Event(Event.Kind.PHASE, name, start, end, 0);
  }
}
