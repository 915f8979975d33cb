package hgn.nn;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Fourier features of q, added to q itself as channels (Tancik et al. 2020): for k = 0 to {@code
 * count} - 1
 *
 * <pre>
 * 2^-k sin(2^k q), 2^-k cos(2^k q)
 * </pre>
 *
 * Discs of whole pixels jump from one pixel to the next, which a network of smooth layers learns
 * only slowly from q alone. The factor 2^-k gives all octaves the same slope, so that the fine ones
 * do not dominate q at first.
 *
 * @param count number of octaves; 0 for q alone
 */
public record FourierFeatures(int count) {
  public static final FourierFeatures NONE = new FourierFeatures(0);

  public FourierFeatures {
    if (count < 0) {
      throw new IllegalArgumentException("[model] " + count + " octaves; use 0 or more");
    }
  }

  /** Channels of the result of {@link #lift}. */
  public int features(int channels) {
    return channels * (1 + 2 * count);
  }

  /** q (N,h,w,C) and its octaves, (N,h,w,(1 + 2 count) C). */
  public Var lift(Var q) {
    if (count == 0) {
      return q;
    }
    List<Var> parts = new ArrayList<>(List.of(q));
    for (int k = 0; k < count; k++) {
      double frequency = 1L << k;
      Var scaled = Arithmetic.scale(q, frequency);
      parts.add(Arithmetic.scale(Functions.sin(scaled), 1 / frequency));
      parts.add(Arithmetic.scale(Functions.cos(scaled), 1 / frequency));
    }
    return Layout.concat(parts, q.shape().rank() - 1);
  }
}
