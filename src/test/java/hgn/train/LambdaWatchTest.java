package hgn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LambdaWatchTest {
  private final List<String> said = new ArrayList<>();
  private final LambdaWatch watch = new LambdaWatch(0.02, said::add);

  private void step(long done, double lambda) {
    watch.stepped(done, 100, new TrainingStep.Losses(1, 0.0016, 0, lambda, 1));
  }

  @Test
  void aLambdaAtItsBoundIsNamedOnce() {
    step(1, 100);
    step(2, 9.9e9);
    assertEquals(List.of(), said);
    step(3, 1e10f); // as a float says it
    step(4, 1e10);
    assertEquals(
        List.of(
            "step 3: lambda has run away to its bound, 1e+10, since the error (RMSE) stays at 0.0400"
                + " above train.geco.tolerance = 0.02, and the divergence (KL) no longer counts;"
                + " start again with a tolerance above the noise of the data, or"
                + " train.objective=vae"),
        said);
  }
}
