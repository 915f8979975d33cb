package hgn.ranks.mpi;

import hgn.ranks.RankLostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that calls MPI. It makes the exchanges one after the other, tells the other ranks now
 * and then that this process lives, and listens whether they do. So a rank that computes for
 * minutes is alive, and one that has been killed, stopped or cut off is not.
 */
final class MpiLink implements Runnable {
  private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long BETWEEN_BEATS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(12);
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(3);

  /** Time for the process to end by itself once a rank is lost. */
  private static final long GRACE = TimeUnit.SECONDS.toNanos(5);

  private static final long IDLE_MILLIS = 20;

  /** An exchange is asked for without a break at first, then now and then. */
  private static final long BUSY = TimeUnit.MICROSECONDS.toNanos(200);

  private static final long BETWEEN_TESTS = TimeUnit.MICROSECONDS.toNanos(40);

  /** In place of a rank. */
  private static final int NOBODY = -1;

  private static final byte ALIVE = 'a';
  private static final byte FAILED = 'f';
  private static final byte LOST = 'm';
  private static final byte LEAVING = 'l';

  /** One exchange, and whether it is done. */
  private record Exchange(
      int partner, ByteBuffer mine, ByteBuffer theirs, CompletableFuture<Void> done) {
    void begin() {
      Mpi.exchange(
          partner,
          mine,
          mine.position(),
          mine.remaining(),
          theirs,
          theirs.position(),
          theirs.remaining());
    }
  }

  /** Called if a rank is lost and this process does not end by itself. */
  interface LastWords {
    /**
     * Ends the process.
     *
     * @param line to print before; empty if another rank prints it
     */
    void end(String line);
  }

  private final LastWords lastWords;
  private final BlockingQueue<Exchange> waiting = new LinkedBlockingQueue<>();
  private final CompletableFuture<int[]> begun = new CompletableFuture<>();
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private int rank;
  private int size;
  private volatile List<Whereabouts> places = List.of();
  private Liveness liveness;
  private Exchange current;
  private long currentSince;
  private long lastBeat;
  private long lastLook;
  private byte[] note = {ALIVE};
  private boolean[] owed;
  private volatile long lastTurn = System.nanoTime();
  private volatile RankLostException loss;
  private volatile long lossAt;
  private volatile boolean ending;
  private volatile byte[] lastNote;

  /** The lowest other rank that has told of a failure or a loss. */
  private volatile int lowestTold = Integer.MAX_VALUE;

  /** Exit code of all processes if they are to be ended, else 0. */
  private volatile int abort;

  MpiLink(LastWords lastWords) {
    this.lastWords = lastWords;
  }

  /** Completed with this process's rank and the number of processes once MPI has started. */
  CompletableFuture<int[]> begun() {
    return begun;
  }

  /** Where all ranks run, once they have told. */
  void places(List<Whereabouts> all) {
    places = all;
  }

  @Override
  public void run() {
    try {
      int[] place = Mpi.init();
      Signals.restore();
      rank = place[0];
      size = place[1];
      owed = new boolean[size];
      liveness = new Liveness(size, PATIENCE, PAUSE, System.nanoTime());
      liveness.dismiss(rank);
      begun.complete(place);
    } catch (RuntimeException | Error failure) {
      begun.completeExceptionally(failure);
      return;
    }
    boolean over = false;
    while (!over) {
      try {
        over = turn();
      } catch (IllegalStateException failure) {
        lose(NOBODY, name(rank) + ": " + failure.getMessage());
      } catch (InterruptedException stopped) {
        over = true;
      }
    }
  }

  /** Makes a few calls; returns whether they were the last. */
  private boolean turn() throws InterruptedException {
    long now = System.nanoTime();
    lastTurn = now;
    if (abort != 0) {
      beat(now); // what this rank has to tell, before all end
      Mpi.abort(abort);
      return true;
    }
    if (loss != null && now - lossAt > GRACE && !ending) {
      endAtOnce();
    }
    if (current == null) {
      current = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
      now = System.nanoTime();
      if (current != null) {
        currentSince = now;
        begin();
      }
    }
    if (current != null && loss == null && Mpi.isDone()) {
      CompletableFuture<Void> done = current.done();
      current = null;
      done.complete(null);
    }
    if (now - lastLook >= BETWEEN_LOOKS) {
      lastLook = now;
      look(now);
    }
    if (current != null) {
      rest(now - currentSince);
    }
    return hasLeft();
  }

  private void begin() {
    if (loss != null) {
      fail(current);
      current = null;
    } else {
      current.begin();
    }
  }

  private static void rest(long since) {
    if (since < BUSY) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(BETWEEN_TESTS);
    }
  }

  private void look(long now) {
    liveness.tick(now);
    for (int other = 0; other < size; other++) {
      for (byte[] heard = hear(other); heard != null; heard = hear(other)) {
        liveness.hear(other, now);
        take(other, heard);
      }
    }
    beat(now);
    if (loss != null) {
      return;
    }
    OptionalInt silent = liveness.silent(now);
    for (int other = 0; other < places.size(); other++) {
      if (!liveness.isDismissed(other)
          && places.get(other).isVisibleFrom(places.get(rank))
          && places.get(other).hasEnded()) {
        lose(other, name(other) + " has ended");
        return;
      }
    }
    if (silent.isPresent()) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(PATIENCE);
      int other = silent.getAsInt();
      lose(other, name(other) + " has not been heard of for " + seconds + " s");
    }
  }

  private byte[] hear(int other) {
    return other == rank ? null : Mpi.hear(other);
  }

  private void take(int other, byte[] heard) {
    if (heard[0] == LEAVING) {
      liveness.dismiss(other);
    } else if (heard[0] == FAILED || heard[0] == LOST) {
      lowestTold = Math.min(lowestTold, other);
      if (loss == null) {
        String reason = new String(heard, 1, heard.length - 1, StandardCharsets.UTF_8);
        if (heard[0] == LOST) {
          lose(rankOf(reason), reason.substring(reason.indexOf(' ') + 1));
        } else {
          fail(name(other) + " has failed: " + reason);
        }
      }
    }
  }

  private void beat(long now) {
    byte[] last = lastNote;
    if (last != null && last != note) {
      note = last;
      Arrays.fill(owed, true);
    } else if (note[0] == ALIVE && now - lastBeat >= BETWEEN_BEATS) {
      lastBeat = now;
      Arrays.fill(owed, true);
    }
    for (int other = 0; other < size; other++) {
      if (other != rank && owed[other] && Mpi.send(other, note)) {
        owed[other] = false;
      }
    }
  }

  private String name(int other) {
    return "rank " + other + (places.isEmpty() ? "" : " on " + places.get(other));
  }

  private static int rankOf(String reason) {
    return Integer.parseInt(reason.substring(0, reason.indexOf(' ')));
  }

  /**
   * A rank has gone: tells the others, of whom the lowest is to say so; but not those for whom this
   * one has gone itself.
   */
  private void lose(int other, String message) {
    if (loss == null && other != rank && !liveness.wasAway()) {
      tell(LOST, other + " " + message);
    }
    fail(message);
    beat(System.nanoTime());
  }

  private void fail(String message) {
    if (loss == null) {
      lossAt = System.nanoTime();
      loss = new RankLostException(message);
    }
    if (current != null) {
      fail(current);
      current = null;
    }
    for (Exchange next = waiting.poll(); next != null; next = waiting.poll()) {
      fail(next);
    }
  }

  private void fail(Exchange exchange) {
    exchange.done().completeExceptionally(loss);
  }

  private void endAtOnce() {
    ending = true;
    boolean speaks = speaks();
    // its thread may be the one that this process cannot end by itself
    Thread words =
        new Thread(() -> lastWords.end(speaks ? loss.getMessage() : ""), "last words of a rank");
    words.setDaemon(true);
    words.start();
  }

  /** Whether all have said that they leave, and this process has left. */
  private boolean hasLeft() {
    if (note[0] != LEAVING || loss != null) {
      return false;
    }
    for (int other = 0; other < size; other++) {
      if (!liveness.isDismissed(other) || other != rank && (owed[other] || !Mpi.isSent(other))) {
        return false;
      }
    }
    Mpi.finish();
    left.complete(null);
    return true;
  }

  /** Queues an exchange. */
  CompletableFuture<Void> exchange(int partner, ByteBuffer mine, ByteBuffer theirs) {
    Exchange exchange = new Exchange(partner, mine, theirs, new CompletableFuture<>());
    waiting.add(exchange);
    if (loss != null && waiting.remove(exchange)) {
      fail(exchange);
    }
    return exchange.done();
  }

  /** When this thread last did anything, as {@link System#nanoTime}. */
  long lastTurn() {
    return lastTurn;
  }

  /** Tells all ranks that this one leaves; completed when all have. */
  CompletableFuture<Void> leave() {
    lastNote = new byte[] {LEAVING};
    return left;
  }

  /** Tells all ranks that this one has failed, unless it ends because of another. */
  void tellFailure(String line) {
    ending = true;
    if (loss == null) {
      tell(FAILED, line);
    }
  }

  private void tell(byte kind, String line) {
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    byte[] told = new byte[1 + text.length];
    told[0] = kind;
    System.arraycopy(text, 0, told, 1, text.length);
    lastNote = told;
  }

  /** Whether this rank has told the others of a failure or a loss, and no lower one has. */
  boolean speaks() {
    byte[] told = lastNote;
    return told != null && told[0] != LEAVING && lowestTold > rank;
  }

  /** Whether another rank has told of a failure or a loss, and this one has not. */
  boolean isToldByOther() {
    return lastNote == null && lowestTold < Integer.MAX_VALUE;
  }

  /** What has been lost; null while nothing is. */
  RankLostException loss() {
    return loss;
  }

  /** Asks MPI to end all processes. */
  void abort(int code) {
    abort = code;
  }
}
