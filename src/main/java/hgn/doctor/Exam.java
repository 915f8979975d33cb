package hgn.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.tensor.Backend;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Examines one backend in parts: correctness, precision and speed. */
public final class Exam {
  private final Backend backend;
  private final List<Part> parts;

  /** One part of the examination. */
  interface Part {
    /** Key in the JSON. */
    String name();

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
   * @param batches batch sizes to time
   * @param exactBatch batch size for the comparison of gradients
   * @param exactFrames frames decoded for that comparison
   * @param product rows and columns of the matrices of the peak measurement
   * @param copied floats copied for the peak measurement
   * @param iterations number of timed calls
   */
  public record Size(
      String preset,
      int frames,
      List<Integer> batches,
      int exactBatch,
      int exactFrames,
      int product,
      int copied,
      int iterations) {
    public static final Size FULL =
        new Size("published", 30, List.of(16, 64, 256), 2, 4, 4096, 1 << 26, 20);
  }

  private Exam(Backend backend, List<Part> parts) {
    this.backend = backend;
    this.parts = parts;
  }

  /** Creates an examination with all parts, at this size. */
  public static Exam of(Backend backend, Size size, List<BackendCheck> checks) {
    Ceilings ceilings = new Ceilings(size);
    return new Exam(
        backend,
        List.of(
            new PrimitiveErrors(),
            new AdditionalChecks(checks),
            new GradientErrors(size),
            new RolloutPaths(),
            new Determinism(size),
            new RecordedStep(size),
            ceilings,
            new PartTimes(size, ceilings)));
  }

  /** Runs all parts; {@code passed} in the result says whether everything passed. */
  public ObjectNode run(PrintWriter out) {
    out.println("device   " + backend.describe());
    backend.details().forEach(line -> out.println("         " + line));
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("program", "hgn4j " + Version.number());
    report.put("date", ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + "");
    report.put("machine", Machine.hardware()).put("java", Machine.java());
    report.put("backend", backend.name()).put("device", backend.describe());
    backend.details().forEach(report.putArray("details")::add);
    boolean passed = true;
    for (Part part : parts) {
      out.println();
      passed &= run(part, out, report.putObject(part.name()));
      out.flush();
    }
    return report.put("passed", passed);
  }

  /** Runs a part. A failure, such as lack of memory, does not stop the other parts. */
  private boolean run(Part part, PrintWriter out, ObjectNode found) {
    try {
      boolean passed = part.run(backend, out, found);
      found.put("passed", passed);
      return passed;
    } catch (RuntimeException | OutOfMemoryError failure) {
      String reason = String.valueOf(failure.getMessage());
      out.println(part.name() + " FAILED: " + reason);
      found.put("passed", false).put("failure", reason);
      return false;
    }
  }
}
