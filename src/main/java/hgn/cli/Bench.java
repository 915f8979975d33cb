package hgn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.bench.BenchWork;
import hgn.bench.OperationCount;
import hgn.bench.Stopwatch;
import hgn.cli.options.Engine;
import hgn.cli.options.EnumConverter;
import hgn.cli.options.OptionRange;
import hgn.config.EngineConfig;
import hgn.doctor.Machine;
import hgn.dynamics.Integrators;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.model.BaseEnergy;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.model.Presets;
import hgn.physics.Systems;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Precision;
import hgn.text.Bytes;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Times parts of a training step on random inputs. */
@Command(
    name = "bench",
    header = "Time one part of the work.",
    description = {
      "On random inputs, 5 frames in and 30 out:",
      "  step          a whole training step",
      "  gradient      dH/dq and dH/dp, once",
      "  rollout       29 integrator steps, without recording",
      "  rollout-grad  the same with gradients of weights, q and p",
      "  encoder       frames to z, forward and backward",
      "  decoder       states to frames, forward and backward",
      "  frames        rollouts of the training data, on one core"
    })
public final class Bench implements Callable<Integer> {
  private static final int FRAMES_IN = 5;
  private static final int FRAMES_OUT = 30;
  private static final double DT = 0.125;

  /** Initial scale of the energy network, large enough for q and p to move. */
  private static final double GAIN = 4;

  private static final int ROLLOUTS_AT_ONCE = 1000;

  /** The parts that can be timed. */
  public enum Part {
    STEP,
    GRADIENT,
    ROLLOUT,
    ROLLOUT_GRAD,
    ENCODER,
    DECODER,
    FRAMES;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Parses {@link Part}. */
  static final class Parts extends EnumConverter<Part> {
    Parts() {
      super(Part.class);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "PART",
      converter = Parts.class,
      description = "One of the above.")
  private Part part;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Architecture (default: ${DEFAULT-VALUE}).")
  private String preset = "published";

  @Option(
      names = "--integrator",
      paramLabel = "NAME",
      description = "Integrator (default: ${DEFAULT-VALUE}).")
  private String integrator = "leapfrog";

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Rollouts per batch (default: ${DEFAULT-VALUE}).")
  private int batch = 16;

  @Option(
      names = "--iters",
      paramLabel = "N",
      description = "Timed calls (default: ${DEFAULT-VALUE}).")
  private int iterations = 10;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description = "Untimed warm-up calls (default: ${DEFAULT-VALUE}).")
  private int warmup = 3;

  @Option(
      names = {"--device", "--backend"},
      paramLabel = "NAME",
      description = "Backend (default: ${DEFAULT-VALUE}).")
  private String backendName = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the backend; 0: one per processor.")
  private int threads;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      converter = EnumConverter.Precisions.class,
      description =
          "Precision of convolutions: fp32, tf32 (on cuda), or bf16 (on cuda, and on a CPU with AMX);"
              + " default: ${DEFAULT-VALUE}.")
  private Precision precision = Precision.TF32;

  @Option(
      names = "--system",
      paramLabel = "NAME",
      description = "Physical system, or your own class, for frames (default: ${DEFAULT-VALUE}).")
  private String system = "mass-spring";

  @Option(
      names = "--renderer",
      paramLabel = "NAME",
      description = "Renderer, for frames (default: ${DEFAULT-VALUE}).")
  private String renderer = "published";

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  Bench() {}

  @Override
  public Integer call() {
    OptionRange limits = new OptionRange(spec);
    limits.require("--batch", batch, 1, 4096);
    limits.require("--iters", iterations, 1, 1_000_000);
    limits.require("--warmup", warmup, 0, 1_000_000);
    limits.require("--threads", threads, 0, 9999);
    Engine.prepare(new EngineConfig(backendName, threads, precision.toString()));
    ObjectNode line = part == Part.FRAMES ? frames() : model();
    spec.commandLine().getOut().println(json ? line : words(line));
    return 0;
  }

  private ObjectNode frames() {
    RolloutGenerator rollouts =
        new RolloutGenerator(
            Systems.byName(system),
            Renderers.byName(renderer, 32),
            FRAMES_IN - 1 + FRAMES_OUT,
            DT,
            0,
            Split.TRAIN);
    float[] film = new float[rollouts.rolloutLength()];
    Stopwatch time =
        Stopwatch.time(
            () -> {
              for (int index = 0; index < ROLLOUTS_AT_ONCE; index++) {
                rollouts.render(index, film, 0);
              }
            },
            warmup,
            iterations);
    ObjectNode line = new ObjectMapper().createObjectNode().put("bench", part.toString());
    line.put("system", system).put("renderer", renderer).put("rollouts", ROLLOUTS_AT_ONCE);
    times(line, time);
    line.put("rollouts_per_s", ROLLOUTS_AT_ONCE / time.median());
    return line.put("backend", "none").put("threads", 1);
  }

  private ObjectNode model() {
    HgnSpec shape = Presets.named(preset, FRAMES_IN, BaseEnergy.NONE, GAIN);
    Backend backend = Backends.get(backendName);
    try (Hgn model = new Hgn(shape, Integrators.named(integrator), backend, DType.FLOAT32, 0);
        BenchWork work = new BenchWork(model, batch, FRAMES_OUT)) {
      Runnable run =
          switch (part) {
            case STEP -> work.step();
            case GRADIENT -> work.gradient();
            case ROLLOUT -> work.rollout();
            case ROLLOUT_GRAD -> work.rolloutGrad();
            case ENCODER -> work.encoder();
            case DECODER -> work.decoder();
            case FRAMES -> throw new IllegalStateException("[bench] frames need no model");
          };
      Stopwatch time = Stopwatch.time(BenchWork.awaited(run, backend), warmup, iterations);
      ObjectNode line = new ObjectMapper().createObjectNode().put("bench", part.toString());
      line.put("preset", preset).put("integrator", integrator).put("batch", batch);
      times(line, time);
      double operations = operations(shape);
      if (operations > 0) {
        line.put("gflop", operations * 1e-9);
        line.put("gflop_per_s", operations * 1e-9 / time.median());
      }
      return line.put("backend", backend.name()).put("threads", backend.threads());
    }
  }

  /** Operations of the part, or 0 if they are not counted. */
  private double operations(HgnSpec shape) {
    int perStep = Integrators.named(integrator).evaluations();
    OperationCount count = new OperationCount(shape, batch, FRAMES_OUT, perStep);
    return switch (part) {
      case STEP -> count.step();
      case GRADIENT -> count.gradient();
      case ROLLOUT -> count.rollout();
      case ROLLOUT_GRAD -> count.rolloutGrad();
      case ENCODER -> count.encoder();
      case DECODER -> count.decoder();
      case FRAMES -> 0;
    };
  }

  private void times(ObjectNode line, Stopwatch time) {
    line.put("iters", iterations).put("median_s", time.median()).put("min_s", time.least());
    line.put("peak_bytes", Machine.peakBytes());
  }

  private static String words(ObjectNode line) {
    StringBuilder words = new StringBuilder(line.path("bench").asText());
    for (String key : new String[] {"preset", "integrator", "system", "renderer"}) {
      words.append(line.has(key) ? ", " + line.path(key).asText() : "");
    }
    words.append(line.has("batch") ? ", batch " + line.path("batch").asText() : "");
    words.append(String.format(Locale.ROOT, ": median %.4g s", line.path("median_s").asDouble()));
    words.append(String.format(Locale.ROOT, ", least %.4g s", line.path("min_s").asDouble()));
    if (line.has("gflop_per_s")) {
      words.append(
          String.format(Locale.ROOT, ", %.1f GFLOP/s", line.path("gflop_per_s").asDouble()));
    }
    if (line.has("rollouts_per_s")) {
      words.append(
          String.format(Locale.ROOT, ", %.0f rollouts/s", line.path("rollouts_per_s").asDouble()));
    }
    words.append(", peak memory " + Bytes.format(line.path("peak_bytes").asDouble()));
    if (!line.path("backend").asText().equals("none")) {
      words.append(", backend " + line.path("backend").asText());
    }
    return words.append(", threads " + line.path("threads").asText()).toString();
  }
}
