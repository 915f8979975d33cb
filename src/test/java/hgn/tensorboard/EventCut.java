package hgn.tensorboard;

import java.io.IOException;
import java.nio.file.Path;

/** Hands the cutting of event files to tests of other packages. */
public final class EventCut {
  private EventCut() {}

  /** Forgets the events after a step. */
  public static void after(long step, Path folder) throws IOException {
    new EventFolder(folder).cutAfter(step);
  }
}
