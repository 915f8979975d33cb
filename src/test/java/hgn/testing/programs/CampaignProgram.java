package hgn.testing.programs;

import hgn.reproduce.Campaign;
import hgn.reproduce.Training;
import hgn.testing.CampaignEvents;
import hgn.testing.models.TinyTrainings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A campaign of tiny trainings in a separate process, which prints its events. */
public final class CampaignProgram implements AutoCloseable {
  private final Process process;
  private final Path printed;

  private CampaignProgram(Process process, Path printed) {
    this.process = process;
    this.printed = printed;
  }

  /**
   * Starts the process.
   *
   * @param printed file for its events
   * @param steps of each training
   * @param pause milliseconds between steps
   */
  public static CampaignProgram start(
      Path runs, Path printed, int steps, int pause, List<String> trainings) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    line.add(CampaignProgram.class.getName());
    line.addAll(List.of(runs.toString(), Integer.toString(steps), Integer.toString(pause)));
    line.addAll(trainings);
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    return new CampaignProgram(process, printed);
  }

  /** The events printed so far. */
  public List<String> events() throws IOException {
    return Files.readAllLines(printed);
  }

  public long pid() {
    return process.pid();
  }

  /** Waits until the process has printed {@code event}. */
  public void awaitEvent(String event) throws IOException, InterruptedException {
    while (!events().contains(event)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("it ended without '" + event + "': " + events());
      }
      Thread.sleep(20);
    }
  }

  /** Waits until the process ends by itself; returns its exit code. */
  public int awaitEnd() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end");
    }
    return process.exitValue();
  }

  /** Kills the process as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Runs, steps, pause, and the names of the trainings. */
  public static void main(String[] args) {
    int pause = Integer.parseInt(args[2]);
    CampaignEvents events =
        new CampaignEvents(
            event -> {
              System.out.println(event);
              if (event.startsWith("step ")) {
                sleep(pause);
              }
            });
    List<Training> trainings =
        List.of(args).subList(3, args.length).stream()
            .map(name -> TinyTrainings.of(name, "train.steps=" + args[1]))
            .toList();
    new Campaign(Path.of(args[0]), TinyTrainings::measure, events).run(trainings);
  }

  private static void sleep(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
