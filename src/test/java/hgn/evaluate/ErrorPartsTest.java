package hgn.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.ConfigLoader;
import hgn.predict.Estimate;
import hgn.train.Experiment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorPartsTest {
  private static Map<String, Double> of(String... settings) {
    List<String> all =
        new ArrayList<>(List.of("model.frames-out=3", "train.batch=2", "train.decode-frames=0"));
    all.addAll(List.of(settings));
    Map<String, Double> values = new LinkedHashMap<>();
    try (Experiment experiment = new Experiment(ConfigLoader.load(null, all))) {
      for (Measure measure : new ErrorParts(experiment, 2).all()) {
        Estimate estimate = measure.score().get();
        assertEquals(2, estimate.rollouts());
        values.put(measure.key(), estimate.mean());
      }
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data.system=mass-spring", "model.dynamics=direct", "model.family=hnn-conv"})
  void partsAddUpAndNoneButTheDrawingIsBelowZero(String setting) {
    Map<String, Double> values = of(setting);
    assertEquals(12, values.size(), values.toString());
    for (String span : List.of("", "_and_after", "_and_before")) {
      double state = values.get("clean_mse_of_state" + span);
      double motion = values.get("clean_mse_of_motion" + span);
      double drawing = values.get("clean_mse_of_drawing" + span);
      assertEquals(values.get("clean_mse" + span), state + motion + drawing, 1e-12);
      assertTrue(state >= 0 && motion >= 0, values.toString());
      assertTrue(drawing > 1e-4, "an untrained model draws no disc: " + values);
    }
  }
}
