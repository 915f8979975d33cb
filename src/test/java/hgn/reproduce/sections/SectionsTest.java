package hgn.reproduce.sections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.evaluate.Measures;
import hgn.evaluate.MetricKeys;
import hgn.physics.Systems;
import hgn.reproduce.Budget;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import hgn.train.Experiment;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SectionsTest {
  @ParameterizedTest
  @EnumSource(Budget.class)
  void everyTrainingIsOneThatTheProgramKnows(Budget budget) {
    Plan plan = new Plan(budget, "cpu", 0, List.of());
    List<Training> all = Sections.trainings(Sections.named(List.of("all")), plan);
    for (Training training : all) {
      assertTrue(ConfigLoader.load(null, training.settings()).totalSteps() > 0, training.name());
    }
    Set<String> systems =
        all.stream()
            .map(training -> ConfigLoader.load(null, training.settings()).data().system())
            .collect(Collectors.toSet());
    assertEquals(new HashSet<>(Systems.all().stream().map(s -> s.name()).toList()), systems);
  }

  @Test
  void trainingsThatSeveralNeedAreMadeOnce() {
    Plan plan = new Plan(Budget.QUICK, "cpu", 1, List.of());
    List<Section> all = Sections.named(List.of("all"));
    long asked = all.stream().mapToLong(section -> section.trainings(plan).size()).sum();
    List<Training> made = Sections.trainings(all, plan);
    assertTrue(made.size() < asked, made.size() + " of " + asked);
    assertEquals(made.size(), made.stream().map(Training::name).distinct().count());
  }

  @Test
  void paperBudgetHasSeveralSeeds() {
    Plan plan = new Plan(Budget.PAPER, "cpu", 0, List.of());
    List<Training> three = plan.trainings(Variant.LEAPFROG, "pendulum");
    assertEquals(
        List.of("pendulum-leapfrog", "pendulum-leapfrog-seed2", "pendulum-leapfrog-seed3"),
        three.stream().map(Training::name).toList());
    assertEquals(3, three.stream().map(Training::settings).distinct().count());
    Plan desk = new Plan(Budget.DESK, "cpu", 0, List.of());
    assertEquals(3, desk.trainings(Variant.LEAPFROG, "pendulum").size());
    assertEquals(1, desk.trainings(Variant.EULER, "pendulum").size());
    List<String> five = List.of("model.frames-in=5");
    assertEquals(1, desk.trainings(Variant.LEAPFROG, "pendulum", "-five", five).size());
    Plan two = new Plan(Budget.QUICK, "cpu", 2, List.of());
    assertEquals(2, two.trainings(Variant.LEAPFROG, "pendulum").size());
    List<Section> all = Sections.named(List.of("all"));
    Plan one = new Plan(Budget.QUICK, "cpu", 1, List.of());
    assertEquals(2 * Sections.trainings(all, one).size(), Sections.trainings(all, two).size());
  }

  /**
   * Longer trainings widen their horizon over more steps, and the main model's steps are not
   * limited.
   */
  @Test
  void budgetsStretchThePresetsSchedules() {
    Config preset = ConfigLoader.load(null, List.of("data.system=pendulum"));
    Config main = config(Budget.QUICK, Variant.LEAPFROG);
    assertEquals(preset.train().steps(), main.train().steps());
    assertEquals(preset.train().widening(), main.train().widening());
    Config desk = config(Budget.DESK, Variant.LEAPFROG);
    assertEquals(5 * preset.train().steps(), desk.train().steps());
    assertEquals(5 * preset.train().widening(), desk.train().widening());
    assertEquals(3 * preset.train().steps(), config(Budget.DESK, Variant.EULER).train().steps());
    Config few = config(Budget.QUICK, Variant.EULER);
    assertEquals(500, few.train().steps());
    assertEquals(preset.train().widening() * 500 / preset.train().steps(), few.train().widening());
    assertEquals(0, config(Budget.QUICK, Variant.HNN).train().widening());
    for (Budget budget : Budget.values()) {
      assertEquals("table1", config(budget, Variant.RK4).data().renderer());
      assertTrue(config(budget, Variant.RK4).model().framesIn().isAll());
    }
  }

  private static Config config(Budget budget, Variant variant) {
    Plan plan = new Plan(budget, "cpu", 1, List.of());
    return ConfigLoader.load(null, plan.trainings(variant, "pendulum").get(0).settings());
  }

  @Test
  void anUnknownOneIsNamedWithTheNearest() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Sections.named(List.of("tabel1")));
    assertTrue(error.getMessage().contains("did you mean 'table1'"), error.getMessage());
  }

  @Test
  void theReportAsksForMeasuresThatThereAre() throws IllegalAccessException {
    Set<String> measured = new HashSet<>();
    List<String> tiny = List.of("engine.backend=jvm", "data.system=pendulum", "model.frames-out=8");
    try (Experiment experiment = new Experiment(ConfigLoader.load(null, tiny))) {
      Measures.of(experiment, 1).forEach(one -> measured.add(one.key()));
    }
    for (Field key : MetricKeys.class.getDeclaredFields()) {
      assertTrue(measured.contains((String) key.get(null)), key.getName() + " of " + measured);
    }
  }

  @Test
  void thePaperHasANumberForEachCellOfItsFirstTable() {
    for (Variant variant : Table1.VARIANTS) {
      for (String system : Table1.SYSTEMS) {
        assertTrue(Published.paper(variant, system).test() > 0, variant + " " + system);
      }
    }
  }
}
