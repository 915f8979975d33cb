package hgn.reproduce;

import hgn.frames.Renderer;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.report.Document;
import hgn.report.Film;
import hgn.train.Evaluator;
import hgn.train.Score;
import hgn.train.Window;
import java.util.ArrayList;
import java.util.List;

/** Figure 3: what the systems look like, drawn by both renderers. */
final class Figure3 implements Section {
  private static final int RESOLUTION = 32;
  private static final int FRAMES = 30;
  private static final double DT = 0.125;

  /** Frames that an encoder sees before the first that counts. */
  private static final int INPUT = 5;

  private static final int ROLLOUTS = 64;

  @Override
  public String name() {
    return "figure3";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    return List.of();
  }

  @Override
  public void write(Document document, Plan plan, Results results, Pictures pictures) {
    document.section("Figure 3: the systems");
    for (String renderer : List.of("published", "smooth")) {
      List<Film> films = new ArrayList<>();
      for (PhysicalSystem system : Systems.all()) {
        RolloutGenerator rollouts =
            new RolloutGenerator(
                system, Renderers.byName(renderer, RESOLUTION), FRAMES, DT, 0, Split.TRAIN);
        films.add(new Film(system.name(), RESOLUTION, rollouts.generate(0).frames()));
      }
      document.picture(
          pictures.strip("figure3-" + renderer, 0, DT, films),
          "A rollout of each system, drawn by the renderer '" + renderer + "'.");
    }
    document.paragraph(
        "What errors mean, for the published renderer: no prediction comes below the noise with"
            + " which states are drawn, and a film that does not move scores its own mean frame at"
            + " best. Mean squared errors times 10^4 over "
            + ROLLOUTS
            + " test rollouts.");
    document.table(
        List.of("system", "noise alone", "mean frame", "first frame held"),
        Systems.all().stream().map(Figure3::errors).toList());
  }

  private static List<String> errors(PhysicalSystem system) {
    Window window = new Window(INPUT, INPUT - 1, FRAMES);
    Renderer renderer = Renderers.byName("published", RESOLUTION);
    RolloutGenerator rollouts =
        new RolloutGenerator(system, renderer, window.rolloutFrames(), DT, 0, Split.TEST);
    Evaluator test = new Evaluator(rollouts, window, ROLLOUTS);
    return List.of(
        system.name(),
        number(test.noise(ROLLOUTS)),
        number(test.staticImage(ROLLOUTS)),
        number(test.heldFrame(ROLLOUTS)));
  }

  private static String number(Score score) {
    return Cells.decimals(1e4 * score.mean());
  }
}
