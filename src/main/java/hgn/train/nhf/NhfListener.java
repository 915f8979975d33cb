package hgn.train.nhf;

/** Observes the training of a flow. Called on the training thread between steps. */
public interface NhfListener {
  /**
   * Called after a step.
   *
   * @param done steps completed, of {@code total}
   * @param loss -ELBO of the batch, in nats
   */
  void stepped(long done, long total, double loss);

  /** Called after an evaluation on held-out points. */
  void evaluated(long done, NhfScore score);
}
