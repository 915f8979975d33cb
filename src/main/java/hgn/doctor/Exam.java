package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.tensor.Backend;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Examines one backend in parts: correctness, precision and speed. */
public final class Exam {
  private final Backend backend;
  private final List<Stage> stages;

  /** One part of the examination. */
  interface Part {
    /** Key in the JSON. */
    String name();

    /** Makes the object in the report that receives the results. */
    default ObjectNode place(ObjectNode report) {
      return report.putObject(name());
    }

    /**
     * Examines the backend and prints the results.
     *
     * @param found receives the results
     * @return whether everything passed
     */
    boolean run(Backend backend, PrintWriter out, ObjectNode found);
  }

  /**
   * The amount of work.
   *
   * @param preset architecture of the timed model
   * @param frames frames decoded
   * @param batches batch sizes to time; training takes the first
   * @param exactBatch batch size for the comparison of gradients
   * @param exactFrames frames decoded for that comparison
   * @param product rows and columns of the matrices of the peak measurement
   * @param copied floats copied for the peak measurement
   * @param iterations number of timed calls
   * @param steps steps of training
   */
  public record Size(
      String preset,
      int frames,
      List<Integer> batches,
      int exactBatch,
      int exactFrames,
      int product,
      int copied,
      int iterations,
      int steps) {
    public static final Size FULL =
        new Size("published", 30, List.of(16, 64, 256), 2, 4, 4096, 1 << 26, 20, 200);
  }

  private Exam(Backend backend, List<Stage> stages) {
    this.backend = backend;
    this.stages = stages;
  }

  /** Creates an examination with all parts, at this size. */
  public static Exam of(Backend backend, Size size, List<BackendCheck> checks) {
    return new Exam(backend, Stage.all(size, checks));
  }

  /** Creates an examination with the parts of one stage. */
  public static Exam of(Backend backend, Stage stage) {
    return new Exam(backend, List.of(stage));
  }

  /** Runs all parts, writes what each has found to the report, and returns whether all passed. */
  public boolean run(PrintWriter out, ReportFile report) {
    List<String> failed = new ArrayList<>();
    for (Stage stage : stages) {
      for (Part part : stage.parts(report::save)) {
        if (!run(part, out, report)) {
          failed.add(part.name());
        }
        out.println();
        out.flush();
      }
    }
    if (!failed.isEmpty()) {
      out.println("FAILED: " + String.join(", ", failed));
    }
    return failed.isEmpty();
  }

  /**
   * Runs a part. A failure, such as lack of memory, does not stop the other parts, nor do they see
   * what it has set.
   */
  private boolean run(Part part, PrintWriter out, ReportFile report) {
    ObjectNode found = part.place(report.root());
    boolean passed;
    try (SwitchesKept kept = new SwitchesKept()) {
      passed = part.run(backend, out, found);
    } catch (RuntimeException | AssertionError | LinkageError | OutOfMemoryError failure) {
      String reason = String.valueOf(failure.getMessage());
      out.println(part.name() + " FAILED: " + reason);
      found.put("failure", reason);
      passed = false;
    }
    found.put("passed", passed);
    report.save();
    return passed;
  }
}
