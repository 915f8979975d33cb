package hgn.train.nhf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NhfExactnessTest {
  @Test
  void aTrainedFlowKeepsItsInverseAndTheVolume() {
    try (NhfExperiment experiment = TinyNhfs.exact("train.steps=40")) {
      TinyNhfs.train(experiment, 40);
      NhfExactness exactness = NhfExactness.of(experiment.model(), 50, 1);
      assertTrue(exactness.inversion() < 1e-12, "inversion " + exactness.inversion());
      assertTrue(exactness.logDeterminant() < 1e-12, "volume " + exactness.logDeterminant());
    }
  }

  @Test
  void determinantsAreRight() {
    assertEquals(-2, NhfExactness.determinant(new double[][] {{1, 2}, {3, 4}}), 1e-14);
    assertEquals(-6, NhfExactness.determinant(new double[][] {{0, 2}, {3, 4}}), 1e-14);
    assertEquals(0, NhfExactness.determinant(new double[][] {{0, 0}, {0, 4}}));
    double[][] triangle = {{2, 5, -1, 3}, {0, -3, 7, 1}, {0, 0, 4, 9}, {0, 0, 0, 0.5}};
    assertEquals(-12, NhfExactness.determinant(triangle), 1e-13);
  }
}
