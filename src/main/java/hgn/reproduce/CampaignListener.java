package hgn.reproduce;

import hgn.train.TrainingListener;
import hgn.train.config.Config;

/** Follows a campaign; called on its thread. */
public interface CampaignListener {
  /**
   * A training begins or goes on.
   *
   * @param number from 1 to {@code count}
   * @param config under which
   * @return follows its steps
   */
  TrainingListener training(int number, int count, Training training, Config config);

  /** A training was made and measured in an earlier call. */
  void skipped(Training training);

  /** A training has ended. */
  void ended(Outcome outcome);
}
