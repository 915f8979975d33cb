package hgn.model;

import hgn.nn.ConvSpec;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The named architectures: {@code quick}, {@code published}, {@code paper}, and {@code table1},
 * which is the paper's with the Hamiltonian network used for its tables.
 */
public final class Presets {
  /** Names of the presets. */
  public static final List<String> NAMES = List.of("quick", "published", "paper", "table1");

  /** Filters of the Hamiltonian network's first layer, according to the paper's text. */
  private static final int PAPER_FILTERS = 64;

  /** The same in the released code of October 2020. */
  private static final int TABLE1_FILTERS = 32;

  private static final int FRAME_SIZE = 32;
  private static final int COLOURS = 3;

  /** Number of layers of stride 2 from a frame to a state. */
  private static final int STRIDES = 3;

  /** The gain that preserves the scale of a layer's input through a ReLU (He et al. 2015). */
  static final double HE = Math.sqrt(6);

  private Presets() {}

  /**
   * The architecture of that name.
   *
   * @param framesIn frames that the encoder sees
   * @param base energy that the network's is added to
   * @param gain factor on the Hamiltonian network's initial scale
   * @throws IllegalArgumentException if there is none
   */
  public static HgnSpec named(String name, int framesIn, BaseEnergy base, double gain) {
    return switch (name) {
      case "quick" -> quick(framesIn, base, gain);
      case "published" -> published(framesIn, base, gain);
      case "paper" -> paper(framesIn, base, gain, PAPER_FILTERS);
      case "table1" -> paper(framesIn, base, gain, TABLE1_FILTERS);
      default ->
          throw new IllegalArgumentException(
              "no preset is called '" + name + "'; there are " + String.join(", ", NAMES));
    };
  }

  /**
   * Returns the architecture of that name without f_psi: the encoder's last layers take over the
   * transformer's strides, and z is the state, of 4x4. {@code quick} omits the layer that reduces a
   * picture to a pair of numbers.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static HgnSpec withoutTransformer(
      String name, int framesIn, BaseEnergy base, double gain) {
    HgnSpec whole = named(name, framesIn, base, gain);
    List<ConvSpec> encoder = whole.encoder();
    int strided = name.equals("quick") ? encoder.size() - 1 : encoder.size() - STRIDES;
    List<ConvSpec> small = new ArrayList<>(encoder.subList(0, strided));
    while (!name.equals("quick") && small.size() < encoder.size()) {
      small.add(ConvSpec.same(encoder.get(small.size()).filters(), 2, Activation.RELU));
    }
    return whole.withoutTransformer(small);
  }

  /**
   * Returns the {@code quick} architecture with a low-dimensional phase space: q and p are vectors
   * instead of images, the energy is a network of dense layers, and dense layers unfold q into an
   * image. If the dimension equals the system's degrees of freedom, a motion cannot leave the
   * region of the data, so that it stays valid beyond the training horizon and backward in time.
   *
   * @throws IllegalArgumentException if the architecture of that name has images as states
   */
  public static HgnSpec withPhase(
      String name, int framesIn, BaseEnergy base, double gain, VectorPhase few) {
    HgnSpec whole = named(name, framesIn, base, gain);
    if (!name.equals("quick")) {
      throw new IllegalArgumentException(
          "the states of preset '"
              + name
              + "' are images, not "
              + few.phase()
              + " numbers; use quick");
    }
    int state =
        2 * few.phase() + few.angles().count(); // an angle is represented by a point on the circle
    return whole
        .withLatent(state + 1) // one to spare
        .withPhase(
            few,
            List.of(
                ConvSpec.dense(64, Activation.TANH).scaled(HE),
                ConvSpec.dense(state, Activation.IDENTITY).scaled(HE)),
            List.of(
                ConvSpec.dense(128, Activation.SOFTPLUS).scaled(HE),
                ConvSpec.dense(128, Activation.SOFTPLUS).scaled(HE),
                ConvSpec.dense(1, Activation.IDENTITY)));
  }

  /** The released code's defaults: 593,380 parameters with 5 input frames. */
  private static HgnSpec published(int framesIn, BaseEnergy base, double gain) {
    List<ConvSpec> encoder = new ArrayList<>();
    encoder.add(ConvSpec.same(32, 1, Activation.RELU));
    encoder.addAll(Collections.nCopies(6, ConvSpec.same(64, 1, Activation.RELU)));
    return new HgnSpec(
        FRAME_SIZE,
        COLOURS,
        framesIn,
        encoder,
        48,
        List.of(
            ConvSpec.same(64, 2, Activation.RELU),
            ConvSpec.same(64, 2, Activation.RELU),
            ConvSpec.same(32, 2, Activation.RELU)),
        publishedHamiltonian(32, 64),
        base,
        gain,
        List.of(64, 64, 64),
        Activation.SIGMOID);
  }

  /** Layers that reduce a state to one scalar by strides and kernels, all with softplus. */
  static List<ConvSpec> publishedHamiltonian(int first, int others) {
    Activation softplus = Activation.SOFTPLUS;
    Conv2dGeometry keep = Conv2dGeometry.after(1, 1);
    return List.of(
        ConvSpec.same(first, 1, softplus),
        new ConvSpec(others, 2, Conv2dGeometry.symmetric(2, 0), softplus),
        new ConvSpec(others, 2, keep, softplus),
        new ConvSpec(others, 2, keep, softplus),
        new ConvSpec(1, 2, Conv2dGeometry.symmetric(1, 0), softplus));
  }

  /**
   * The paper's text: 64 filters, linear outputs of transformer and Hamiltonian.
   *
   * @param first filters of the Hamiltonian network's first layer
   */
  private static HgnSpec paper(int framesIn, BaseEnergy base, double gain, int first) {
    List<ConvSpec> hamiltonian = new ArrayList<>();
    hamiltonian.add(ConvSpec.same(first, 1, Activation.SOFTPLUS));
    hamiltonian.addAll(Collections.nCopies(4, ConvSpec.same(64, 1, Activation.SOFTPLUS)));
    hamiltonian.add(ConvSpec.same(1, 1, Activation.IDENTITY));
    return new HgnSpec(
        FRAME_SIZE,
        COLOURS,
        framesIn,
        Collections.nCopies(7, ConvSpec.same(64, 1, Activation.RELU)),
        64,
        List.of(
            ConvSpec.same(64, 2, Activation.RELU),
            ConvSpec.same(64, 2, Activation.RELU),
            ConvSpec.same(64, 2, Activation.IDENTITY)),
        hamiltonian,
        base,
        gain,
        List.of(64, 64, 64),
        Activation.IDENTITY);
  }

  /**
   * Small enough to learn mass-spring motion in minutes on two cores. z is a pair of numbers for
   * the whole picture. A mass on a spring has no more degrees of freedom, so that all pairs near 0
   * are used and a draw from the prior is a valid motion.
   */
  private static HgnSpec quick(int framesIn, BaseEnergy base, double gain) {
    return new HgnSpec(
        FRAME_SIZE,
        COLOURS,
        framesIn,
        List.of(
            ConvSpec.same(16, 2, Activation.RELU).scaled(HE),
            ConvSpec.same(32, 2, Activation.RELU).scaled(HE),
            ConvSpec.same(32, 2, Activation.RELU).scaled(HE),
            ConvSpec.gather(64, 4, Activation.RELU).scaled(HE)),
        2,
        List.of(
            // 4, since all but one pixel of the first layer's 4x4 window is padding;
            // tanh, so that an unusually large z gives a state like those seen
            ConvSpec.spread(32, 4, Activation.TANH).scaled(4 * HE),
            ConvSpec.same(16, 1, Activation.IDENTITY).scaled(HE)),
        publishedHamiltonian(16, 32),
        base,
        gain,
        List.of(32, 32, 16),
        Activation.LEAKY_RELU);
  }
}
