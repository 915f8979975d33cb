package hgn.testing.doctor;

import hgn.doctor.BackendCheck;
import hgn.dynamics.RolloutCheck;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.RolloutKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares a backend's rollout kernel with the composition in float64, and with itself, for {@code
 * doctor}.
 */
public final class RolloutKernelCheck implements BackendCheck {
  private static final int BATCH = 16;
  private static final int STEPS = 3;
  private static final double TOLERANCE = 2e-5;

  @Override
  public String name() {
    return "rollout kernel";
  }

  @Override
  public Outcome run(Backend backend) {
    Optional<RolloutKernel> kernel = backend.rollouts();
    if (kernel.isEmpty()) {
      return new Outcome(0, List.of());
    }
    List<RolloutCheck.Case> cases = new ArrayList<>(RolloutCheck.cases());
    cases.addAll(RolloutCheck.presets(BATCH, STEPS));
    List<String> failures = new ArrayList<>();
    cases.forEach(c -> check(c, backend, kernel.get(), failures));
    return new Outcome(cases.size(), failures);
  }

  private static void check(
      RolloutCheck.Case c, Backend backend, RolloutKernel kernel, List<String> failures) {
    Optional<String> refusal = kernel.refusal(RolloutCheck.plan(c), DType.FLOAT32, c.batch());
    if (refusal.isPresent()) {
      return; // composed on this device, which other checks cover
    }
    try {
      RolloutCheck.Outcome first = once(c, backend, kernel);
      RolloutCheck.assertClose(RolloutCheck.composed(c), first, TOLERANCE);
      RolloutCheck.Outcome again = once(c, backend, kernel);
      for (int i = 0; i < first.names().size(); i++) {
        if (!Arrays.equals(first.values().get(i), again.values().get(i))) {
          failures.add(c + ": " + first.names().get(i) + " differs from run to run");
        }
      }
    } catch (AssertionError | RuntimeException failure) {
      failures.add(c + ": " + failure.getMessage());
    }
  }

  private static RolloutCheck.Outcome once(
      RolloutCheck.Case c, Backend backend, RolloutKernel kernel) {
    return RolloutCheck.fused(c, backend, DType.FLOAT32, kernel, Long.MAX_VALUE);
  }
}
