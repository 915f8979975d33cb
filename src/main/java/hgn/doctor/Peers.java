package hgn.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The same work by PyTorch and JAX, for comparison on the same device. The programs are {@code
 * hgn_torch.py} and {@code hgn_jax.py} in a folder that the user provides; each prints a line of
 * JSON for each of the works that it is given by {@code --bench}.
 */
public final class Peers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TORCH = "hgn_torch.py";
  private static final String JAX = "hgn_jax.py";
  private static final List<String> PARTS =
      List.of("rollout", "rollout_grad", "encoder", "decoder");

  /** Most of the time left that one program may take, of which there are several. */
  private static final int SHARE = 3;

  private final Path folder;
  private final String python;

  /** One start of a program. */
  private record Work(String program, List<String> options) {
    static Work of(String program, int batch, List<String> benches, String... more) {
      List<String> options = new ArrayList<>(List.of("--bench"));
      options.addAll(benches);
      options.addAll(List.of("--batch", Integer.toString(batch)));
      options.addAll(List.of(more));
      return new Work(program, options);
    }

    @Override
    public String toString() {
      return program + " " + String.join(" ", options);
    }
  }

  private Peers(Path folder, String python) {
    this.folder = folder;
    this.python = python;
  }

  /** Whether there are peers in this folder. */
  public static boolean in(Path folder) {
    return Files.isRegularFile(folder.resolve(TORCH)) || Files.isRegularFile(folder.resolve(JAX));
  }

  /**
   * The peers in a folder.
   *
   * @param python the interpreter that has PyTorch and JAX
   */
  public static Peers of(Path folder, String python) {
    return new Peers(folder.toAbsolutePath(), python);
  }

  /** What is run, the most important first, as the time may not suffice for all. */
  private static List<Work> works(List<Integer> batches) {
    int first = batches.get(0);
    List<Work> works = new ArrayList<>();
    works.add(Work.of(TORCH, first, List.of("step"), "--cuda-graph"));
    works.add(Work.of(TORCH, first, List.of("step"), "--iters", "10"));
    works.add(Work.of(JAX, first, List.of("step")));
    works.add(Work.of(TORCH, first, PARTS, "--cuda-graph"));
    works.add(Work.of(JAX, first, PARTS));
    for (int batch : batches.subList(1, batches.size())) {
      works.add(Work.of(TORCH, batch, List.of("step"), "--cuda-graph"));
      works.add(Work.of(JAX, batch, List.of("step")));
    }
    works.add(Work.of(TORCH, first, PARTS, "--iters", "10"));
    return works;
  }

  /** Runs what the time suffices for, and adds each line to the report as it is printed. */
  void run(PrintWriter out, ReportFile report, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    ObjectNode found = report.root().putObject("peers");
    ArrayNode rows = found.putArray("rows");
    ArrayNode failures = found.putArray("failures");
    for (Work work : works(Exam.Size.FULL.batches())) {
      if (!Files.isRegularFile(folder.resolve(work.program))) {
        continue;
      }
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      String failure =
          run(
              work,
              left.dividedBy(SHARE),
              row -> {
                print(work, row, out);
                synchronized (report) { // the last lines of a process may come late
                  rows.add(row);
                  report.save();
                }
              });
      if (!failure.isEmpty()) {
        out.println("  " + work + ": " + failure);
        failures.addObject().put("work", work.toString()).put("failure", failure);
      }
      synchronized (report) {
        report.save();
      }
      out.flush();
    }
  }

  /** Runs a program and returns why it failed, or nothing. */
  private String run(Work work, Duration most, Consumer<JsonNode> known) {
    List<String> line = new ArrayList<>(List.of(python, work.program));
    line.addAll(work.options);
    line.addAll(List.of("--device", "cuda", "--precision", "tf32"));
    Map<String, String> environment =
        Map.of("XLA_PYTHON_CLIENT_PREALLOCATE", "false", "PYTHONUNBUFFERED", "1");
    AtomicReference<String> error = new AtomicReference<>("");
    TimedProcess.Outcome outcome;
    try {
      outcome =
          TimedProcess.run(
              line,
              folder,
              environment,
              most,
              text ->
                  parse(text)
                      .ifPresent(
                          row -> {
                            if (row.has("error")) {
                              error.set(row.path("error").asText());
                            }
                            known.accept(row);
                          }));
    } catch (UncheckedIOException noPython) {
      return noPython.getCause().getMessage();
    }
    return error.get().isEmpty() ? outcome.failure().orElse("") : error.get();
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return text.startsWith("{") ? Optional.of(JSON.readTree(text)) : Optional.empty();
    } catch (JsonProcessingException noJson) {
      return Optional.empty(); // some other line that begins like one
    }
  }

  private static void print(Work work, JsonNode row, PrintWriter out) {
    if (!row.has("error")) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %-12s median %.4g ms  %s",
              row.path("bench").asText(),
              1e3 * row.path("median_s").asDouble(),
              work));
    }
  }
}
