package hgn.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.bench.BenchWork;
import hgn.bench.OperationCount;
import hgn.bench.Stopwatch;
import hgn.bench.Traffic;
import hgn.model.Hgn;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.text.Bytes;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Times the parts of a training step at several batch sizes, and relates their operations and
 * minimum bytes to peak performance.
 */
final class PartTimes implements Exam.Part {
  private static final int EVALUATIONS = 3;

  private final Exam.Size size;
  private final Ceilings ceilings;
  private final Runnable save;

  /** The workload, operations and bytes of one part. */
  private record Need(Supplier<Runnable> work, double operations, double bytes) {}

  /**
   * Creates it; {@code ceilings} must run before.
   *
   * @param save is called when a row is known
   */
  PartTimes(Exam.Size size, Ceilings ceilings, Runnable save) {
    this.size = size;
    this.ceilings = ceilings;
    this.save = save;
  }

  @Override
  public String name() {
    return "times";
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-14s %6s %11s %11s %11s %8s %10s %8s %10s",
            size.preset(),
            "batch",
            "median ms",
            "least ms",
            "GFLOP/s",
            "share",
            "GB/s",
            "share",
            "peak"));
    ArrayNode rows = found.putArray("rows");
    for (int batch : size.batches()) {
      try (Hgn model = ExamModel.of(size.preset(), backend, DType.FLOAT32);
          BenchWork work = new BenchWork(model, batch, size.frames())) {
        for (Map.Entry<String, Need> part : parts(model, work, batch).entrySet()) {
          time(part.getKey(), part.getValue(), batch, backend, out, rows.addObject());
        }
      } catch (OutOfMemoryError full) {
        out.println("batch " + batch + ": " + full.getMessage());
        rows.addObject().put("batch", batch).put("failure", full.getMessage());
      }
    }
    return true;
  }

  private Map<String, Need> parts(Hgn model, BenchWork work, int batch) {
    OperationCount count = new OperationCount(model.spec(), batch, size.frames(), EVALUATIONS);
    Traffic traffic = new Traffic(model, batch, size.frames());
    Map<String, Need> parts = new LinkedHashMap<>();
    parts.put("gradient", new Need(work::gradient, count.gradient(), traffic.gradient()));
    parts.put("rollout", new Need(work::rollout, count.rollout(), traffic.rollout()));
    parts.put(
        "rollout-grad", new Need(work::rolloutGrad, count.rolloutGrad(), traffic.rolloutGrad()));
    parts.put("encoder", new Need(work::encoder, count.encoder(), traffic.encoder()));
    parts.put("decoder", new Need(work::decoder, count.decoder(), traffic.decoder()));
    parts.put("step", new Need(work::step, count.step(), traffic.step()));
    return parts;
  }

  private void time(
      String part, Need need, int batch, Backend backend, PrintWriter out, ObjectNode row) {
    backend.pool().restartPeak(); // not that of another part
    Runnable work = BenchWork.awaited(need.work().get(), backend);
    Stopwatch time = Stopwatch.time(work, 3, size.iterations());
    double operations = need.operations() / time.median();
    double bytes = need.bytes() / time.median();
    row.put("part", part).put("batch", batch);
    row.put("median_s", time.median()).put("min_s", time.least());
    row.put("flop", need.operations()).put("flop_per_s", operations);
    row.put("flop_share", operations / ceilings.operationsPerSecond());
    row.put("least_bytes", need.bytes()).put("bytes_per_s", bytes);
    row.put("bytes_share", bytes / ceilings.bytesPerSecond());
    row.put("peak_bytes", backend.pool().peakBytes());
    out.println(
        String.format(
            Locale.ROOT,
            "%-14s %6d %11.4g %11.4g %11.4g %7.1f%% %10.4g %7.1f%% %10s",
            part,
            batch,
            time.median() * 1e3,
            time.least() * 1e3,
            operations * 1e-9,
            100 * operations / ceilings.operationsPerSecond(),
            bytes * 1e-9,
            100 * bytes / ceilings.bytesPerSecond(),
            Bytes.format(backend.pool().peakBytes())));
    out.flush();
    save.run();
  }
}
