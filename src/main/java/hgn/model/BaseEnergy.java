package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.dynamics.KernelForm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An energy of closed form to which the network's is added: H(q, p) = base(q, p) + H_gamma(q, p).
 *
 * <p>At the usual initial scale the gradient of the network is about 1e-4, so that the motion
 * hardly starts. With a base there is motion to begin with, which the network bends; H stays one
 * function of (q, p), and the flow is still its own.
 */
public enum BaseEnergy {
  /** Nothing: H is the network's alone. */
  NONE(0, 0),
  /** |p|^2/2: a free particle, q' = p. */
  KINETIC(1, 0),
  /**
   * (|p|^2 + |q|^2)/2: an oscillator of period 2 pi, and |p|^2/2 + 1 - cos q, a pendulum, where q
   * is an angle. Its orbits are closed, so states stay among those that the decoder has seen, also
   * backward in time and beyond the frames of training.
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
   * The base of that name.
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
   * base(q, p) + {@code learnt}, for each sample.
   *
   * @param learnt (N)
   */
  Var plus(Var learnt, Var q, Var p, Angles angles) {
    Var density = density(q, p, angles);
    return density == null ? learnt : Arithmetic.add(learnt, ConvEnergy.sumPerSample(density));
  }

  /** This energy and a network's as rollout kernels take them, where no coordinate is an angle. */
  KernelForm kernelForm(List<KernelForm.Layer> layers) {
    return new KernelForm(layers, kinetic, spring);
  }

  /** Energy density, of the shape of q, which sums to the energy of a sample; null for none. */
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
