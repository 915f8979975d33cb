package hgn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.cli.console.ExitCode;
import hgn.doctor.BackendCheck;
import hgn.doctor.Exam;
import hgn.doctor.Machine;
import hgn.doctor.SelfTest;
import hgn.doctor.SelfTestTable;
import hgn.doctor.Version;
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
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Describes the machine and checks that its backends compute correctly. */
@Command(
    name = "doctor",
    header = "Describe machine and backends, and check that they compute correctly.")
public final class Doctor implements Callable<Integer> {
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
      description = "Report file of --gpu (default: ${DEFAULT-VALUE}).")
  private Path json = Path.of("doctor-gpu.json");

  Doctor() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("hgn4j    " + Version.number());
    out.println("machine  " + Machine.hardware());
    out.println("java     " + Machine.java());
    Optional<String> trouble = Machine.pictureTrouble();
    out.println("pictures " + trouble.orElse("drawn with the jar's own font"));
    if (gpu) {
      List<BackendCheck> checks =
          ServiceLoader.load(BackendCheck.class).stream()
              .map(ServiceLoader.Provider::get)
              .collect(Collectors.toList());
      return examine(out, Exam.of(Backends.get("cuda"), Exam.Size.FULL, checks), json);
    }
    List<Backend> backends = backends(out);
    out.println();
    // checks the operations without reduced precision
    System.setProperty(Precision.PROPERTY, Precision.FP32.toString());
    boolean passed = selfTest(out, backends);
    out.println();
    out.println(
        passed
            ? (trouble.isEmpty() ? "All is well" : "All is well but the pictures")
                + "; training uses '"
                + backends.get(0).name()
                + "' by default."
            : "Some results are wrong: choose another backend with --set engine.backend=NAME.");
    return passed ? 0 : ExitCode.FAILURE;
  }

  /** Examines a backend and writes the report. */
  public static int examine(PrintWriter out, Exam exam, Path file) {
    ObjectNode report = exam.run(out);
    AtomicFile.write(file, report.toPrettyString() + "\n");
    boolean passed = report.path("passed").asBoolean();
    out.println();
    out.println(passed ? "All is well." : "Some checks FAILED, see above.");
    out.println("report   " + file);
    return passed ? 0 : ExitCode.FAILURE;
  }

  /** Prints all backends and returns the usable ones, preferred first. */
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
              backend.name() + " " + dtype,
              SelfTest.run(backend, dtype, Backends.get(SelfTest.REFERENCE)));
        }
      }
    }
    return SelfTestTable.print(out, columns);
  }
}
