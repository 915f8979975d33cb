package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.tensor.Backend;
import hgn.testing.backends.RunningBackends;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeakTest {
  @Test
  void isARateThatAProcessorCanHave() {
    Optional<Backend> cpu =
        RunningBackends.all().stream().filter(one -> one.name().equals("cpu")).findFirst();
    assumeTrue(cpu.isPresent(), "this machine does not run the native backend");
    double rate = cpu.get().measurePeak(0.02).orElseThrow();
    assertTrue(rate > 1e8 && rate < 1e14, "measured " + rate + " FLOP/s");
  }
}
