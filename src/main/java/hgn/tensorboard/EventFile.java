package hgn.tensorboard;

import hgn.files.AtomicFile;
import hgn.tfrecord.RecordFrame;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new event file. An event is written at once and whole, so that the file can be followed. */
final class EventFile implements AutoCloseable {
  private final FileChannel channel;

  /** Begins a file of the events from {@code first} on, the first step that is made. */
  EventFile(Path file, long first) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    write(Event.version(now()));
    write(Event.start(now(), first));
  }

  /** Appends values of a step. */
  void write(long step, Summary summary) throws IOException {
    write(Event.summary(now(), step, summary));
  }

  private void write(byte[] event) throws IOException {
    AtomicFile.writeAll(channel, RecordFrame.of(event));
  }

  /** Seconds since 1970. */
  private static double now() {
    return System.currentTimeMillis() * 1e-3;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
