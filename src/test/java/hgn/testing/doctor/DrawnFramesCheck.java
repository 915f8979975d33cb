package hgn.testing.doctor;

import hgn.data.Window;
import hgn.doctor.BackendCheck;
import hgn.frames.Renderer;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.tensor.Backend;
import hgn.testing.models.DrawnBatches;
import java.util.ArrayList;
import java.util.List;

/** The frames that a backend draws, compared with the host's, for {@code doctor}. */
public final class DrawnFramesCheck implements BackendCheck {
  private static final Window WINDOW = Window.fromLast(5, 30);

  @Override
  public String name() {
    return "drawn frames";
  }

  @Override
  public Outcome run(Backend backend) {
    if (backend.discPainter().isEmpty()) {
      return new Outcome(0, List.of());
    }
    int checks = 0;
    List<String> failures = new ArrayList<>();
    for (PhysicalSystem system : Systems.all()) {
      for (String name : Renderers.NAMES) {
        Renderer renderer = Renderers.byName(name, 32);
        var rollouts = new RolloutGenerator(system, renderer, 1, 0.125, 5, Split.TRAIN);
        checks++;
        try {
          DrawnBatches.assertAsOnTheHost(backend, rollouts, WINDOW, 0, 1, 15, 29);
        } catch (AssertionError | RuntimeException failure) {
          failures.add(system.name() + ", " + name + ": " + failure.getMessage());
        }
      }
    }
    return new Outcome(checks, failures);
  }
}
