package hgn.reproduce.sections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.files.AtomicFile;
import hgn.files.StorageException;
import hgn.floor.Clip;
import hgn.floor.ErrorBounds;
import hgn.floor.FloorEstimate;
import hgn.floor.FloorMeasurement;
import hgn.floor.FloorReport;
import hgn.floor.FloorSettings;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.Systems;
import hgn.reproduce.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Error bounds on a report's data: bounds for all models, and the errors of the best predictors
 * given the encoder's input. Computed on demand and cached in a file.
 */
public final class ErrorBoundsTable {
  /** Measured frames per film. */
  static final int FRAMES = 30;

  /** Frames seen by the variant of the original authors. */
  static final int FEW = 5;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RESOLUTION = 32;
  private static final double DT = 0.125;
  private static final int PARTICLES = 400;

  /** Films for measuring noise and constant image, which is cheap. */
  private static final int MANY = 1200;

  /** Films for measuring the best predictors. */
  private static final int FILMS = 200;

  private static final int FILMS_QUICK = 48;

  private final Path file;
  private final int films;
  private final Listener listener;
  private ObjectNode known;

  /** Receives progress. */
  @FunctionalInterface
  public interface Listener {
    /** Called when a computation starts. */
    void begins(String what);
  }

  /**
   * An error with its 95 % interval.
   *
   * @param mean mean squared error per pixel
   * @param interval half width of the interval
   */
  record Error(double mean, double interval) {
    /** The mean times 10^4. */
    String text() {
      return Cells.decimals(1e4 * mean);
    }

    /** Mean and interval, times 10^4. */
    String precise() {
      return Cells.decimals(1e4 * mean) + " ± " + Cells.decimals(1e4 * interval);
    }
  }

  /** Bounds for a report of this budget, cached in {@code folder}. */
  public ErrorBoundsTable(Path folder, Budget budget, Listener listener) {
    this.file = folder.resolve("floors.json");
    this.films = budget == Budget.QUICK ? FILMS_QUICK : FILMS;
    this.listener = listener;
  }

  /** The error due to noise alone, with a renderer. */
  Error noise(String system, String renderer) {
    return bound(system, renderer, "noise");
  }

  /** The error of the best constant image, with a renderer. */
  Error constant(String system, String renderer) {
    return bound(system, renderer, "constant");
  }

  /** Position of an error between noise (0) and best constant image (1) on table1 data. */
  String excess(String system, double error) {
    double noise = noise(system, "table1").mean();
    return Cells.decimals((error - noise) / (constant(system, "table1").mean() - noise));
  }

  private Error bound(String system, String renderer, String which) {
    String key = system + " " + renderer;
    if (!known().has(key)) {
      listener.begins("bounds of " + system + ", " + renderer + " frames");
      ErrorBounds bounds = ErrorBounds.of(settings(system, renderer, Clip.all(FRAMES), MANY));
      ObjectNode entry = known().putObject(key);
      put(entry, "noise", bounds.noise());
      put(entry, "constant", bounds.constant());
      write();
    }
    return read(known().path(key).path(which));
  }

  /** The best single motion given all frames, or the first few. */
  Error single(String system, boolean few) {
    return possible(system, few, "single");
  }

  /** The posterior mean film given all frames, or the first few. */
  Error bayes(String system, boolean few) {
    return possible(system, few, "bayes");
  }

  private Error possible(String system, boolean few, String which) {
    String key = system + (few ? " from " + FEW : " from all") + " on " + films;
    if (!known().has(key)) {
      listener.begins("best predictor of " + system + (few ? " from " + FEW + " frames" : ""));
      Clip clip = few ? Clip.fromLast(FEW, FRAMES) : Clip.all(FRAMES);
      FloorReport report =
          new FloorMeasurement(settings(system, "table1", clip, films))
              .measure(Runtime.getRuntime().availableProcessors(), done -> {});
      ObjectNode entry = known().putObject(key);
      put(entry, "single", report.single());
      put(entry, "bayes", report.bayes());
      write();
    }
    return read(known().path(key).path(which));
  }

  private static FloorSettings settings(String system, String renderer, Clip clip, int count) {
    RolloutGenerator rollouts =
        new RolloutGenerator(
            Systems.byName(system),
            Renderers.byName(renderer, RESOLUTION),
            FRAMES,
            DT,
            0,
            Split.TEST);
    return new FloorSettings(rollouts, clip, rollouts.noise(), count, PARTICLES, 0);
  }

  private static void put(ObjectNode entry, String name, FloorEstimate estimate) {
    entry.putArray(name).add(estimate.mean()).add(estimate.interval());
  }

  private static Error read(JsonNode pair) {
    return new Error(pair.path(0).asDouble(Double.NaN), pair.path(1).asDouble(Double.NaN));
  }

  private ObjectNode known() {
    if (known == null) {
      known = stored();
    }
    return known;
  }

  private ObjectNode stored() {
    try {
      if (Files.exists(file) && JSON.readTree(Files.readString(file)) instanceof ObjectNode tree) {
        return tree;
      }
    } catch (JsonProcessingException damaged) {
      // recomputed
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
    return JSON.createObjectNode();
  }

  private void write() {
    AtomicFile.write(file, known.toPrettyString() + "\n");
  }
}
