package hgn.config;

/**
 * The model, section {@code model}.
 *
 * @param preset architecture, which also brings defaults for other keys
 * @param family {@code hgn}, or {@code hnn}: pixelHNN, or {@code hnn-conv}: HNN with the networks
 *     of the HGN
 * @param latent channels of z; 0 for the preset's
 * @param phase numbers of q, and of p, in place of images; 0 for the preset's images
 * @param angles how many of these numbers of q are angles
 * @param frameFeatures numbers to which the encoder brings each frame first, where there is a
 *     phase; 0 for convolutions of all frames stacked on channels
 * @param octaves of sines and cosines of q that the decoder sees beside it, where there is a phase
 * @param profiles outer products of which the decoder makes its image, where there is a phase; 0
 *     for blocks that double an image of 4x4
 * @param transformer whether f_psi makes the state of z; if not, the encoder itself does
 * @param energy {@code joint}: H(q, p), or {@code separable}: T(p) + V(q)
 * @param dynamics {@code hamiltonian}, or {@code direct}: a network gives the rates of q and p
 * @param framesIn frames that the encoder sees
 * @param infer at which of them the state is inferred: {@code end}, the last of some frames and the
 *     first of all; or {@code middle} of all, from which motion is followed both ways; or {@code
 *     auto}, the middle of all and the last of some
 * @param contrast factor on the difference of frames from the background, as the encoder sees them;
 *     0 for frames as they are
 * @param backdrop whether the decoder has a learnt picture of what never moves
 * @param framesOut frames that are decoded and compared
 * @param integrator method that steps the state forward
 * @param base energy that the learnt one is added to
 * @param gain factor on the initial scale of the Hamiltonian network's weights
 * @param deterministic whether z is the posterior's mean and the KL term left out
 */
public record ModelConfig(
    @OneOf(Choices.PRESETS) String preset,
    @OneOf(Choices.FAMILIES) String family,
    @Range(min = 0, max = 1024) int latent,
    @Range(min = 0, max = 1024) int phase,
    @Range(min = 0, max = 1024) int angles,
    @Range(min = 0, max = 1024) int frameFeatures,
    @Range(min = 0, max = 24) int octaves,
    @Range(min = 0, max = 1024) int profiles,
    boolean transformer,
    @OneOf(Choices.ENERGIES) String energy,
    @OneOf(Choices.DYNAMICS) String dynamics,
    FramesIn framesIn,
    @OneOf(Choices.INFERRED) String infer,
    @Range(min = 0, max = 1000) double contrast,
    boolean backdrop,
    @Range(min = 1, max = 9999) int framesOut,
    @OneOf(Choices.INTEGRATORS) String integrator,
    @OneOf(Choices.BASES) String base,
    @Range(above = 0, max = 1000) double gain,
    boolean deterministic) {
  /** The Hamiltonian Generative Network. */
  public static final String HGN = "hgn";

  /** PixelHNN of Greydanus et al. */
  public static final String HNN = "hnn";

  /** HNN with the HGN's networks. */
  public static final String HNN_CONV = "hnn-conv";

  /** Dynamics without an energy. */
  public static final String DIRECT = "direct";

  /** The state at one end of the frames that are seen. */
  public static final String END = "end";

  /** The state in the middle of all frames. */
  public static final String MIDDLE = "middle";

  /** The state in the middle of all frames, and at the last of some. */
  public static final String AUTO = "auto";

  /** Whether the state is inferred in the middle of the frames. */
  public boolean infersMiddle() {
    return infer.equals(MIDDLE) || infer.equals(AUTO) && framesIn.isAll();
  }

  /** Whether the model learns as a Hamiltonian Neural Network does, from pairs of frames. */
  public boolean isHnn() {
    return !family.equals(HGN);
  }

  /** Frames that the encoder sees, as a number. */
  public int inputFrames() {
    return framesIn.isAll() ? framesOut : framesIn.count();
  }

  /**
   * Index of the frame whose state is inferred, if it is one at an end: the last one that the
   * encoder sees, but the very first where it sees all.
   */
  public int inferredFrame() {
    return framesIn.isAll() ? 0 : framesIn.count() - 1;
  }

  /** Frames of a whole rollout: those before the inferred state, and the decoded ones. */
  public int rolloutFrames() {
    return inferredFrame() + framesOut;
  }
}
