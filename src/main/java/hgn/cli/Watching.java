package hgn.cli;

import hgn.cli.console.Failure;
import hgn.cli.options.OptionRange;
import hgn.explore.ExploreServer;
import hgn.explore.LiveTraining;
import hgn.run.RunFolder;
import hgn.train.Experiment;
import hgn.train.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** The page on which a training is watched, or none. */
final class Watching implements AutoCloseable {
  static final Watching NOBODY = new Watching(null, null);

  private final LiveTraining live;
  private final ExploreServer server;

  private Watching(LiveTraining live, ExploreServer server) {
    this.live = live;
    this.server = server;
  }

  /** Serves a page from now on, and prints its address. */
  static Watching on(ServerOptions options, Experiment experiment, CommandLine line) {
    LiveTraining live = new LiveTraining(experiment);
    try {
      ExploreServer server = options.start(live, new OptionRange(line.getCommandSpec()));
      PrintWriter out = line.getOut();
      out.println("watch " + server.address());
      out.flush();
      return new Watching(live, server);
    } catch (IOException taken) {
      throw new Failure(options.describe(taken));
    }
  }

  /** Returns who follows the training of this run. */
  List<TrainingListener> listeners(RunFolder folder) {
    if (live == null) {
      return List.of();
    }
    live.in(folder);
    return List.of(live);
  }

  @Override
  public void close() {
    if (live != null) {
      live.ended();
      server.close();
    }
  }
}
