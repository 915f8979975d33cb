package hgn.cli;

import hgn.cli.console.ExitCode;
import hgn.cli.console.Format;
import hgn.cli.console.Interruption;
import hgn.cli.console.ProgressBar;
import hgn.cli.options.EnumConverter;
import hgn.cli.options.FilmArguments;
import hgn.cli.options.OptionRange;
import hgn.files.StorageException;
import hgn.films.output.NewFolder;
import hgn.films.output.RolloutFormat;
import hgn.films.output.RolloutWriter;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.text.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes rollouts to disk for other programs. Training here needs no stored data. */
@Command(
    name = "generate",
    header = "Write rollouts to disk, for other programs.",
    description =
        "Safetensors files or a NumPy archive contain frames (N,T,H,W,3) float32 in [0, 1] and the"
            + " true q and p (N,T,n) float64. 'train' does not need them, since it generates the"
            + " same rollouts on the fly, but 'train --films' can read them.")
public final class Generate implements Callable<Integer> {
  private static final int MAX_FRAMES = 10_000;
  private static final double MOST_COMPRESSED = 1000;
  private static final long SECOND = 1_000_000_000L;

  @Spec private CommandSpec spec;
  @Mixin private FilmArguments filmed;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Number of rollouts (default: ${DEFAULT-VALUE}).")
  private int count = 1000;

  @Option(
      names = "--split",
      converter = EnumConverter.Splits.class,
      paramLabel = "test|train",
      description = "Which set (default: ${DEFAULT-VALUE}).")
  private Split split = Split.TRAIN;

  @Option(
      names = "--frames",
      paramLabel = "T",
      description = "Frames per rollout (default: ${DEFAULT-VALUE}).")
  private int frames = 34;

  @Option(
      names = "--format",
      converter = EnumConverter.Formats.class,
      paramLabel = "safetensors|npz|png|gif",
      description =
          "Output format (default: ${DEFAULT-VALUE}); png and gif are rounded to 8 bits and have no"
              + " states.")
  private RolloutFormat format = RolloutFormat.SAFETENSORS;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder of the data set, new or empty (default: data/SYSTEM-SPLIT); a safetensors data set"
              + " whose writing was interrupted is completed.")
  private Path folder;

  Generate() {}

  @Override
  public Integer call() {
    OptionRange limits = new OptionRange(spec);
    limits.require("--count", count, 1, Integer.MAX_VALUE);
    limits.require("--frames", frames, 1, MAX_FRAMES);
    RolloutGenerator rollouts = filmed.rollouts(limits, frames, split);
    Path target = folder == null ? Path.of("data", rollouts.system().name() + "-" + split) : folder;
    PrintWriter out = spec.commandLine().getOut();
    long started = System.nanoTime();
    Progress progress = new Progress(out, count, started);
    try (NewFolder claimed = format.claim(target);
        Interruption interruption =
            new Interruption(progress::stop, "stopped", spec.commandLine().getErr())) {
      requireSpace(target, rollouts);
      try {
        format.into(target).write(rollouts, count, progress);
      } catch (CancellationException stopped) {
        interruption.farewell(
            ("stopped after " + progress.done + " of " + count + " rollouts; ")
                + (format == RolloutFormat.SAFETENSORS
                    ? "the same command completes " + target
                    : target + " is incomplete, remove it"));
        return ExitCode.INTERRUPTED;
      }
    }
    out.println(
        ("wrote "
                + count
                + (count == 1 ? " rollout of " : " rollouts of ")
                + frames
                + " frames to "
                + target
                + " in ")
            + ProgressBar.duration(Math.round((double) (System.nanoTime() - started) / SECOND)));
    return 0;
  }

  /** Checks what is certain to be needed: compression of pictures may leave a thousandth. */
  private void requireSpace(Path target, RolloutGenerator rollouts) {
    double numbers = (double) count * rollouts.rolloutLength();
    double needed =
        format == RolloutFormat.SAFETENSORS ? numbers * Float.BYTES : numbers / MOST_COMPRESSED;
    double free = free(target);
    if (needed > free) {
      throw new StorageException(
          target,
          ("--count " + count + " takes " + Bytes.format(needed) + ", but the disk has ")
              + (Bytes.format(free) + " left"),
          "lower --count, --frames or --size, or choose another --out");
    }
  }

  private static double free(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException unknown) {
      return Double.POSITIVE_INFINITY;
    }
  }

  /** Prints progress every few seconds. */
  private static final class Progress implements RolloutWriter.Listener {
    private static final long INTERVAL = 2 * SECOND;
    private final PrintWriter out;
    private final int count;
    private final long started;
    private volatile boolean stopped;
    private int done;
    private long shown;

    Progress(PrintWriter out, int count, long started) {
      this.out = out;
      this.count = count;
      this.started = started;
      this.shown = started;
    }

    /** Ends the work at the next report. */
    void stop() {
      stopped = true;
    }

    @Override
    public void written(int rollouts) {
      done = rollouts;
      if (stopped && rollouts < count) {
        throw new CancellationException();
      }
      long now = System.nanoTime();
      if (now - shown >= INTERVAL && rollouts < count) {
        double pace = rollouts * (double) SECOND / (now - started);
        out.println(
            (rollouts + "/" + count + " rollouts, " + Format.rounded(pace) + " a second, ")
                + ProgressBar.duration(Math.round((count - rollouts) / pace))
                + " left");
        out.flush();
        shown = now;
      }
    }
  }
}
