package hgn.tensorboard;

import hgn.files.LockHolder;
import hgn.tfrecord.RecordReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The event files of one run, {@code events.out.tfevents.SECONDS.HOST}: one for each call that
 * trained it, in the order of their names, which is that in which TensorBoard reads them. Steps
 * ascend from event to event and from file to file.
 */
final class EventFolder {
  private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{10})\\..+");

  private final Path path;

  EventFolder(Path path) {
    this.path = path;
  }

  /** The files there are, by time. */
  List<Path> files() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> seconds(file) > 0).sorted().toList();
    }
  }

  private static long seconds(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }

  /**
   * Forgets the events of steps after {@code step}, which were made in vain, and what was not
   * written to its end; files of nothing else are deleted.
   */
  void cutAfter(long step) throws IOException {
    for (Path file : files()) {
      cut(file, step);
    }
  }

  private static void cut(Path file, long step) throws IOException {
    long end = 0;
    int kept = 0;
    try (RecordReader records = new RecordReader(file)) {
      Optional<byte[]> event = records.next();
      while (event.isPresent() && isUpTo(step, event.get())) {
        end = records.end();
        kept++;
        event = records.next();
      }
    }
    if (kept <= 1) { // the version at most
      Files.delete(file);
    } else if (end < Files.size(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(end);
      }
    }
  }

  private static boolean isUpTo(long step, byte[] event) {
    try {
      return Event.step(event) <= step;
    } catch (IOException none) {
      return false;
    }
  }

  /** Begins a file behind those that there are, of the events from {@code first} on. */
  EventFile begin(long first) throws IOException {
    Files.createDirectories(path);
    List<Path> before = files();
    long last = before.isEmpty() ? 0 : seconds(before.get(before.size() - 1));
    long now = Math.max(System.currentTimeMillis() / 1000, last + 1);
    return new EventFile(
        path.resolve("events.out.tfevents." + now + "." + LockHolder.self().host()), first);
  }
}
