package hgn.autograd;

/** One input of a recorded operation and the {@link Pullback} to it. */
public record Edge(Var input, Pullback pullback) {
  /** Reads as "with respect to x". */
  public static Edge wrt(Var x, Pullback pullback) {
    return new Edge(x, pullback);
  }
}
