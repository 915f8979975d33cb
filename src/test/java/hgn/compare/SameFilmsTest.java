package hgn.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.config.ConfigLoader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SameFilmsTest {
  private static ComparedRun run(String... settings) {
    return new ComparedRun(
        "first",
        "first",
        null,
        ConfigLoader.load(null, List.of(settings)),
        Optional.empty(),
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.integrator=yoshida",
        "train.seed=8",
        "train.steps=5",
        "data.train-rollouts=77",
        "data.workers=3",
        "model.infer=middle", // as auto does of all frames
        "engine.threads=1"
      })
  void whatChangesNoFilmIsNoObstacle(String setting) {
    assertEquals("", SameFilms.obstacle(run(), run(setting)));
  }

  @ParameterizedTest
  @CsvSource({
    "data.system, pendulum, mass-spring",
    "data.renderer, smooth, table1",
    "data.seed, 5, 0",
    "data.dt, 0.25, 0.125",
    "data.noise, 0.5, system",
    "model.frames-in, 6, all",
    "model.frames-out, 20, 30",
    "model.infer, end, auto"
  })
  void whatChangesFilmsIsNamedWithBothValues(String key, String value, String before) {
    assertEquals(
        key + " is " + value + ", but " + before + " in first",
        SameFilms.obstacle(run(), run(key + "=" + value)));
  }
}
