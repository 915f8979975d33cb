package hgn.cli.nhf;

import hgn.train.nhf.NhfScore;
import java.util.Locale;

/** Formats the score of a flow. */
final class NhfFormat {
  private NhfFormat() {}

  /** The score in one line. */
  static String line(NhfScore score) {
    return String.format(
        Locale.ROOT,
        "held-out NLL %.3f (%d points, %d draws), %.3f +- %.3f above the density's own; -ELBO %.3f",
        score.nll(),
        score.points(),
        score.draws(),
        score.excess(),
        score.interval(),
        -score.elbo());
  }
}
