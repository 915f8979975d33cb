package hgn.cli.ranked;

import hgn.cli.console.ErrorReport;
import hgn.cli.console.ExitCode;
import hgn.cli.console.Failure;
import hgn.files.OneLine;
import hgn.ranks.Launch;
import hgn.ranks.RankLostException;
import hgn.ranks.Ranks;
import hgn.ranks.mpi.MpiRanks;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs a command on this process alone or, under a launcher, on all ranks at once. Rank 0 prints as
 * if it were alone, the others nothing. If one fails, all end, and one of them says why in a line
 * that names it and its host.
 */
public final class RankedRun {
  private static final long PATIENCE_SECONDS = 300;

  /** Launchers that ask a process to end kill it about a second later. */
  private static final long SILENT_MILLIS = 700;

  private final CommandLine command;
  private final PrintWriter err;
  private final AtomicBoolean said = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile MpiRanks ranks;

  /** Whether the work is done, and this rank waits for the others to end. */
  private volatile boolean over;

  private RankedRun(CommandSpec spec) {
    command = spec.commandLine();
    err = command.getErr();
  }

  /** Runs {@code work} and returns its exit code. */
  public static int of(CommandSpec spec, ToIntFunction<Ranks> work) {
    Optional<Launch> launch = Launch.of(System.getenv());
    return launch.isEmpty()
        ? work.applyAsInt(Ranks.alone())
        : new RankedRun(spec).run(launch.get(), work);
  }

  /**
   * Refuses to run a command on several ranks. Only rank 0 says so.
   *
   * @param name of the command
   */
  public static Optional<Integer> refused(String name, PrintWriter err) {
    Optional<Launch> launch = Launch.of(System.getenv());
    launch
        .filter(one -> one.rank() == 0)
        .ifPresent(
            one -> {
              err.println(
                  ("hgn4j: '" + name + "' cannot be split over " + one.size() + " ranks, only")
                      + " 'train' can; start it without mpirun");
              err.flush();
            });
    return launch.map(one -> ExitCode.USAGE);
  }

  private int run(Launch launch, ToIntFunction<Ranks> work) {
    if (launch.rank() > 0) {
      silence();
    }
    Thread hook = new Thread(this::shutDown, "last line of a rank");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      ranks = MpiRanks.start(launch, this::endAtOnce);
      return run(work);
    } catch (UnsupportedOperationException unusable) {
      if (launch.rank() > 0) {
        return ExitCode.FAILURE; // rank 0 says why
      }
      throw new Failure(unusable.getMessage(), unusable);
    } finally {
      ended.countDown();
    }
  }

  private void silence() {
    PrintWriter nobody =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    command.setOut(nobody);
    command.setErr(nobody);
  }

  /** A launcher asks all to end once one has: the line that says why must not be lost. */
  private void shutDown() {
    try {
      if (!ended.await(SILENT_MILLIS, TimeUnit.MILLISECONDS)) {
        MpiRanks begun = ranks;
        if (begun != null && begun.isFirst() && !over && !begun.isToldByOther()) {
          String asked =
              " was asked to end, as launchers do when another rank has ended; go on from the last"
                  + " checkpoint with --resume";
          say(begun.loss().orElse(begun.name(0) + asked));
        }
        ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void endAtOnce(String line) {
    if (!line.isEmpty()) {
      say(line);
    }
    if (ranks != null) {
      ranks.abort(ExitCode.FAILURE);
    }
    Runtime.getRuntime().halt(ExitCode.FAILURE);
  }

  private int run(ToIntFunction<Ranks> work) {
    try {
      int code = work.applyAsInt(ranks);
      over = true;
      ranks.finish();
      return code;
    } catch (RuntimeException | Error failure) {
      boolean isOther = failure instanceof RankLostException;
      String line = ErrorReport.line(failure, command.getParseResult());
      String named =
          isOther
              ? line + (ranks.isFirst() ? "" : "; go on from the last checkpoint with --resume")
              : ranks.name(ranks.rank()) + ": " + line;
      if (ranks.fails(named)) {
        say(named);
      }
      int code = ErrorReport.code(failure);
      ranks.abort(code);
      return code;
    }
  }

  /** Prints the only line that this rank prints about its end. */
  private void say(String line) {
    if (said.compareAndSet(false, true)) {
      err.println("hgn4j: " + OneLine.whole(line));
      err.flush();
    }
  }
}
