package hgn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.files.AtomicFile;
import hgn.tensor.Backend;
import hgn.tensor.BackendProvider;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Precision;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what the program finds on this machine and whether its backends compute correctly. */
@Command(
    name = "doctor",
    header = "Describe machine and backends, and check that they compute correctly.")
public final class Doctor implements Callable<Integer> {
  /** The backend whose float64 results the others are held against. */
  static final String REFERENCE = "jvm";

  private static final int LABEL = 48;
  private static final int COLUMN = 16;

  @Spec private CommandSpec spec;

  @Option(
      names = "--gpu",
      description = {
        "Examine the GPU: results, precision, determinism, times.",
        "Takes a few minutes and writes a report as JSON."
      })
  private boolean gpu;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "The report of --gpu (default: ${DEFAULT-VALUE}).")
  private Path json = Path.of("doctor-gpu.json");

  Doctor() {}

  /** Runs this command alone. */
  public static void main(String[] args) {
    Main.start("doctor", args);
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("hgn4j    " + Version.number());
    out.println("machine  " + Machine.hardware());
    out.println("java     " + Machine.java());
    if (gpu) {
      List<BackendCheck> checks =
          ServiceLoader.load(BackendCheck.class).stream()
              .map(ServiceLoader.Provider::get)
              .collect(Collectors.toList());
      return examine(out, Exam.of(Backends.get("cuda"), Exam.Size.FULL, checks), json);
    }
    List<Backend> backends = backends(out);
    out.println();
    // the operations are checked, not how a device may round for speed
    System.setProperty(Precision.PROPERTY, Precision.FP32.toString());
    boolean passed = selfTest(out, backends);
    out.println();
    out.println(
        passed
            ? "All is well; training uses '" + backends.get(0).name() + "' unless told otherwise."
            : "Some results are wrong: choose another backend with --set engine.backend=NAME.");
    return passed ? 0 : ErrorReport.FAILURE;
  }

  /** Examines a backend and writes the report. */
  static int examine(PrintWriter out, Exam exam, Path file) {
    ObjectNode report = exam.run(out);
    AtomicFile.write(file, report.toPrettyString() + "\n");
    boolean passed = report.path("passed").asBoolean();
    out.println();
    out.println(passed ? "All is well." : "Some checks FAILED, see above.");
    out.println("report   " + file);
    return passed ? 0 : ErrorReport.FAILURE;
  }

  /** Prints every backend and gives those that run here, the preferred one first. */
  private static List<Backend> backends(PrintWriter out) {
    List<Backend> usable = new ArrayList<>();
    for (BackendProvider provider : Backends.providers()) {
      String words;
      try {
        Backend backend = provider.get();
        usable.add(backend);
        words = backend.describe();
      } catch (UnsupportedOperationException reason) {
        words = "not usable: " + reason.getMessage();
      }
      out.println("backend  " + provider.name() + ": " + words);
    }
    return usable;
  }

  private static boolean selfTest(PrintWriter out, List<Backend> backends) {
    Map<String, List<SelfTest.Result>> columns = new LinkedHashMap<>();
    for (Backend backend : backends) {
      for (DType dtype : DType.values()) {
        if (backend.supports(dtype)) {
          columns.put(
              backend.name() + " " + dtype, SelfTest.run(backend, dtype, Backends.get(REFERENCE)));
        }
      }
    }
    return print(out, columns);
  }

  /** Prints the errors, a row an operation and a column a backend; whether all are small. */
  static boolean print(PrintWriter out, Map<String, List<SelfTest.Result>> columns) {
    StringBuilder head =
        new StringBuilder(cell("largest relative error, against " + REFERENCE + " float64", LABEL));
    columns.keySet().forEach(name -> head.append(cell(name, COLUMN)));
    out.println(head.toString().stripTrailing());
    boolean passed = true;
    int rows = columns.values().stream().mapToInt(List::size).max().orElse(0);
    for (int row = 0; row < rows; row++) {
      String operation = null;
      StringBuilder line = new StringBuilder();
      for (List<SelfTest.Result> column : columns.values()) {
        SelfTest.Result result = column.get(row);
        operation = result.operation();
        passed &= result.passed();
        String error = String.format(Locale.ROOT, "%.1e", result.error());
        line.append(cell(result.passed() ? error : error + " WRONG", COLUMN));
      }
      out.println(cell("  " + operation, LABEL) + line.toString().stripTrailing());
    }
    return passed;
  }

  private static String cell(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
