package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.autograd.Var;
import hgn.dynamics.HamiltonianFlow;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PhaseState;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.model.Presets;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.io.PrintWriter;

/** Reports for each preset whether its rollout is one fused kernel and, if not, why. */
final class RolloutPaths implements Exam.Part {
  private static final int BATCH = 16;
  private static final int STATES = 30;

  @Override
  public String name() {
    return "rollouts";
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    for (String preset : Presets.NAMES) {
      String words = words(preset, backend);
      out.println("rollout  " + preset + ": " + words);
      found.put(preset, words);
    }
    return true;
  }

  private static String words(String preset, Backend backend) {
    try (Arena arena = Arena.open("rollout");
        Hgn model = ExamModel.of(preset, backend, DType.FLOAT32)) {
      HgnSpec spec = model.spec();
      Shape shape = Shape.of(BATCH, spec.phaseSize(), spec.phaseSize(), spec.phaseChannels());
      Var q = Var.constant(Tensor.full(backend, DType.FLOAT32, shape, 0));
      return new HamiltonianFlow(model.energy().orElseThrow(), new Leapfrog())
          .whyNotFused(new PhaseState(q, q), STATES, ExamModel.DT)
          .map(reason -> "composed of single operations: " + reason)
          .orElse("one kernel");
    }
  }
}
