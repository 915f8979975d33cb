package hgn.explore;

import hgn.autograd.Tape;
import hgn.dynamics.Dynamics;
import hgn.dynamics.HamiltonianFlow;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.model.FilmModel;
import hgn.predict.LearntPaths;
import hgn.tensor.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A motion of the learnt dynamics through its beginning: so many states before it and after it.
 *
 * @param states in the order of time; they belong to the innermost arena
 */
record Motion(List<PhaseState> states) {
  private static final int FRAMES_AT_ONCE = 64;

  /**
   * Follows a motion both ways.
   *
   * @param integrator that follows the learnt energy; empty for the model's own dynamics
   * @param dt time between states
   */
  static Motion of(
      FilmModel model, PhaseState start, String integrator, double dt, int back, int ahead) {
    Dynamics dynamics = integrator.isEmpty() ? model::rollout : flow(model, integrator);
    List<PhaseState> states = new ArrayList<>(dynamics.rollout(start, back + 1, -dt));
    Collections.reverse(states);
    states.addAll(dynamics.rollout(start, ahead + 1, dt).subList(1, ahead + 1));
    return new Motion(states);
  }

  private static Dynamics flow(FilmModel model, String integrator) {
    return new HamiltonianFlow(
        model
            .energy()
            .orElseThrow(
                () ->
                    new RequestException(
                        RequestException.BAD_REQUEST,
                        "this model's dynamics have no energy for an integrator to follow")),
        Integrators.named(integrator));
  }

  /** Returns states and energies as numbers. */
  LearntPaths paths(FilmModel model) {
    return LearntPaths.of(states, model.energy());
  }

  /** Returns the frames of all states, (states, height, width, channels). */
  float[] film(FilmModel model) {
    int frame = model.frameSize() * model.frameSize() * model.frameChannels();
    float[] film = new float[Math.multiplyExact(states.size(), frame)];
    for (int from = 0; from < states.size(); from += FRAMES_AT_ONCE) {
      int end = Math.min(states.size(), from + FRAMES_AT_ONCE);
      try (Arena chunk = Arena.open("decode");
          Tape.Mode off = Tape.pause()) {
        float[] decoded = model.decode(states.subList(from, end)).value().toFloats();
        System.arraycopy(decoded, 0, film, from * frame, decoded.length);
      }
    }
    return film;
  }
}
