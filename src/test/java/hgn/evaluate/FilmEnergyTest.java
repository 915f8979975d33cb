package hgn.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.frames.Renderer;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilmEnergyTest {
  private static final int SIZE = 32;
  private static final double DT = 0.125;

  /** The frames of a motion without noise. */
  private static float[] film(PhysicalSystem system, Renderer renderer, PhasePath path) {
    float[] film = new float[path.frames() * renderer.frameLength()];
    double[] q = new double[1];
    for (int t = 0; t < path.frames(); t++) {
      path.readQ(t, q);
      renderer.draw(system, q, film, t * renderer.frameLength());
    }
    return film;
  }

  @ParameterizedTest
  @CsvSource({
    "mass-spring,smooth,0.05", "pendulum,smooth,0.05",
    "mass-spring,published,0.15", "pendulum,published,0.15"
  })
  void readsTheEnergyOffTheFrames(String name, String drawnBy, double tolerance) {
    PhysicalSystem system = Systems.byName(name);
    Renderer renderer = Renderers.byName(drawnBy, SIZE);
    FilmEnergy energy = new FilmEnergy(system, renderer);
    RolloutGenerator rollouts = new RolloutGenerator(system, renderer, 60, DT, 3, Split.TEST);
    double read = 0;
    double truth = 0;
    for (int n = 0; n < 8; n++) {
      PhasePath path = rollouts.path(n);
      double[] energies = energy.of(film(system, renderer, path), DT);
      assertEquals(56, energies.length);
      read += Arrays.stream(energies).average().orElseThrow();
      truth += system.hamiltonian(0, path.state(0));
    }
    assertEquals(1, read / truth, tolerance);
  }

  @Test
  void seesEnergyGetLost() {
    PhysicalSystem system = Systems.byName("damped-spring");
    Renderer renderer = Renderers.byName("smooth", SIZE);
    RolloutGenerator rollouts = new RolloutGenerator(system, renderer, 60, DT, 3, Split.TEST);
    double[] energies =
        new FilmEnergy(Systems.byName("mass-spring"), renderer)
            .of(film(system, renderer, rollouts.path(0)), DT);
    // energy falls as exp(-0.3 t) or faster, here over 54 frames of 0.125 s
    assertTrue(energies[54] < 0.25 * energies[0], energies[0] + " to " + energies[54]);
  }

  @Test
  void refusesWhatItCannotRead() {
    Renderer renderer = Renderers.byName("smooth", SIZE);
    IllegalArgumentException bodies =
        assertThrows(
            IllegalArgumentException.class,
            () -> new FilmEnergy(Systems.byName("two-body"), renderer));
    assertTrue(bodies.getMessage().contains("two-body has 2 bodies"), bodies.getMessage());
    FilmEnergy energy = new FilmEnergy(Systems.byName("pendulum"), renderer);
    IllegalArgumentException frames =
        assertThrows(
            IllegalArgumentException.class,
            () -> energy.of(new float[4 * renderer.frameLength()], DT));
    assertTrue(frames.getMessage().contains("4 frames"), frames.getMessage());
  }
}
