package hgn.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.ConfigLoader;
import hgn.predict.Estimate;
import hgn.train.Experiment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private static Map<String, Estimate> of(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "engine.backend=jvm",
                "data.system=pendulum",
                "model.frames-out=10",
                "train.batch=4"));
    all.addAll(List.of(settings));
    Map<String, Estimate> scores = new LinkedHashMap<>();
    try (Experiment experiment = new Experiment(ConfigLoader.load(null, all))) {
      Measures.of(experiment, 6).forEach(one -> scores.put(one.key(), one.score().get()));
    }
    return scores;
  }

  @Test
  void aVariationalModelWithAnEnergyHasAllOfThem() {
    Map<String, Estimate> scores = of();
    for (String key :
        List.of(
            "test_mse",
            "vpt_backward",
            "film_energy_kept",
            "energy_deviation",
            "energy_relative_deviation",
            "symetric_r2",
            "symetric_sym",
            "flow_order",
            "flow_reversal",
            "flow_symplecticity",
            "kl",
            "active_latents",
            "sample_right",
            "reconstruction_right",
            "sample_spread",
            "sample_spread_ceiling",
            "sample_spread_share",
            "sample_strangeness",
            "sample_strangeness_true",
            "reconstruction_seconds")) {
      assertTrue(scores.containsKey(key), key + " of " + scores.keySet());
      assertTrue(Double.isFinite(scores.get(key).mean()), key + " " + scores.get(key));
    }
    assertTrue(scores.get("kl").mean() > 0);
    assertEquals(0, scores.get("sample_right").mean(), "an untrained model draws no disc");
    assertEquals(0, scores.get("reconstruction_right").mean());
    assertEquals(0.9, scores.get("sample_spread_ceiling").mean(), 0.2);
    assertTrue(scores.get("energy_deviation").mean() > 0);
    assertEquals(6, scores.get("energy_deviation").rollouts());
  }

  @Test
  void withoutAnEnergyNoneIsMeasured() {
    Map<String, Estimate> scores = of("model.dynamics=direct");
    assertFalse(scores.containsKey("energy_deviation"));
    assertFalse(scores.containsKey("flow_order"));
    assertTrue(scores.containsKey("film_energy_kept"));
  }

  @Test
  void withoutAPosteriorNothingIsSaidOfIt() {
    Map<String, Estimate> scores = of("model.deterministic=true");
    assertFalse(scores.containsKey("kl"));
    assertTrue(scores.containsKey("energy_deviation"));
  }

  @Test
  void leapfrogIsOfOrderOneWhereTheLearntEnergyIsNotSeparable() {
    assertEquals(
        1,
        of(
                "model.base=none",
                "model.gain=2",
                "model.energy=joint",
                "model.phase=0",
                "model.angles=0")
            .get("flow_order")
            .mean(),
        0.1);
  }

  @Test
  void theImplicitMidpointLeadsBackAlongALearntFlow() {
    Map<String, Estimate> scores = of("model.integrator=implicit-midpoint");
    assertEquals(2, scores.get("flow_order").mean(), 0.2);
    assertTrue(scores.get("flow_reversal").mean() < 1e-8, scores.get("flow_reversal")::toString);
    assertTrue(
        scores.get("flow_symplecticity").mean() < 1e-8, scores.get("flow_symplecticity")::toString);
  }

  @Test
  void ofTwoBodiesNoEnergyIsReadOffTheFilms() {
    Map<String, Estimate> scores = of("data.system=two-body", "model.latent=4");
    assertFalse(scores.containsKey("film_energy_kept"));
    assertTrue(scores.containsKey("symetric_r2"));
  }
}
