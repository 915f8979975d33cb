package hgn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.cli.console.Format;
import hgn.cli.console.Invocation;
import hgn.cli.options.OptionRange;
import hgn.cli.options.OutputFolder;
import hgn.cli.options.RunArguments;
import hgn.evaluate.ErrorParts;
import hgn.evaluate.EvaluationFile;
import hgn.evaluate.EvaluationPage;
import hgn.evaluate.Measure;
import hgn.evaluate.Measures;
import hgn.files.StorageException;
import hgn.predict.Estimate;
import hgn.train.Experiment;
import hgn.train.LoadedRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a trained model on rollouts, within and beyond the training conditions. */
@Command(
    name = "evaluate",
    header = "Measure a trained model, within and beyond the training conditions.",
    description =
        "Errors with 95 %% intervals: forward and backward in time, at half and double speed, and"
            + " beyond the training frames; valid prediction times; properties of the learnt H and"
            + " its flow; comparison of samples with the data. Results are printed and written to"
            + " evaluation.json and evaluation.html in RUN or --out.")
public final class Evaluate implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RunArguments arguments;

  @Option(
      names = "--rollouts",
      paramLabel = "N",
      description = "Rollouts of each set (default: train.evaluate-rollouts of the run).")
  private Integer rollouts;

  @Option(
      names = "--parts",
      description =
          "Also measure how much of the error against films without noise is the inferred state's,"
              + " the learnt motion's and the drawing's (takes minutes).")
  private boolean parts;

  @Option(names = "--json", description = "Print the numbers as one line of JSON.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for evaluation.json and evaluation.html (default: RUN).")
  private Path out;

  Evaluate() {}

  @Override
  public Integer call() {
    try (LoadedRun run = arguments.load()) {
      Experiment experiment = run.experiment();
      int count = rollouts == null ? experiment.config().train().evaluateRollouts() : rollouts;
      int most =
          Math.min(
              experiment.config().data().testRollouts(),
              experiment.config().data().trainRollouts());
      new OptionRange(spec).require("--rollouts", count, 1, most);

      Path place = out == null ? run.folder().path() : OutputFolder.make(out);
      Map<String, Double> values = new LinkedHashMap<>();
      say(run.describe() + ", " + count + " rollouts; errors are mean squared errors per pixel:");
      EvaluationPage page =
          new EvaluationPage(run.folder().toString(), run.describe() + ", " + count + " rollouts");
      List<Measure> measures = new ArrayList<>(Measures.of(experiment, count));
      if (parts) {
        measures.addAll(new ErrorParts(experiment, count).all());
      }
      for (Measure measure : measures) {
        Estimate score = measure.score().get();
        String value = Format.of(score, measure.unit());
        values.put(measure.key(), score.mean());
        if (score.hasInterval()) {
          values.put(measure.key() + "_interval", score.interval());
        }
        page.add(measure.label(), value);
        say(String.format(Locale.ROOT, "  %-46s %s", measure.label(), value));
      }
      if (experiment.isRecorded()) {
        say("  " + leftOut(experiment));
      }
      ObjectNode tree = EvaluationFile.tree(run.checkpoint(), run.steps(), count, values);
      if (json) {
        spec.commandLine().getOut().println(tree); // first, as it may be impossible to store
      }
      write(run, place, tree, page);
      return 0;
    }
  }

  private void write(LoadedRun run, Path place, ObjectNode tree, EvaluationPage page) {
    Path file = place.resolve(run.folder().evaluation().getFileName());
    try {
      EvaluationFile.write(file, tree);
      page.write(run.folder(), place, Invocation.of("evaluate", run.folder().toString()));
    } catch (StorageException unwritable) {
      throw OutputFolder.onlyPrinted(unwritable);
    }
    say("written to " + file);
    say("           " + place.resolve(run.folder().evaluationPage().getFileName()));
  }

  /** The measures that films cannot provide. */
  private static String leftOut(Experiment experiment) {
    boolean hasStates = experiment.recorded().orElseThrow().set().hasStates();
    return "left out, as films do not tell it: noise, energy, discs, "
        + (hasStates ? "" : "true states (SyMetric), ")
        + "and speeds without true frames";
  }

  private void say(String line) {
    if (!json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }
}
