package hgn.backend.jvm;

import hgn.tensor.AdamRule;
import hgn.tensor.AdamSlot;
import hgn.tensor.HostTransfer;
import hgn.tensor.Tensor;
import java.util.List;

/** Parameter updates. */
final class Optimiser {
  private final Workers workers;

  Optimiser(Workers workers) {
    this.workers = workers;
  }

  void adam(List<AdamSlot> slots, AdamRule rule, Tensor schedule, Tensor veto) {
    if (HostTransfer.first(veto) != 0) {
      return;
    }
    double[] constants = new double[AdamRule.SCHEDULE];
    HostTransfer.download(schedule, constants);
    slots.forEach(slot -> update(slot, rule, constants[0], constants[1]));
  }

  private void update(AdamSlot slot, AdamRule rule, double rate, double root) {
    workers.ranges(
        HostTransfer.count(slot.w()),
        Elementwise.BLOCK,
        (from, count) -> {
          double[] weight = block(slot.w(), from, count);
          double[] gradient = block(slot.g(), from, count);
          double[] mean = block(slot.m(), from, count);
          double[] square = block(slot.v(), from, count);
          for (int i = 0; i < count; i++) {
            double slope = gradient[i] + rule.weightDecay() * weight[i];
            mean[i] = rule.beta1() * mean[i] + (1 - rule.beta1()) * slope;
            square[i] = rule.beta2() * square[i] + (1 - rule.beta2()) * slope * slope;
            weight[i] -= rate * mean[i] / (Math.sqrt(square[i]) / root + rule.epsilon());
          }
          HostTransfer.write(weight, 0, slot.w(), from, count);
          HostTransfer.write(mean, 0, slot.m(), from, count);
          HostTransfer.write(square, 0, slot.v(), from, count);
        });
  }

  private static double[] block(Tensor x, int from, int count) {
    double[] values = new double[count];
    HostTransfer.read(x, from, values, 0, count);
    return values;
  }
}
