package hgn.tensorboard;

import hgn.tfrecord.ProtoReader;
import java.io.IOException;

/**
 * TensorFlow's {@code Event}, one record of an event file: field 1 the wall time in seconds, 2 the
 * step, and one of 3 the file's version, 5 a {@link Summary}, 7 a mark of the session.
 */
final class Event {
  private static final int TIME = 1;
  private static final int STEP = 2;
  private static final int VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION = 7;
  private static final int STATUS = 1;
  private static final long START = 1;

  private Event() {}

  /** The first event of every file. */
  static byte[] version(double time) {
    return new Message().put(TIME, time).put(VERSION, "brain.Event:2").toBytes();
  }

  /**
   * Training begins here. From this step on, TensorBoard forgets what it has read before.
   *
   * @param step the first that is made
   */
  static byte[] start(double time, long step) {
    return at(time, step).put(SESSION, new Message().put(STATUS, START)).toBytes();
  }

  /** Values of a step. */
  static byte[] summary(double time, long step, Summary summary) {
    return at(time, step).put(SUMMARY, summary.message()).toBytes();
  }

  private static Message at(double time, long step) {
    return new Message().put(TIME, time).put(STEP, step);
  }

  /**
   * The step of an event, 0 where it names none.
   *
   * @throws IOException if it is no event
   */
  static long step(byte[] event) throws IOException {
    ProtoReader in = new ProtoReader(event);
    long step = 0;
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (ProtoReader.field(tag) == STEP) {
        step = in.integer();
      } else {
        in.skip(tag);
      }
    }
    return step;
  }
}
