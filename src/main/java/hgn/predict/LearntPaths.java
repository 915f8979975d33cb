package hgn.predict;

import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import hgn.tensor.Arena;
import hgn.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Trajectories in a model's phase space, one per clip.
 *
 * @param states [trajectory][time][2D], q then p
 * @param energies [trajectory][time], the learnt H; empty if the model has none
 */
public record LearntPaths(double[][][] states, Optional<double[][]> energies) {
  public static LearntPaths of(List<PhaseState> motion, Optional<Hamiltonian> energy) {
    int count = motion.get(0).q().shape().dim(0);
    double[][][] states = new double[count][motion.size()][];
    double[][] energies = new double[count][motion.size()];
    for (int t = 0; t < motion.size(); t++) {
      PhaseState state = motion.get(t);
      double[][] q = rows(state.q().value(), count);
      double[][] p = rows(state.p().value(), count);
      double[] h = energy.isEmpty() ? new double[count] : energies(energy.get(), state);
      for (int n = 0; n < count; n++) {
        states[n][t] = joined(q[n], p[n]);
        energies[n][t] = h[n];
      }
    }
    return new LearntPaths(states, energy.map(learnt -> energies));
  }

  /** Concatenates trajectories of the same length and model. */
  public static LearntPaths joined(List<LearntPaths> parts) {
    double[][][] states =
        parts.stream().flatMap(part -> Arrays.stream(part.states)).toArray(double[][][]::new);
    if (parts.stream().anyMatch(part -> part.energies.isEmpty())) {
      return new LearntPaths(states, Optional.empty());
    }
    double[][] energies =
        parts.stream()
            .flatMap(part -> Arrays.stream(part.energies.orElseThrow()))
            .toArray(double[][]::new);
    return new LearntPaths(states, Optional.of(energies));
  }

  /** How many states from the first on are finite in each trajectory. */
  public int finiteStates() {
    int least = Integer.MAX_VALUE;
    for (double[][] trajectory : states) {
      int t = 0;
      while (t < trajectory.length && Arrays.stream(trajectory[t]).allMatch(Double::isFinite)) {
        t++;
      }
      least = Math.min(least, t);
    }
    return least;
  }

  private static double[] energies(Hamiltonian energy, PhaseState state) {
    try (Arena scratch = Arena.open("energies")) {
      return energy.energy(state.q(), state.p()).value().toDoubles();
    }
  }

  private static double[][] rows(Tensor tensor, int count) {
    double[] all = tensor.toDoubles();
    int size = all.length / count;
    double[][] rows = new double[count][size];
    for (int n = 0; n < count; n++) {
      System.arraycopy(all, n * size, rows[n], 0, size);
    }
    return rows;
  }

  private static double[] joined(double[] q, double[] p) {
    double[] state = new double[q.length + p.length];
    System.arraycopy(q, 0, state, 0, q.length);
    System.arraycopy(p, 0, state, q.length, p.length);
    return state;
  }
}
