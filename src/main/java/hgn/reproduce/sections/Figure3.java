package hgn.reproduce.sections;

import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.report.Document;
import hgn.report.Film;
import hgn.reproduce.Training;
import java.util.ArrayList;
import java.util.List;

/** Figure 3: what the systems look like, drawn by each renderer. */
final class Figure3 implements Section {
  private static final int RESOLUTION = 32;
  private static final int FRAMES = 30;
  private static final double DT = 0.125;

  @Override
  public String name() {
    return "figure3";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    return List.of();
  }

  @Override
  public void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors) {
    document.section("Figure 3: the systems");
    for (String renderer : Renderers.NAMES) {
      List<Film> films = new ArrayList<>();
      for (PhysicalSystem system : Systems.all()) {
        RolloutGenerator rollouts =
            new RolloutGenerator(
                system, Renderers.byName(renderer, RESOLUTION), FRAMES, DT, 0, Split.TRAIN);
        films.add(new Film(system.name(), RESOLUTION, rollouts.generate(0).frames()));
      }
      String caption = "A rollout of each system, drawn by the renderer '" + renderer + "'.";
      pictures
          .strip("figure3-" + renderer, 0, DT, films)
          .ifPresent(file -> document.picture(file, caption));
    }
  }
}
