package hgn.cli;

import hgn.cli.console.ExitCode;
import hgn.doctor.BackendCheck;
import hgn.doctor.Exam;
import hgn.doctor.Machine;
import hgn.doctor.Peers;
import hgn.doctor.ReportFile;
import hgn.doctor.SelfTest;
import hgn.doctor.SelfTestTable;
import hgn.doctor.Stage;
import hgn.doctor.StagedExam;
import hgn.doctor.Version;
import hgn.tensor.Backend;
import hgn.tensor.BackendProvider;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Precision;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Describes the machine and checks that its backends compute correctly. */
@Command(
    name = "doctor",
    header = "Describe machine and backends, and check that they compute correctly.")
public final class Doctor implements Callable<Integer> {
  /** Where the program is unpacked; its start script sets it. */
  private static final String HOME = "hgn.home";

  /** Share of the time given that processes may use. */
  private static final double TIME_USED = 0.98;

  @Spec private CommandSpec spec;

  @Option(
      names = "--gpu",
      description = {
        "Examine the GPU: results, precision, determinism, times.",
        "Writes a report as JSON, and adds to it as soon as something is known."
      })
  private boolean gpu;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = {
        "Time that --gpu may take (default: ${DEFAULT-VALUE}).",
        "What fails or hangs is ended after its share of it, and named."
      })
  private double minutes = 8;

  @Option(
      names = "--peers",
      paramLabel = "FOLDER",
      description = {
        "hgn_torch.py and hgn_jax.py, to be timed after --gpu",
        "(default: peers beside the program, if there)."
      })
  private Path peers;

  @Option(names = "--stage", hidden = true, description = "Run this stage of --gpu only.")
  private String stage;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Report file of --gpu (default: ${DEFAULT-VALUE}).")
  private Path json = Path.of("doctor-gpu.json");

  Doctor() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (stage != null) {
      return runStage(out);
    }
    out.println("hgn4j    " + Version.number());
    out.println("machine  " + Machine.hardware());
    out.println("java     " + Machine.java());
    Optional<String> trouble = Machine.pictureTrouble();
    out.println("pictures " + trouble.orElse("drawn with the jar's own font"));
    if (gpu) {
      return examineGpu(out);
    }
    List<Backend> backends = backends(out);
    out.println();
    boolean passed;
    try (Precision.Entered entered = Precision.FP32.enter()) {
      passed = selfTest(out, backends);
    }
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

  private static List<BackendCheck> checks() {
    return ServiceLoader.load(BackendCheck.class).stream()
        .map(ServiceLoader.Provider::get)
        .collect(Collectors.toList());
  }

  private int examineGpu(PrintWriter out) {
    if (!(minutes > 0)) {
      throw new ParameterException(
          spec.commandLine(), "--minutes=" + minutes + " is not positive; give it some minutes");
    }
    List<BackendCheck> checks = checks();
    if (checks.isEmpty()) {
      out.println("contract tests and golden vectors: not on the class path, skipped");
    }
    // less what has passed, and what it takes to end the last process
    double left = TIME_USED * minutes * 60_000 - ManagementFactory.getRuntimeMXBean().getUptime();
    Duration time = Duration.ofMillis(Math.max(0, Math.round(left)));
    boolean passed =
        new StagedExam(json, time, this::command, peers())
            .run(out, Stage.all(Exam.Size.FULL, checks));
    return conclude(out, passed, json);
  }

  /** The command line that runs a stage of the examination in another process. */
  private List<String> command(Stage stage) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-agentlib:")) // a debugger's port is taken
        .forEach(line::add);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of("doctor", "--gpu", "--stage", stage.name(), "--json", json.toString()));
    return line;
  }

  private Optional<Peers> peers() {
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    if (peers != null) {
      return Optional.of(Peers.of(peers, python));
    }
    String home = System.getProperty(HOME, "");
    return home.isEmpty()
        ? Optional.empty()
        : Stream.of(Path.of(home, "peers"), Path.of(home).resolveSibling("peers"))
            .filter(Peers::in)
            .findFirst()
            .map(folder -> Peers.of(folder, python));
  }

  private int runStage(PrintWriter out) {
    Stage wanted =
        Stage.all(Exam.Size.FULL, checks()).stream()
            .filter(one -> one.name().equals(stage))
            .findFirst()
            .orElseThrow(
                () -> new ParameterException(spec.commandLine(), "no stage '" + stage + "'"));
    Exam exam = Exam.of(Backends.get("cuda"), wanted);
    return exam.run(out, ReportFile.open(json)) ? 0 : ExitCode.FAILURE;
  }

  /** Examines a backend in this process and writes the report. */
  public static int examine(PrintWriter out, Exam exam, Path file) {
    ReportFile report = ReportFile.create(file);
    return conclude(out, report.passed(exam.run(out, report)), file);
  }

  private static int conclude(PrintWriter out, boolean passed, Path file) {
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
      provider.details().forEach(line -> out.println("         " + line));
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
