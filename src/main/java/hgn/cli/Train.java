package hgn.cli;

import hgn.cli.console.ExitCode;
import hgn.cli.console.FilmReading;
import hgn.cli.console.Interruption;
import hgn.cli.options.Engine;
import hgn.cli.options.TrainOptions;
import hgn.cli.ranked.ProgramDigest;
import hgn.cli.ranked.RankDevices;
import hgn.cli.ranked.RankedRun;
import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.config.ModelConfig;
import hgn.data.FilmSettings;
import hgn.files.FolderLock;
import hgn.ranks.Messages;
import hgn.ranks.Ranks;
import hgn.run.RunConfig;
import hgn.run.RunFolder;
import hgn.run.Transfer;
import hgn.tensor.Backend;
import hgn.train.Experiment;
import hgn.train.Follower;
import hgn.train.RankAgreement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a model and writes everything about it to its run folder. */
@Command(
    name = "train",
    header = "Train a model on rollouts of a physical system.",
    description =
        "Without options: mass-spring with the 'quick' preset, a minute or two on two cores.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hgn4j train",
      "  hgn4j train --set data.system=pendulum --set model.preset=published",
      "  hgn4j train --set model.energy=separable --set model.integrator=yoshida",
      "  hgn4j train --films my-films",
      "  hgn4j train --set data.system=pendulum --init-from runs/mass-spring-quick --reset hamiltonian",
      "  hgn4j train --resume runs/mass-spring-quick --set train.steps=4000",
      "Ctrl-C saves the run and prints how to resume it."
    })
public final class Train implements Callable<Integer> {
  private static final String ENCODER = "encoder";

  @Spec private CommandSpec spec;
  @Mixin private TrainOptions options;

  @Option(
      names = "--as-printed",
      description =
          "Use the Hamiltonian as printed in the paper, misprints included; the same as --set"
              + " data.as-printed=true.")
  private boolean asPrinted;

  @Option(
      names = "--films",
      paramLabel = "PATH",
      description =
          "Learn from your own films in this file or folder, detected by content: folders of"
              + " PNG or JPEG frames, GIF, npy, npz, HDF5, TFRecord, MP4, MOV, AVI, or what"
              + " 'generate' wrote; the same as --set data.films=PATH.")
  private Path films;

  @Option(
      names = "--skip-damaged",
      description = "Skip films that cannot be read; the same as --set data.skip-damaged=true.")
  private boolean skipDamaged;

  @Option(
      names = "--init-from",
      paramLabel = "RUN",
      description =
          "Initialise the networks from the best checkpoint of this run, such as one on"
              + " another system.")
  private Path origin;

  @Option(
      names = "--reset",
      split = ",",
      paramLabel = "NETWORK",
      description =
          "With --init-from: networks with fresh initial values, such as hamiltonian,decoder.")
  private List<String> reset = new ArrayList<>();

  @Option(
      names = "--watch",
      description =
          "Serve a page on which the training can be followed, and print its address; see explore"
              + " for what is served and to whom.")
  private boolean watch;

  private RankDevices devices;

  @Mixin private ServerOptions server;

  Train() {}

  /** Runs this command alone. */
  public static void main(String[] args) {
    Main.start("train", args);
  }

  @Override
  public Integer call() {
    return RankedRun.of(spec, this::train);
  }

  private int train(Ranks ranks) {
    devices = RankDevices.shared(ranks);
    List<String> settings = options.settings();
    if (asPrinted) {
      settings.add("data.as-printed=true");
    }
    if (skipDamaged) {
      settings.add("data.skip-damaged=true");
    }
    if (films != null) {
      settings.add(
          "data.films=" + FilmSettings.quoted(films.toAbsolutePath().normalize().toString()));
    }
    if (origin == null && !reset.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--reset "
              + String.join(",", reset)
              + " says what not to take from another run; name"
              + " that run with --init-from");
    }
    return options.resumed() == null ? begin(settings, ranks) : resume(settings, ranks);
  }

  private int begin(List<String> settings, Ranks ranks) {
    await(ranks, !ranks.isFirst());
    Config config;
    try (FilmReading reading = new FilmReading(spec.commandLine().getOut())) {
      config = FilmSettings.load(options.file(), settings, reading);
    }
    Engine.prepare(config.engine(), ranks);
    devices.requireFor(config.engine().backend());
    try (Experiment experiment = experiment(config, ranks)) {
      if (!ranks.isFirst()) {
        return follow(experiment, ranks);
      }
      if (origin != null) {
        takeOver(experiment);
      }
      try (Watching watching = watching(experiment)) {
        RunFolder folder = options.create(defaultName(experiment));
        try (FolderLock lock = folder.lock()) {
          return session(experiment, folder, ranks, watching).begin();
        }
      }
    }
  }

  /** The experiment, once all ranks have the same one. */
  private static Experiment experiment(Config config, Ranks ranks) {
    Experiment experiment = new Experiment(config);
    await(ranks, ranks.isFirst());
    try {
      Backend backend = experiment.model().parameters().backend();
      RankAgreement.require(ranks, ProgramDigest.of(backend), config);
      return experiment;
    } catch (RuntimeException unequal) {
      experiment.close();
      throw unequal;
    }
  }

  /** Lets rank 0 read films before the others, which find its cache where they are on its host. */
  private static void await(Ranks ranks, boolean here) {
    if (here) {
      Messages.fromFirst(ranks, new byte[0]);
    }
  }

  private int follow(Experiment experiment, Ranks ranks) {
    Follower follower = new Follower(experiment, ranks);
    try (Interruption interruption =
        new Interruption(follower::requestStop, "", spec.commandLine().getErr())) {
      follower.run();
    }
    return ExitCode.OK;
  }

  /** System, preset and, if it is not the preset's own, what distinguishes the variant. */
  private static String defaultName(Experiment experiment) {
    Config config = experiment.config();
    String presets = presetsEnergy(config);
    String variant = experiment.model().parameters().owner();
    if (config.model().energy().equals(presets)) {
      variant = variant.replace(", separable energy", "");
    } else if (presets.equals("separable")) {
      variant += ", joint energy";
    }
    String words = variant.replaceAll("[^a-z]+", "-").replaceFirst("^hgn-?", "");
    return Stream.of(config.data().title(), config.model().preset(), words)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("-"));
  }

  /** Default form of the energy for the preset, the family and the dynamics. */
  private static String presetsEnergy(Config config) {
    List<String> plain =
        List.of(
            "model.preset=" + config.model().preset(),
            "model.family=" + config.model().family(),
            "model.dynamics=" + config.model().dynamics(),
            config.data().isRecorded()
                ? "data.films=" + FilmSettings.quoted(config.data().films())
                : "data.system=" + config.data().system());
    return ConfigLoader.load(null, plain).model().energy();
  }

  private void takeOver(Experiment experiment) {
    RunFolder folder = RunFolder.open(origin);
    Path checkpoint = folder.preferredCheckpoint();
    Transfer.of(checkpoint, experiment.model().parameters(), reset);
    if (!reset.contains(ENCODER)) {
      requireSameContrast(
          RunConfig.of(folder, checkpoint, List.of()).model(), experiment.config().model());
    }
    spec.commandLine()
        .getOut()
        .println(
            "starting from "
                + checkpoint
                + (reset.isEmpty() ? "" : ", all but " + String.join(", ", reset)));
  }

  /** A transferred encoder needs the contrast that it was trained with. */
  private void requireSameContrast(ModelConfig before, ModelConfig now) {
    if (before.contrast() != now.contrast()) {
      throw new ConfigException(
          "model.contrast = "
              + now.contrast()
              + ", but the encoder of "
              + origin
              + " has learnt at "
              + before.contrast()
              + "; add --set model.contrast="
              + before.contrast()
              + ", or encoder to --reset");
    }
  }

  private int resume(List<String> settings, Ranks ranks) {
    options.requireResumable(spec, origin == null ? List.of() : List.of("--init-from"));
    RunFolder folder = RunFolder.open(options.resumed());
    if (!ranks.isFirst()) {
      return resume(folder, settings, ranks);
    }
    try (FolderLock lock = folder.lock()) {
      return resume(folder, settings, ranks);
    }
  }

  private int resume(RunFolder folder, List<String> settings, Ranks ranks) {
    Config before = RunConfig.of(folder, folder.lastCheckpoint(), List.of());
    Config config = ConfigLoader.ofRun(folder.config(), settings);
    List<String> fixed = config.fixedChanges(before);
    if (!fixed.isEmpty()) {
      throw new ConfigException(
          "a resumed run must not change "
              + String.join(", ", fixed)
              + "; it may change only "
              + String.join(", ", Config.FREE_KEYS)
              + "; start a new run for the rest");
    }
    sayWhatBecomesOfSchedules(before, config);
    await(ranks, !ranks.isFirst());
    Engine.prepare(config.engine(), ranks);
    devices.requireFor(config.engine().backend());
    try (Experiment experiment = experiment(config, ranks)) {
      if (!ranks.isFirst()) {
        return follow(experiment, ranks);
      }
      try (Watching watching = watching(experiment)) {
        return session(experiment, folder, ranks, watching).resume();
      }
    }
  }

  private void sayWhatBecomesOfSchedules(Config before, Config now) {
    List<String> scheduled = now.scheduled();
    if (before.totalSteps() != now.totalSteps() && !scheduled.isEmpty()) {
      spec.commandLine()
          .getOut()
          .println(
              String.join(" and ", scheduled)
                  + " now reach their ends at step "
                  + now.totalSteps()
                  + " instead of "
                  + before.totalSteps()
                  + ", and go on from here as if they always had");
    }
  }

  /** A page, if there is to be one, before there is a run: a port that is taken leaves none. */
  private Watching watching(Experiment experiment) {
    return watch ? Watching.on(server, experiment, spec.commandLine()) : Watching.NOBODY;
  }

  private TrainingSession session(
      Experiment experiment, RunFolder folder, Ranks ranks, Watching watching) {
    return new TrainingSession(
        experiment,
        folder,
        ranks,
        watching.listeners(folder),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
