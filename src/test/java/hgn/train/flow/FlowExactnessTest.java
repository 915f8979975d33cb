package hgn.train.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FlowExactnessTest {
  @Test
  void aTrainedFlowKeepsItsInverseAndTheVolume() {
    try (FlowExperiment experiment = TinyFlows.exact("train.steps=40")) {
      TinyFlows.train(experiment, 40);
      FlowExactness exactness = FlowExactness.of(experiment.model(), 50, 1);
      assertTrue(exactness.inversion() < 1e-12, "inversion " + exactness.inversion());
      assertTrue(exactness.logDeterminant() < 1e-12, "volume " + exactness.logDeterminant());
    }
  }

  @Test
  void determinantsAreRight() {
    assertEquals(-2, FlowExactness.determinant(new double[][] {{1, 2}, {3, 4}}), 1e-14);
    assertEquals(-6, FlowExactness.determinant(new double[][] {{0, 2}, {3, 4}}), 1e-14);
    assertEquals(0, FlowExactness.determinant(new double[][] {{0, 0}, {0, 4}}));
    double[][] triangle = {{2, 5, -1, 3}, {0, -3, 7, 1}, {0, 0, 4, 9}, {0, 0, 0, 0.5}};
    assertEquals(-12, FlowExactness.determinant(triangle), 1e-13);
  }
}
