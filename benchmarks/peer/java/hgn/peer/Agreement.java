package hgn.peer;

import hgn.data.Batch;
import hgn.loss.Geco;
import hgn.model.Hgn;
import hgn.nn.Adam;
import hgn.random.Philox;
import hgn.tensor.Shape;
import hgn.train.TrainingStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How near both sides come to each other in a few training steps from the same parameters, on the
 * same frames and noise.
 *
 * @param losses of hgn4j, step by step
 * @param peerLosses of the peer
 * @param gradients the first step's, for each network: the norm of the difference over that of the
 *     peer's gradient
 */
record Agreement(List<Double> losses, List<Double> peerLosses, Map<String, Double> gradients) {
  /** How far losses may be apart, of their size, and gradients, of their norm. */
  static final double TOLERANCE = 2e-4;

  /**
   * Rollouts that are enough: the networks see each by itself. With more of them it is rounding
   * that grows, since PyTorch adds up a filter's gradients over all pixels in float32.
   */
  static final int ROLLOUTS = 2;

  private static final int STEPS = 3;
  private static final long SEED = 7;

  /** Takes the steps on both sides, on models of their own. */
  static Agreement of(Hgn model, Batch batch, PeerModel peer) {
    TrainingStep.Settings settings =
        new TrainingStep.Settings(Setting.DT, Setting.RATE, 0, false, SEED);
    List<Double> losses = new ArrayList<>();
    List<Double> peerLosses = new ArrayList<>();
    Map<String, Double> gradients = Map.of();
    try (Adam adam =
            new Adam(model.parameters(), Setting.BETA1, Setting.BETA2, Setting.EPSILON, 0);
        Geco geco =
            new Geco(Setting.GECO, model.parameters().backend(), model.parameters().dtype())) {
      TrainingStep step = new TrainingStep(model, adam, geco, settings);
      Shape latent = model.latent(batch.size()).orElseThrow();
      for (int i = 0; i < STEPS; i++) {
        double[] noise = new double[Math.toIntExact(latent.count())];
        Philox.normal(SEED, i, noise);
        losses.add(step.run(batch, i, noise).loss());
        peerLosses.add(peer.step(floats(noise), latent));
        if (i == 0) {
          gradients = gradients(adam, peer.gradients());
        }
      }
    }
    return new Agreement(losses, peerLosses, gradients);
  }

  /** The largest difference of two losses, of their size. */
  double lossesApart() {
    double apart = 0;
    for (int i = 0; i < losses.size(); i++) {
      double scale = Math.abs(peerLosses.get(i));
      apart = Math.max(apart, Math.abs(losses.get(i) - peerLosses.get(i)) / scale);
    }
    return apart;
  }

  /** The network whose gradients are farthest apart. */
  String farthest() {
    return gradients.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** How far its gradients are apart. */
  double gradientsApart() {
    return gradients.get(farthest());
  }

  /** Whether both compute the same; not where a number is not finite. */
  boolean holds() {
    return lossesApart() <= TOLERANCE && gradientsApart() <= TOLERANCE;
  }

  /** One line about it. */
  String words() {
    return String.format(
        Locale.ROOT,
        "losses of %d steps %.1e apart, gradients of the first %.1e (%s), %.0e allowed",
        losses.size(),
        lossesApart(),
        gradientsApart(),
        farthest(),
        TOLERANCE);
  }

  /**
   * Compares the gradients of the step that both have taken. hgn4j's are read off Adam's first
   * moments, which after one step are (1 - beta1) times them.
   */
  private static Map<String, Double> gradients(Adam adam, Map<String, float[]> peer) {
    Map<String, double[]> squares = new LinkedHashMap<>();
    for (Adam.Slot slot : adam.slots()) {
      float[] moment = slot.first().toFloats();
      float[] theirs = peer.get(slot.parameter().name());
      double[] sums = squares.computeIfAbsent(slot.parameter().network(), name -> new double[2]);
      for (int i = 0; i < theirs.length; i++) {
        double difference = moment[i] / (1 - Setting.BETA1) - theirs[i];
        sums[0] += difference * difference;
        sums[1] += (double) theirs[i] * theirs[i];
      }
    }
    Map<String, Double> apart = new LinkedHashMap<>();
    squares.forEach((network, sums) -> apart.put(network, Math.sqrt(sums[0] / sums[1])));
    return apart;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
