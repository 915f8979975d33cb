package hgn.cli;

import hgn.bench.BenchWork;
import hgn.cli.options.OptionRange;
import hgn.dynamics.Leapfrog;
import hgn.files.AtomicFile;
import hgn.model.BaseEnergy;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.model.Presets;
import hgn.tapeview.DotText;
import hgn.tapeview.Phase;
import hgn.tapeview.SvgPicture;
import hgn.tapeview.TapeGraph;
import hgn.tapeview.TapePage;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.trace.Trace;
import hgn.trace.TracedBackend;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Draws the tape of a double backward, and traces the operations of a training step. */
@Command(
    name = "tape",
    header = "Draw the tape of a double backward; trace a training step.",
    description = {
      "The picture shows the values, the nodes recorded by the first backward pass and those of"
          + " the second, with shapes and memory. --of is one of",
      "  kick       p' = p - dt dH/dq of a small energy, the smallest double backward",
      "  leapfrog   a whole step with the same energy: kick, drift, kick",
      "  encoder    the encoder of --preset with a gradient penalty",
      "  FILE       a run's folder, or a configuration as for train --config: one step of its"
          + " integrator on its energy with initial parameters"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  hgn4j tape --html tape.html",
      "  hgn4j tape --of runs/mass-spring-quick --dot tape.dot --html tape.html",
      "  hgn4j tape --trace step.json      # for chrome://tracing or ui.perfetto.dev"
    })
public final class TapeCommand implements Callable<Integer> {
  private static final int FRAMES_IN = 5;
  private static final int FRAMES_OUT = 30;

  @Spec private CommandSpec spec;

  @Option(
      names = "--of",
      paramLabel = "WHAT",
      description = "What to draw: kick, leapfrog, encoder or FILE (default: ${DEFAULT-VALUE}).")
  private String what = "leapfrog";

  @Option(
      names = "--dot",
      paramLabel = "OUT.dot",
      description = "Write it in Graphviz's DOT language.")
  private Path dot;

  @Option(
      names = "--html",
      paramLabel = "OUT.html",
      description = "Write an interactive page: folded, whole, and by group.")
  private Path html;

  @Option(names = "--svg", paramLabel = "OUT.svg", description = "Write the whole tape as SVG.")
  private Path svg;

  @Option(
      names = "--trace",
      paramLabel = "OUT.json",
      description =
          "Write the operations of a training step of --preset, with times in microseconds, bytes"
              + " and phases, in Chrome's trace format.")
  private Path trace;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Architecture of the encoder and the traced step (default: ${DEFAULT-VALUE}).")
  private String preset = "quick";

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Batch size: states, clips or rollouts (default: ${DEFAULT-VALUE}).")
  private int batch = 4;

  @Option(
      names = {"--device", "--backend"},
      paramLabel = "NAME",
      description = "Backend (default: ${DEFAULT-VALUE}).")
  private String backendName = "auto";

  TapeCommand() {}

  @Override
  public Integer call() {
    new OptionRange(spec).require("--batch", batch, 1, 4096);
    if (dot == null && html == null && svg == null && trace == null) {
      throw new ParameterException(
          spec.commandLine(), "nothing to write; give --html, --dot, --svg or --trace");
    }
    HgnSpec shape = Presets.named(preset, FRAMES_IN, BaseEnergy.NONE, 1);
    Backend backend = Backends.get(backendName);
    if (dot != null || html != null || svg != null) {
      draw(new TapeSubject(backend, batch).tape(what, preset, shape));
    }
    if (trace != null) {
      trace(shape, backend);
    }
    return 0;
  }

  private void draw(TapeGraph tape) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("tape   " + tape.title());
    for (Phase phase : Phase.values()) {
      out.println("       " + tape.count(phase) + " nodes: " + phase);
    }
    if (dot != null) {
      write(dot, "dot    ", DotText.of(tape));
    }
    if (html != null) {
      write(html, "page   ", TapePage.of(tape));
    }
    if (svg != null) {
      write(svg, "svg    ", SvgPicture.file(tape));
    }
  }

  private void write(Path file, String kind, String text) {
    AtomicFile.write(file, text);
    spec.commandLine().getOut().println(kind + file);
  }

  /** Traces the second step, after memory is allocated and code is compiled. */
  private void trace(HgnSpec shape, Backend backend) {
    Trace steps = new Trace();
    Backend traced = TracedBackend.of(backend, steps);
    try (Hgn model = new Hgn(shape, new Leapfrog(), traced, DType.FLOAT32, 0);
        BenchWork work = new BenchWork(model, batch, FRAMES_OUT)) {
      Runnable step = work.step();
      step.run();
      steps.record("training step", step);
    }
    AtomicFile.write(trace, steps.json(backend.name()));
    String operations = steps.operations() + " operations on backend " + backend.name();
    spec.commandLine().getOut().println("trace  " + trace + ", " + operations);
  }
}
