package hgn.benchmarks;

import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks by JMH and sets their times beside the ceilings measured in the same forks. */
final class Suite {
  private final String backend;
  private final boolean brief;

  /**
   * A suite on one backend.
   *
   * @param brief whether fewer and shorter iterations do
   */
  Suite(String backend, boolean brief) {
    this.backend = backend;
    this.brief = brief;
  }

  /**
   * Runs the benchmarks whose class's name has a part that matches one of the patterns, with all
   * values of their parameters.
   *
   * @return readings by name: the class and the values of its parameters
   */
  Map<String, Reading> matching(List<String> patterns) {
    Path ceilings = temporary();
    try {
      ChainedOptionsBuilder options = new OptionsBuilder();
      patterns.forEach(pattern -> options.include("hgn\\.benchmarks\\.\\w*" + pattern));
      options.param("backend", backend);
      options.param("integrator", names(Integrators.all(), Integrator::name));
      options.param("system", names(Systems.all(), PhysicalSystem::name));
      options.shouldFailOnError(true).verbosity(VerboseMode.NORMAL).output(log().toString());
      List<String> properties = new ArrayList<>();
      properties.add("-D" + CeilingLog.FILE + "=" + ceilings);
      for (String key : List.of("hgn.threads", "hgn.isa", "hgn.cuda.path")) {
        if (System.getProperty(key) != null) {
          properties.add("-D" + key + "=" + System.getProperty(key));
        }
      }
      properties.add("-Xmx3g");
      options.jvmArgsAppend(properties.toArray(String[]::new));
      if (brief) {
        options.warmupIterations(3).warmupTime(TimeValue.milliseconds(500));
        options.measurementIterations(5).measurementTime(TimeValue.milliseconds(400));
      }
      return readings(new Runner(options.build()).run(), CeilingLog.read(ceilings));
    } catch (RunnerException failed) {
      throw new IllegalStateException(
          "[benchmarks] " + failed.getMessage() + "; the log is " + log(), failed);
    } finally {
      ceilings.toFile().delete();
    }
  }

  /** What JMH says itself. */
  static Path log() {
    return Path.of(System.getProperty("java.io.tmpdir"), "hgn-benchmarks.log");
  }

  private static <T> String[] names(Collection<T> all, Function<T, String> name) {
    return all.stream().map(name).toArray(String[]::new);
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("hgn-ceilings", ".jsonl");
    } catch (IOException error) {
      throw new UncheckedIOException("[benchmarks] no temporary file can be made", error);
    }
  }

  private static Map<String, Reading> readings(
      Collection<RunResult> results, Map<String, CeilingLog.Entry> told) {
    Map<String, Reading> readings = new LinkedHashMap<>();
    for (RunResult result : results) {
      CeilingLog.Entry entry = told.get(result.getParams().id());
      double least =
          result.getBenchmarkResults().stream()
              .flatMap(fork -> fork.getIterationResults().stream())
              .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
              .min()
              .orElseThrow();
      TimeUnit unit = result.getParams().getTimeUnit();
      double seconds = least / TimeUnit.SECONDS.toNanos(1) * unit.toNanos(1);
      readings.put(name(result), new Reading(seconds, entry.amount(), entry.unit(), entry.most()));
    }
    return readings;
  }

  /** Such as {@code Convolution 96x32 64-64 k3, forward}. */
  private static String name(RunResult result) {
    String path = result.getParams().getBenchmark();
    String type = path.substring(0, path.lastIndexOf('.'));
    String name = type.substring(type.lastIndexOf('.') + 1).replaceAll("Benchmark$", "");
    String values =
        result.getParams().getParamsKeys().stream()
            .filter(key -> !key.equals("backend"))
            .map(key -> result.getParams().getParam(key))
            .collect(Collectors.joining(", "));
    return values.isEmpty() ? name : name + " " + values;
  }
}
