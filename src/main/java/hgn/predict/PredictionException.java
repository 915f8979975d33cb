package hgn.predict;

/** A model predicts numbers that are not finite; the message names the network where it begins. */
public final class PredictionException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  PredictionException(String what) {
    super(what);
  }
}
