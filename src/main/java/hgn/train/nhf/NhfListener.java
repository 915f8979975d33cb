package hgn.train.nhf;

/** Follows the training of a flow; called on the training thread, between steps. */
public interface NhfListener {
  /**
   * A step is done.
   *
   * @param done steps made so far, of {@code total}
   * @param loss -ELBO of its batch, in nats
   */
  void stepped(long done, long total, double loss);

  /** The flow was measured on held-out points. */
  void evaluated(long done, NhfScore score);
}
