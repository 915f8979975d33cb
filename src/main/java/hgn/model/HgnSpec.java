package hgn.model;

import hgn.nn.ConvSpec;
import hgn.tensor.Activation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The architecture of a Hamiltonian Generative Network.
 *
 * @param frameSize height and width of a frame; the decoder must arrive at it
 * @param frameChannels colours of a frame
 * @param framesIn frames that the encoder sees, stacked on channels
 * @param contrast how it sees them
 * @param frameFeatures numbers to which each frame is brought, see {@link FrameFeatures}, before
 *     the trunk; 0 for frames stacked on channels
 * @param encoder the encoder's trunk
 * @param latent channels of z
 * @param transformer from z to the state; its last layer's filters are the channels of q and p
 *     together. Without layers z itself is the state
 * @param angles coordinates of q that are angles
 * @param dynamics what moves a state on, made of {@code hamiltonian}'s layers
 * @param hamiltonian from (q, p) to the energy, whose last layer has one filter
 * @param base energy that the network's is added to
 * @param gain factor on the Hamiltonian network's initial scale
 * @param unfold from q to the image at which the decoder's blocks begin
 * @param decoder filters of the decoder's residual blocks, each of which doubles the size
 * @param backdrop whether frames have a learnt picture behind what q shows
 * @param blockActivation what follows the sum in each block
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
    UnfoldSpec unfold,
    List<Integer> decoder,
    boolean backdrop,
    Activation blockActivation) {

  /** With one energy of q and p together, and frames seen as they are. */
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
        UnfoldSpec.NONE,
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

  /** Filters of the last layer, 0 where there is none. */
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

  /** What distinguishes this architecture from the whole network of {@code family}, in words. */
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

  /** This architecture for an encoder that sees so many frames. */
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

  /** Channels in which networks see q. */
  int positionFeatures() {
    return angles.features(phaseChannels());
  }

  /** This architecture with states of a few numbers, and the networks that belong to them. */
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
   * This architecture, which is of frames of 32x32, for others: for each doubling of their size one
   * layer of stride 2 more on the way to the state, which stays as large as it is, and one block
   * more on the way back.
   *
   * @param size height and width, 32 times a power of 2
   * @param channels of a frame
   */
  public HgnSpec forFrames(int size, int channels) {
    int doublings = Integer.numberOfTrailingZeros(size / frameSize);
    boolean inTransformer = frameFeatures == 0 && halves(transformer) && !halves(encoder);
    boolean inEncoder = frameFeatures == 0 && !inTransformer;
    UnfoldSpec unfolded = unfold.forFrames(size);
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

  /** This architecture with so many channels of z. */
  public HgnSpec withLatent(int channels) {
    return changed(framesIn, contrast, encoder, channels, transformer, dynamics);
  }

  /** This architecture for an encoder that sees frames so. */
  public HgnSpec seeing(Contrast other) {
    return changed(framesIn, other, encoder, latent, transformer, dynamics);
  }

  /** This architecture with, or without, a learnt picture behind what q shows. */
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

  /** This architecture with states moved on by {@code other}. */
  public HgnSpec with(DynamicsKind other) {
    return changed(framesIn, contrast, encoder, latent, transformer, other);
  }

  /**
   * No f_psi: an encoder whose z is the state of this architecture, of its channels and size.
   *
   * @param small the encoder's trunk, which must come down to the size of the state
   * @throws IllegalArgumentException if it does not
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
