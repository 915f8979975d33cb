package hgn.testing;

import hgn.files.LockHolder;
import hgn.predict.Estimate;
import hgn.reproduce.CampaignListener;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import hgn.train.Experiment;
import hgn.train.TrainingListener;
import hgn.train.TrainingStep;
import java.util.List;
import java.util.function.Consumer;

/** Reports a campaign's events as text. */
public record CampaignEvents(Consumer<String> listener) implements CampaignListener {
  @Override
  public TrainingListener training(
      int number, int count, Training training, Experiment experiment) {
    listener.accept(number + "/" + count + " " + training.name());
    return new TrainingListener() {
      @Override
      public void stepped(long done, long total, TrainingStep.Losses losses) {
        listener.accept("step " + done);
      }

      @Override
      public void evaluated(long done, Estimate test, boolean best) {
        // not needed here
      }
    };
  }

  @Override
  public void warned(String warning) {
    listener.accept(warning);
  }

  @Override
  public void skipped(Training training) {
    listener.accept("skipped " + training.name());
  }

  @Override
  public void elsewhere(Training training, LockHolder holder) {
    listener.accept(training.name() + " is held by " + holder);
  }

  @Override
  public void waiting(int left) {
    listener.accept("waiting for " + left);
  }

  @Override
  public void ended(Outcome outcome) {
    listener.accept(outcome.training().name() + (outcome.succeeded() ? " measured" : " failed"));
  }

  /** The names of the trainings that were measured according to these events. */
  public static List<String> measured(List<String> events) {
    return events.stream()
        .filter(event -> event.endsWith(" measured"))
        .map(event -> event.substring(0, event.indexOf(' ')))
        .toList();
  }
}
