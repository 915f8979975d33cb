package hgn.reproduce;

import hgn.files.LockHolder;
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

  /** Something went wrong that no training depends on. */
  void warned(String warning);

  /** A training was made and measured in an earlier call, or by another process. */
  void skipped(Training training);

  /** Another process is making a training, which is left for later; told once of each. */
  void elsewhere(Training training, LockHolder holder);

  /**
   * All that is left is in the hands of others, and is waited for.
   *
   * @param left how many trainings
   */
  void waiting(int left);

  /** A training has ended. */
  void ended(Outcome outcome);
}
