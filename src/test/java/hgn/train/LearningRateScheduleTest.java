package hgn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.loss.ScheduledBeta;
import hgn.testing.Throws;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
  @Test
  void aConstantRateStaysAfterItsWarmUp() {
    LearningRateSchedule schedule = new LearningRateSchedule(2, 4, 0, 1);
    double[] expected = {0.5, 1, 1.5, 2, 2, 2};
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], schedule.at(k), 1e-15);
    }
    assertEquals(2, schedule.at(1_000_000));
    assertEquals(3, LearningRateSchedule.constant(3).at(0));
  }

  @Test
  void aCosineFallsFromTheRateToItsShare() {
    LearningRateSchedule schedule = new LearningRateSchedule(2, 10, 110, 0.1);
    assertEquals(0.2, schedule.at(0), 1e-15);
    assertEquals(2, schedule.at(10), 1e-15);
    assertEquals(2 * (0.1 + 0.9 / 2), schedule.at(60), 1e-14, "half way");
    assertEquals(0.2, schedule.at(110), 1e-15);
    assertEquals(0.2, schedule.at(500), 1e-15, "and stays there");
    for (int k = 10; k < 110; k++) {
      assertTrue(schedule.at(k + 1) < schedule.at(k));
    }
  }

  @Test
  void theWeightOfTheDivergenceGrowsByEqualFactors() {
    ScheduledBeta.Weight weight = new ScheduledBeta.Weight(0.01, 1, 100);
    assertEquals(0.01, weight.at(0), 1e-17);
    assertEquals(0.1, weight.at(50), 1e-15);
    assertEquals(1, weight.at(100), 1e-15);
    assertEquals(1, weight.at(200), 1e-15);
    assertEquals(0.3, ScheduledBeta.Weight.constant(0.3).at(7));
  }

  @Test
  void configurationsChooseOne() {
    Config config =
        ConfigLoader.load(
            null, List.of("train.steps=200", "train.learning-rate=0.5", "train.schedule=cosine"));
    double share = config.train().finalShare();
    assertEquals(0.5 * share, LearningRateSchedule.of(config).at(200), 1e-15);
    Config still =
        ConfigLoader.load(null, List.of("train.learning-rate=0.5", "train.schedule=constant"));
    assertEquals(0.5, LearningRateSchedule.of(still).at(200), 1e-15);
  }

  @Test
  void whatEndsBeforeItBeginsIsRefused() {
    Throws.naming(
        ConfigException.class,
        () -> ConfigLoader.load(null, List.of("train.steps=100", "train.warmup=100")),
        "train.warmup = 100",
        "100 steps");
    Throws.naming(
        ConfigException.class,
        () -> ConfigLoader.load(null, List.of("train.patience=3", "train.evaluate-every=0")),
        "train.patience = 3",
        "train.evaluate-every");
    Throws.naming(
        ConfigException.class,
        () -> ConfigLoader.load(null, List.of("train.schedule=cosin")),
        "train.schedule",
        "cosine");
    Throws.naming(
        ConfigException.class,
        () -> ConfigLoader.load(null, List.of("train.average=1")),
        "train.average",
        "below 1");
    Throws.naming(
        ConfigException.class,
        () -> ConfigLoader.load(null, List.of("data.noise=-0.1")),
        "data.noise",
        "at least 0");
    Throws.naming(
        ConfigException.class,
        () -> ConfigLoader.load(null, List.of("data.renderer=table2")),
        "data.renderer",
        "table1");
  }
}
