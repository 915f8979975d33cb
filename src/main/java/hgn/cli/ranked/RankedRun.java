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
import java.util.concurrent.atomic.AtomicReference;
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

  private final CommandLine command;
  private final PrintWriter err;

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
    CountDownLatch ended = new CountDownLatch(1);
    // a launcher asks all to end once one has: the line that says why must not be lost
    Thread hook = new Thread(() -> await(ended), "last line of a rank");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return run(start(launch), work);
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

  private static void await(CountDownLatch ended) {
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private MpiRanks start(Launch launch) {
    AtomicReference<MpiRanks> running = new AtomicReference<>();
    try {
      running.set(MpiRanks.start(launch, line -> endAtOnce(line, running.get())));
      return running.get();
    } catch (UnsupportedOperationException unusable) {
      throw new Failure(unusable.getMessage(), unusable);
    }
  }

  private void endAtOnce(String line, MpiRanks ranks) {
    if (!line.isEmpty()) {
      say(line);
    }
    if (ranks != null) {
      ranks.abort(ExitCode.FAILURE);
    }
    Runtime.getRuntime().halt(ExitCode.FAILURE);
  }

  private int run(MpiRanks ranks, ToIntFunction<Ranks> work) {
    try {
      int code = work.applyAsInt(ranks);
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

  private void say(String line) {
    err.println("hgn4j: " + OneLine.whole(line));
    err.flush();
  }
}
