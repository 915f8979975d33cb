package hgn.reproduce;

import hgn.train.Experiment;
import hgn.train.TrainingListener;

/** Follows a campaign; called on its thread. */
public interface CampaignListener {
  /**
   * A training begins or goes on.
   *
   * @param number from 1 to {@code count}
   * @param experiment that is trained
   * @return follows its steps
   */
  TrainingListener training(int number, int count, Training training, Experiment experiment);

  /** A training was made and measured in an earlier call. */
  void skipped(Training training);

  /** A training has ended. */
  void ended(Outcome outcome);
}
