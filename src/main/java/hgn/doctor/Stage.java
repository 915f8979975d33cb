package hgn.doctor;

import hgn.doctor.Exam.Part;
import hgn.doctor.Exam.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Parts of an examination that run in one process, and what share of the time they may take. */
public final class Stage {
  private final String name;
  private final int weight;
  private final Function<Runnable, List<Part>> parts;

  private Stage(String name, int weight, Function<Runnable, List<Part>> parts) {
    this.name = name;
    this.weight = weight;
    this.parts = parts;
  }

  /** The stages of an examination, in the order in which they run. */
  public static List<Stage> all(Size size, List<BackendCheck> checks) {
    List<Stage> stages = new ArrayList<>();
    // loads the libraries from a cold disk, and may have to compile the kernels
    stages.add(new Stage("device", 6, save -> List.of(new DevicePart())));
    for (BackendCheck check : checks) {
      stages.add(new Stage(check.name(), 4, save -> List.of(new AdditionalCheck(check))));
    }
    stages.add(
        new Stage(
            "precision",
            4,
            save ->
                List.of(
                    new PrimitiveErrors(),
                    new GradientErrors(size),
                    new RolloutPaths(),
                    new Determinism(size))));
    stages.add(
        new Stage(
            "step", 3, save -> List.of(new StepAgainstReference(size), new RecordedStep(size))));
    stages.add(new Stage("times", 8, save -> times(size, save)));
    stages.add(new Stage("training", 4, save -> List.of(new ShortTraining(size, save))));
    return stages;
  }

  private static List<Part> times(Size size, Runnable save) {
    Ceilings ceilings = new Ceilings(size);
    return List.of(ceilings, new PartTimes(size, ceilings, save));
  }

  /** Its name for reports and on the command line. */
  public String name() {
    return name;
  }

  /** Its share of the time, in relation to other stages' weights. */
  int weight() {
    return weight;
  }

  /**
   * Its parts.
   *
   * @param save to be called within a part when something more is known
   */
  List<Part> parts(Runnable save) {
    return parts.apply(save);
  }
}
