package hgn.backend.cuda;

import hgn.tensor.AdamRule;
import hgn.tensor.AdamSlot;
import hgn.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/**
 * The Adam update of up to {@link #MOST} tensors in one launch, as the kernel wants them listed.
 */
final class AdamLaunch {
  /** Tensors that fit the kernel's table, which the launch copies. */
  static final int MOST = 64;

  /** Elements of one tensor that a block updates. */
  private static final long BLOCK = 4096;

  private static final int THREADS = 256;

  private final List<AdamSlot> slots;
  private final int[] firstBlock = new int[MOST];
  private int blocks;

  AdamLaunch(List<AdamSlot> slots) {
    this.slots = slots;
    for (int i = 0; i < slots.size(); i++) {
      firstBlock[i] = blocks;
      blocks = Math.toIntExact(blocks + (slots.get(i).w().shape().count() + BLOCK - 1) / BLOCK);
    }
  }

  /** Queues the update. */
  void queue(KernelModule kernels, AdamRule rule, Floats schedule, Floats veto) {
    kernels.launch(
        "adam",
        "adam",
        Grid.of(blocks, THREADS),
        (Arguments.Struct) this::writeTable,
        constants(rule),
        schedule,
        veto);
  }

  private void writeTable(ByteBuffer to) {
    writeColumn(to, slot -> address(slot.w()));
    writeColumn(to, slot -> address(slot.g()));
    writeColumn(to, slot -> address(slot.m()));
    writeColumn(to, slot -> address(slot.v()));
    writeColumn(to, slot -> slot.w().shape().count());
    for (int first : firstBlock) {
      to.putInt(first);
    }
    to.putInt(slots.size());
  }

  private void writeColumn(ByteBuffer to, Function<AdamSlot, Long> value) {
    for (int i = 0; i < MOST; i++) {
      to.putLong(i < slots.size() ? value.apply(slots.get(i)) : 0);
    }
  }

  private static long address(Tensor tensor) {
    return Floats.of(tensor).address();
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
