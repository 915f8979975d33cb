package hgn.compare;

import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.images.Drawing;
import hgn.report.AnimatedGif;
import hgn.report.Comparison;
import hgn.report.Film;
import hgn.report.Filmstrip;
import hgn.train.LoadedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Test clips as they were, and as each run's model gives them back. Runs whose clips are not those
 * of the first one are left out, with the reason.
 */
final class ClipFilms {
  private static final int COLUMNS = 10;
  private static final int STRIP_SCALE = 3;
  private static final int SCALE = 5;

  private final Function<ComparedRun, LoadedRun> loader;
  private final int clips;
  private final List<List<Film>> films = new ArrayList<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private Comparison shape;

  /**
   * Films of the first {@code clips} test rollouts.
   *
   * @param loader loads a run's model
   */
  ClipFilms(Function<ComparedRun, LoadedRun> loader, int clips) {
    this.loader = loader;
    this.clips = clips;
    for (int i = 0; i < clips; i++) {
      films.add(new ArrayList<>());
    }
  }

  /** Films the clips with every model that sees them. */
  void film(List<ComparedRun> runs) {
    for (ComparedRun run : runs) {
      String obstacle = SameFilms.obstacle(runs.get(0), run);
      if (obstacle.isEmpty()) {
        try (LoadedRun model = loader.apply(run)) {
          add(run, model);
        }
      } else {
        leftOut.put(run.label(), obstacle);
      }
    }
  }

  private void add(ComparedRun run, LoadedRun model) {
    Rollouts rollouts = model.experiment().films(Split.TEST);
    int shown = Math.min(clips, model.experiment().config().data().testRollouts());
    for (int clip = 0; clip < shown; clip++) {
      Comparison made = Comparison.ofClip(model.experiment(), rollouts, clip);
      List<Film> row = films.get(clip);
      Film truth = made.truth().orElseThrow();
      if (row.isEmpty()) {
        row.add(truth);
        shape = made;
      } else if (!Arrays.equals(row.get(0).frames(), truth.frames())) {
        leftOut.put(run.label(), "its test clips are not those of the first run");
        return;
      }
      Film prediction = made.prediction();
      row.add(new Film(run.mark(), prediction.resolution(), prediction.frames()));
    }
  }

  /** Whether there is nothing beside the first run's own films. */
  boolean isAlone() {
    return films.get(0).size() < 3;
  }

  /** Runs that are not shown, and why. */
  Map<String, String> leftOut() {
    return leftOut;
  }

  /**
   * Writes a clip's frames below one another; empty if there is no such clip, or it cannot be
   * drawn.
   */
  Optional<Path> writeStrip(int clip, Path folder) {
    if (films.get(clip).isEmpty()) {
      return Optional.empty();
    }
    Path file = folder.resolve("clip-" + clip + ".png");
    Filmstrip strip =
        new Filmstrip(shape.start(), shape.step(), COLUMNS, shape.scaled(STRIP_SCALE));
    return Drawing.attempt(() -> strip.write(file, films.get(clip)))
        ? Optional.of(file)
        : Optional.empty();
  }

  /** Writes a clip's films side by side; empty if there is no such clip, or it cannot be drawn. */
  Optional<Path> writeFilm(int clip, Path folder) {
    if (films.get(clip).isEmpty()) {
      return Optional.empty();
    }
    Path file = folder.resolve("clip-" + clip + ".gif");
    AnimatedGif film =
        new AnimatedGif(shape.start(), shape.step(), shape.scaled(SCALE), shape.step());
    return Drawing.attempt(() -> film.write(file, films.get(clip)))
        ? Optional.of(file)
        : Optional.empty();
  }
}
