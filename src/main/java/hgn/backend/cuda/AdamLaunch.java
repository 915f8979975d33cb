package hgn.backend.cuda;

import hgn.tensor.AdamRule;
import hgn.tensor.AdamSlot;
import hgn.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** The Adam update of up to {@link TensorBlocks#MOST} tensors in one launch. */
final class AdamLaunch {
  private final List<AdamSlot> slots;

  AdamLaunch(List<AdamSlot> slots) {
    this.slots = slots;
  }

  /** Queues the update. */
  void queue(KernelModule kernels, AdamRule rule, Floats schedule, Floats veto) {
    List<Tensor> weights = column(AdamSlot::w);
    TensorBlocks blocks = new TensorBlocks(weights);
    kernels.launch(
        "adam",
        "adam",
        blocks.grid(),
        blocks.struct(
            List.of(weights, column(AdamSlot::g), column(AdamSlot::m), column(AdamSlot::v))),
        constants(rule),
        schedule,
        veto);
  }

  private List<Tensor> column(Function<AdamSlot, Tensor> tensor) {
    return slots.stream().map(tensor).toList();
  }

  private static Arguments.Struct constants(AdamRule rule) {
    return to ->
        to.putFloat((float) rule.beta1())
            .putFloat((float) (1 - rule.beta1()))
            .putFloat((float) rule.beta2())
            .putFloat((float) (1 - rule.beta2()))
            .putFloat((float) rule.epsilon())
            .putFloat((float) rule.weightDecay());
  }
}
