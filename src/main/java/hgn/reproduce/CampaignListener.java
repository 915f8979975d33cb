package hgn.reproduce;

import hgn.files.LockHolder;
import hgn.train.Experiment;
import hgn.train.TrainingListener;

/** Observes a campaign. Called on its thread. */
public interface CampaignListener {
  /**
   * Called when a training starts or resumes.
   *
   * @param number number of the training, from 1 to {@code count}
   * @param experiment the experiment to train
   * @return listener of its steps
   */
  TrainingListener training(int number, int count, Training training, Experiment experiment);

  /** Something went wrong that no training depends on. */
  void warned(String warning);

  /** Called for a training finished in an earlier call or by another process. */
  void skipped(Training training);

  /** Called once for each training that is postponed because another process is running it. */
  void elsewhere(Training training, LockHolder holder);

  /**
   * Called when only trainings of other processes are left.
   *
   * @param left number of trainings left
   */
  void waiting(int left);

  /** Called when a training has ended. */
  void ended(Outcome outcome);
}
