package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.dynamics.KernelForm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A closed-form energy to which the network's is added: H(q, p) = base(q, p) + H_gamma(q, p).
 *
 * <p>At the usual initial scale the gradient of the network is about 1e-4, so that there is hardly
 * any motion at first. With a base energy there is motion from the start, which the network
 * modifies. H remains a single function of (q, p), and its flow remains Hamiltonian.
 */
public enum BaseEnergy {
  /** None: H is the network alone. */
  NONE(0, 0),
  /** |p|^2/2: a free particle, q' = p. */
  KINETIC(1, 0),
  /**
   * (|p|^2 + |q|^2)/2: an oscillator of period 2 pi; for angles |p|^2/2 + 1 - cos q, a pendulum.
   * Its orbits are closed, so states stay in the region that the decoder was trained on, also
   * backward in time and beyond the training horizon.
   */
  OSCILLATOR(1, 1);

  private final double kinetic;
  private final double spring;

  BaseEnergy(double kinetic, double spring) {
    this.kinetic = kinetic;
    this.spring = spring;
  }

  /** Names in configurations. */
  public static List<String> names() {
    return Arrays.stream(values()).map(BaseEnergy::toString).toList();
  }

  /**
   * Returns the base energy of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BaseEnergy named(String name) {
    return Arrays.stream(values())
        .filter(base -> base.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no base energy is called '" + name + "'; there are " + names()));
  }

  /**
   * Returns base(q, p) + {@code learnt} for each sample.
   *
   * @param learnt (N)
   */
  Var plus(Var learnt, Var q, Var p, Angles angles) {
    Var density = density(q, p, angles);
    return density == null ? learnt : Arithmetic.add(learnt, ConvEnergy.sumPerSample(density));
  }

  /**
   * Returns this energy plus a network's in the form that rollout kernels take; no coordinate may
   * be an angle.
   */
  KernelForm kernelForm(List<KernelForm.Layer> layers) {
    return new KernelForm(layers, kinetic, spring);
  }

  /** The energy density, of the shape of q, whose sum is the energy of a sample; null for none. */
  private Var density(Var q, Var p, Angles angles) {
    return switch (this) {
      case NONE -> null;
      case KINETIC -> Arithmetic.scale(Functions.square(p), 0.5);
      case OSCILLATOR ->
          Arithmetic.scale(Arithmetic.add(Functions.square(p), angles.squaredDistance(q)), 0.5);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
