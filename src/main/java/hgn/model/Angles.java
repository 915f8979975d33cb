package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.dynamics.PhaseState;
import java.util.List;
import java.util.Optional;

/**
 * Coordinates of q that are angles: the first {@code count} channels. Networks see them as cosine
 * and sine, so that energy and frames are periodic in them, and the phase space is that of rotating
 * bodies (as in Zhong and Leonard 2020).
 *
 * @param count how many channels of q are angles; 0 for none
 */
public record Angles(int count) {
  /** No coordinate is an angle. */
  public static final Angles NONE = new Angles(0);

  /** Refuses a negative number. */
  public Angles {
    if (count < 0) {
      throw new IllegalArgumentException("[model] " + count + " angles; use 0 or more");
    }
  }

  /** Number of channels in which networks see a q with {@code channels} channels. */
  int features(int channels) {
    return channels + count;
  }

  /**
   * Why an energy of such coordinates is not a stack of convolutions of q and p; empty if it is.
   */
  Optional<String> whyNoKernelForm() {
    return count == 0
        ? Optional.empty()
        : Optional.of("the energy sees " + count + " of its coordinates as cosine and sine");
  }

  /** Returns q (N,h,w,C) as networks see it: cos and sin of the angles, and the other channels. */
  Var features(Var q) {
    if (count == 0) {
      return q;
    }
    int axis = q.shape().rank() - 1;
    int rest = q.shape().dim(axis) - count;
    Var angles = Layout.slice(q, axis, 0, count);
    Var turned = Layout.concat(List.of(Functions.cos(angles), Functions.sin(angles)), axis);
    return rest == 0
        ? turned
        : Layout.concat(List.of(turned, Layout.slice(q, axis, count, rest)), axis);
  }

  /**
   * Squared distance of q from 0, of the shape of q: q^2, and for angles the squared distance on
   * the unit circle, 2 - 2 cos q.
   */
  Var squaredDistance(Var q) {
    if (count == 0) {
      return Functions.square(q);
    }
    int axis = q.shape().rank() - 1;
    int rest = q.shape().dim(axis) - count;
    Var turned = Arithmetic.affine(Functions.cos(Layout.slice(q, axis, 0, count)), -2, 2);
    return rest == 0
        ? turned
        : Layout.concat(
            List.of(turned, Functions.square(Layout.slice(q, axis, count, rest))), axis);
  }

  /**
   * Returns the state for a vector of numbers: x and y of a point for each angle, the other
   * coordinates, and the momenta.
   */
  PhaseState state(Var numbers) {
    if (count == 0) {
      return PhaseState.split(numbers);
    }
    int axis = numbers.shape().rank() - 1;
    int channels = (numbers.shape().dim(axis) - count) / 2;
    int rest = channels - count;
    Var x = Layout.slice(numbers, axis, 0, count);
    Var y = Layout.slice(numbers, axis, count, count);
    Var angles = Arithmetic.atan2(y, x);
    Var q =
        rest == 0
            ? angles
            : Layout.concat(List.of(angles, Layout.slice(numbers, axis, 2 * count, rest)), axis);
    return new PhaseState(q, Layout.slice(numbers, axis, count + channels, channels));
  }
}
