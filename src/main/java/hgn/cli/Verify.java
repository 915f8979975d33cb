package hgn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.autograd.custom.FixedPoint;
import hgn.cli.console.Failure;
import hgn.cli.options.OptionRange;
import hgn.cli.options.OutputFolder;
import hgn.cli.options.RunArguments;
import hgn.dynamics.ImplicitStepException;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.evaluate.LearntEnergy;
import hgn.files.AtomicFile;
import hgn.images.Drawing;
import hgn.report.VerificationPlots;
import hgn.tensor.Arena;
import hgn.train.LoadedRun;
import hgn.verify.TestProblem;
import hgn.verify.Verification;
import hgn.verify.Verifier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures integrators on a system's energy or on a trained model's. */
@Command(
    name = "verify",
    header = "Measure integrators on a system's energy or a trained model's.",
    description =
        "In float64: the observed order, with the declared one in parentheses; the error after up"
            + " to 64 steps forward and as many backward; the norm of M'OM - O for a step's"
            + " Jacobian M, 0 if the step is symplectic; and the error of H over --steps steps:"
            + " the largest deviation and the drift per unit of time. Energies that depend on time"
            + " are not supported. Writes verification.json and verification.png to --out.")
public final class Verify implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL = "all";

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private What what;

  /** Exactly one of the two. */
  private static final class What {
    @Option(
        names = "--system",
        required = true,
        paramLabel = "NAME",
        description = "Physical system, such as mass-spring or double-pendulum.")
    private String system;

    @Option(
        names = "--run",
        required = true,
        paramLabel = "RUN",
        description = "Folder of a run, for its learnt energy at states inferred from test films.")
    private Path run;
  }

  @Option(
      names = "--checkpoint",
      paramLabel = "best|last|FILE",
      description = "Checkpoint of the run (default: best, or last if there is no best).")
  private String checkpoint;

  @Option(
      names = "--integrators",
      split = ",",
      paramLabel = "NAME",
      description = "Integrators, separated by commas, or all (default: ${DEFAULT-VALUE}).")
  private List<String> names = List.of(ALL);

  @Option(
      names = "--dt",
      paramLabel = "SECONDS",
      description =
          "Step size; orders are measured with this and smaller steps (default: ${DEFAULT-VALUE}).")
  private double dt = 0.125;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Number of steps for the error of H (default: ${DEFAULT-VALUE}).")
  private int steps = 1000;

  @Option(
      names = "--states",
      paramLabel = "N",
      description = "Number of initial states (default: ${DEFAULT-VALUE}).")
  private int states = 4;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the JSON and the plot (default: verify/NAME, or RUN/verify).")
  private Path out;

  Verify() {}

  @Override
  public Integer call() {
    OptionRange limits = new OptionRange(spec);
    limits.requirePositive("--dt", dt, 100);
    limits.require("--steps", steps, 1, 10_000_000);
    limits.require("--states", states, 1, 1000);
    List<Integrator> integrators =
        names.contains(ALL)
            ? Integrators.all()
            : names.stream().map(Integrators::named).distinct().toList();
    try (Arena arena = Arena.open("verify")) {
      if (what.run == null) {
        Path folder = out == null ? Path.of("verify", what.system) : out;
        measure(AnalyticProblem.of(what.system, states), integrators, OutputFolder.make(folder));
      } else {
        learnt(integrators);
      }
    }
    return 0;
  }

  private void learnt(List<Integrator> integrators) {
    List<String> settings = List.of("engine.backend=" + LearntEnergy.BACKEND);
    try (LoadedRun run = RunArguments.load(what.run, checkpoint, settings);
        LearntEnergy learnt = energyOf(run)) {
      say(run.describe() + ":");
      Path folder = out == null ? run.folder().path().resolve("verify") : out;
      measure(learnt.problem(), integrators, OutputFolder.make(folder));
    }
  }

  private LearntEnergy energyOf(LoadedRun run) {
    return LearntEnergy.of(run.experiment(), run.folder().path().toString(), states)
        .orElseThrow(
            () ->
                new Failure(
                    run.folder()
                        + " has no energy to verify, but "
                        + run.experiment().model().parameters().owner()
                        + "; give a run of a model that learns one, or a --system"));
  }

  private void measure(TestProblem problem, List<Integrator> integrators, Path folder) {
    say(
        (problem.name() + (problem.separable() ? ", H = T(p) + V(q), " : ", H not separable, "))
            + (problem.states() + " states, dt " + dt + ", " + steps + " steps"));
    say(VerificationTable.head());
    ObjectNode tree = JSON.createObjectNode();
    tree.put("subject", problem.name()).put("separable", problem.separable());
    tree.put("states", problem.states()).put("dt", dt).put("steps", steps);
    ArrayNode rows = tree.putArray("integrators");
    List<Verification> found = new ArrayList<>();
    Verifier verifier = new Verifier(problem, dt, steps);
    for (Integrator integrator : integrators) {
      try {
        Verification one = verifier.measure(integrator);
        found.add(one);
        say(VerificationTable.row(one));
        rows.add(VerificationTable.json(one));
      } catch (ImplicitStepException | FixedPoint.Unsolved unsolved) {
        say("  " + unsolved.getMessage());
        rows.add(VerificationTable.failed(integrator, unsolved));
      }
    }
    if (found.stream().anyMatch(one -> one.declaredOrder() == 0)) {
      say(
          "  * moves q by p, not by dH/dp: it does not follow H, whose deviation says nothing then");
    }
    write(folder, problem, tree, found);
  }

  private void write(Path folder, TestProblem problem, ObjectNode tree, List<Verification> found) {
    AtomicFile.write(folder.resolve("verification.json"), tree.toPrettyString() + "\n");
    if (!found.isEmpty()) {
      Path plot = folder.resolve("verification.png");
      Drawing.attempt(() -> VerificationPlots.write(plot, problem.name(), found));
    }
    say("written to " + folder);
  }

  private void say(String line) {
    PrintWriter printer = spec.commandLine().getOut();
    printer.println(line);
    printer.flush();
  }
}
