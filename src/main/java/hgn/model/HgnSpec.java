package hgn.model;

import hgn.nn.ConvSpec;
import hgn.tensor.Activation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The architecture of a Hamiltonian Generative Network.
 *
 * @param frameSize height and width of a frame, which the decoder's output must have
 * @param frameChannels colours of a frame
 * @param framesIn frames that the encoder sees, stacked along the channels
 * @param contrast how it sees them
 * @param frameFeatures features per frame before the trunk, see {@link FrameFeatures}; 0 if the
 *     trunk sees the frames stacked along the channels
 * @param encoder the encoder's trunk
 * @param latent channels of z
 * @param transformer from z to the state; its last layer's filters are the channels of q and p
 *     together. If empty, z itself is the state
 * @param angles coordinates of q that are angles
 * @param dynamics the law of motion, whose network has {@code hamiltonian}'s layers
 * @param hamiltonian from (q, p) to the energy, whose last layer has one filter
 * @param base energy that the network's is added to
 * @param gain factor on the Hamiltonian network's initial scale
 * @param unfold from q to the input image of the decoder's blocks
 * @param decoder filters of the decoder's residual blocks, each of which doubles the size
 * @param backdrop whether the decoder draws on a learnt background picture
 * @param blockActivation activation after the sum in each block
 */
public record HgnSpec(
    int frameSize,
    int frameChannels,
    int framesIn,
    Contrast contrast,
    int frameFeatures,
    List<ConvSpec> encoder,
    int latent,
    List<ConvSpec> transformer,
    Angles angles,
    DynamicsKind dynamics,
    List<ConvSpec> hamiltonian,
    BaseEnergy base,
    double gain,
    VectorToImageSpec unfold,
    List<Integer> decoder,
    boolean backdrop,
    Activation blockActivation) {

  /** An architecture with a joint energy of q and p and without contrast. */
  public HgnSpec(
      int frameSize,
      int frameChannels,
      int framesIn,
      List<ConvSpec> encoder,
      int latent,
      List<ConvSpec> transformer,
      List<ConvSpec> hamiltonian,
      BaseEnergy base,
      double gain,
      List<Integer> decoder,
      Activation blockActivation) {
    this(
        frameSize,
        frameChannels,
        framesIn,
        Contrast.NONE,
        0,
        encoder,
        latent,
        transformer,
        Angles.NONE,
        DynamicsKind.JOINT,
        hamiltonian,
        base,
        gain,
        VectorToImageSpec.NONE,
        decoder,
        false,
        blockActivation);
  }

  /**
   * Checks that the networks fit together.
   *
   * @throws IllegalArgumentException if they do not
   */
  public HgnSpec {
    encoder = List.copyOf(encoder);
    transformer = List.copyOf(transformer);
    hamiltonian = List.copyOf(hamiltonian);
    decoder = List.copyOf(decoder);
    requireFilters(latent, transformer, angles, hamiltonian);
    int latentSize = size("encoder", frameFeatures > 0 ? 1 : frameSize, encoder);
    int state = size("transformer", latentSize, transformer);
    size("Hamiltonian", state, hamiltonian);
    int unfolded = unfold.profiles() > 0 ? unfold.side() : size("decoder", state, unfold.layers());
    int decoded = unfolded << decoder.size();
    if (decoded != frameSize) {
      throw new IllegalArgumentException(
          "[model] a state of "
              + unfolded
              + "x"
              + unfolded
              + " through "
              + decoder.size()
              + " doublings gives frames of "
              + decoded
              + ", not of "
              + frameSize
              + "; change the strides of "
              + (transformer.isEmpty()
                  ? "the encoder, which makes the state where there is no transformer,"
                  : "encoder and transformer")
              + " or the number of blocks");
    }
  }

  private static void requireFilters(
      int latent, List<ConvSpec> transformer, Angles angles, List<ConvSpec> hamiltonian) {
    int state = (transformer.isEmpty() ? latent : filters(transformer)) - angles.count();
    if (state < 2 * angles.count()) {
      throw new IllegalArgumentException(
          "[model] "
              + angles.count()
              + " coordinates shall be angles, more than q has; ask for fewer, or for more numbers"
              + " of phase space");
    }
    if (state < 2 || state % 2 != 0) {
      throw new IllegalArgumentException(
          "[model] the "
              + (transformer.isEmpty()
                  ? "state, z without a transformer,"
                  : "transformer's last layer")
              + " has "
              + state
              + " filters, which do not split into q and p; make it even");
    }
    if (filters(hamiltonian) != 1) {
      throw new IllegalArgumentException(
          "[model] the Hamiltonian's last layer has "
              + filters(hamiltonian)
              + " filters, the energy is one number; end with a layer of 1 filter");
    }
  }

  /** Filters of the last layer; 0 if there is none. */
  private static int filters(List<ConvSpec> layers) {
    return layers.isEmpty() ? 0 : layers.get(layers.size() - 1).filters();
  }

  private static int size(String network, int size, List<ConvSpec> layers) {
    int result = size;
    for (ConvSpec layer : layers) {
      int height = layer.geometry().outHeight(result, layer.kernel());
      int width = layer.geometry().outWidth(result, layer.kernel());
      if (height < 1 || height != width) {
        throw new IllegalArgumentException(
            "[model] a layer of the "
                + network
                + " turns "
                + result
                + "x"
                + result
                + " into height "
                + height
                + " and width "
                + width
                + "; change its kernel, stride or padding so that it fits and stays square");
      }
      result = height;
    }
    return result;
  }

  /** Describes how this architecture differs from the full network of {@code family}. */
  String variant(String family) {
    String states = transformer.isEmpty() ? ", no transformer" : "";
    return family
        + states
        + switch (dynamics) {
          case JOINT -> "";
          case SEPARABLE -> ", separable energy";
          case DIRECT -> ", direct dynamics";
        };
  }

  /** This architecture with an encoder that sees {@code frames} frames. */
  HgnSpec seeing(int frames) {
    return changed(frames, contrast, encoder, latent, transformer, dynamics);
  }

  private HgnSpec changed(
      int frames,
      Contrast seen,
      List<ConvSpec> trunk,
      int z,
      List<ConvSpec> states,
      DynamicsKind other) {
    return new HgnSpec(
        frameSize,
        frameChannels,
        frames,
        seen,
        frameFeatures,
        trunk,
        z,
        states,
        angles,
        other,
        hamiltonian,
        base,
        gain,
        unfold,
        decoder,
        backdrop,
        blockActivation);
  }

  /** Channels of q, and of p. */
  public int phaseChannels() {
    return ((transformer.isEmpty() ? latent : filters(transformer)) - angles.count()) / 2;
  }

  /** Channels of q as networks see it. */
  int positionFeatures() {
    return angles.features(phaseChannels());
  }

  /** This architecture with vector states, and the matching networks. */
  HgnSpec withPhase(VectorPhase few, List<ConvSpec> states, List<ConvSpec> energy) {
    return new HgnSpec(
        frameSize,
        frameChannels,
        framesIn,
        contrast,
        few.frameFeatures(),
        few.trunk(),
        latent,
        states,
        few.angles(),
        dynamics,
        energy,
        base,
        gain,
        few.unfold(),
        few.blocks(),
        backdrop,
        blockActivation);
  }

  /**
   * Adapts this architecture, which is for frames of 32x32, to other frames: each doubling of the
   * size adds a layer of stride 2 before the state, whose size is unchanged, and a block to the
   * decoder.
   *
   * @param size height and width, 32 times a power of 2
   * @param channels channels of a frame
   */
  public HgnSpec forFrames(int size, int channels) {
    int doublings = Integer.numberOfTrailingZeros(size / frameSize);
    boolean inTransformer = frameFeatures == 0 && halves(transformer) && !halves(encoder);
    boolean inEncoder = frameFeatures == 0 && !inTransformer;
    VectorToImageSpec unfolded = unfold.forFrames(size);
    List<Integer> blocks = new ArrayList<>(decoder);
    int begin = unfold.profiles() > 0 ? unfolded.side() : frameSize >> decoder.size();
    while (begin << blocks.size() < size) {
      blocks.add(blocks.isEmpty() ? unfolded.filters() : blocks.get(blocks.size() - 1));
    }
    return new HgnSpec(
        size,
        channels,
        framesIn,
        contrast,
        frameFeatures,
        inEncoder ? withMoreStrides(encoder, doublings) : encoder,
        latent,
        inTransformer ? withMoreStrides(transformer, doublings) : transformer,
        angles,
        dynamics,
        hamiltonian,
        base,
        gain,
        unfolded,
        blocks,
        backdrop,
        blockActivation);
  }

  /** Values of the images, for each frame, that the decoder unfolds q into before its blocks. */
  public long unfoldedValues() {
    return unfold.imageValues();
  }

  /** Whether the first layer halves the size. */
  private static boolean halves(List<ConvSpec> layers) {
    return !layers.isEmpty() && layers.get(0).geometry().stride() == 2;
  }

  private static List<ConvSpec> withMoreStrides(List<ConvSpec> layers, int more) {
    ConvSpec first = layers.get(0);
    ConvSpec halving = ConvSpec.same(first.filters(), 2, first.activation()).scaled(first.gain());
    List<ConvSpec> all = new ArrayList<>(Collections.nCopies(more, halving));
    all.addAll(layers);
    return all;
  }

  /** This architecture with {@code channels} channels of z. */
  public HgnSpec withLatent(int channels) {
    return changed(framesIn, contrast, encoder, channels, transformer, dynamics);
  }

  /** This architecture with another contrast. */
  public HgnSpec seeing(Contrast other) {
    return changed(framesIn, other, encoder, latent, transformer, dynamics);
  }

  /** This architecture with or without a learnt backdrop. */
  public HgnSpec withBackdrop(boolean other) {
    return new HgnSpec(
        frameSize,
        frameChannels,
        framesIn,
        contrast,
        frameFeatures,
        encoder,
        latent,
        transformer,
        angles,
        dynamics,
        hamiltonian,
        base,
        gain,
        unfold,
        decoder,
        other,
        blockActivation);
  }

  /** This architecture with other dynamics. */
  public HgnSpec with(DynamicsKind other) {
    return changed(framesIn, contrast, encoder, latent, transformer, other);
  }

  /**
   * This architecture without f_psi: the encoder's z is the state, with the same channels and size.
   *
   * @param small the encoder's trunk, whose output must have the size of the state
   * @throws IllegalArgumentException if it has another size
   */
  public HgnSpec withoutTransformer(List<ConvSpec> small) {
    return changed(
        framesIn, contrast, small, 2 * phaseChannels() + angles.count(), List.of(), dynamics);
  }

  /** Height and width of z. */
  public int latentSize() {
    return size("encoder", frameFeatures > 0 ? 1 : frameSize, encoder);
  }

  /** Height and width of q, and of p. */
  public int phaseSize() {
    return size("transformer", latentSize(), transformer);
  }
}
