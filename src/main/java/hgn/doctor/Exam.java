package hgn.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.tensor.Backend;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Examines one backend, part by part: whether it computes correctly, how exactly, how fast. */
public final class Exam {
  private final Backend backend;
  private final List<Part> parts;

  /** A part of the examination. */
  interface Part {
    /** Key in the JSON. */
    String name();

    /**
     * Examines, and prints what it finds.
     *
     * @param found where it puts what it finds
     * @return whether all is as it must be
     */
    boolean run(Backend backend, PrintWriter out, ObjectNode found);
  }

  /**
   * How much work to give.
   *
   * @param preset architecture of the timed model
   * @param frames frames decoded
   * @param batches rollouts in a batch, one after the other
   * @param exactBatch rollouts in the batch whose gradients are compared
   * @param exactFrames frames decoded there
   * @param product rows and columns of the matrices of the ceiling
   * @param copied floats copied for the ceiling
   * @param iterations timed calls
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

  /** All parts, at this size. */
  public static Exam of(Backend backend, Size size, List<BackendCheck> checks) {
    Ceilings ceilings = new Ceilings(size);
    return new Exam(
        backend,
        List.of(
            new PrimitiveErrors(),
            new OuterChecks(checks),
            new GradientErrors(size),
            new RolloutWays(),
            new Determinism(size),
            ceilings,
            new PartTimes(size, ceilings)));
  }

  /** Runs all parts; {@code passed} in the result says whether all is as it must be. */
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

  /** A part that fails for want of memory, say, does not keep the others from running. */
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
