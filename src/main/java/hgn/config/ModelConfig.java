package hgn.config;

/**
 * Model settings, section {@code model}.
 *
 * @param preset architecture; also sets defaults of other keys
 * @param family {@code hgn}; {@code hnn}: pixelHNN; or {@code hnn-conv}: an HNN with the HGN's
 *     networks
 * @param latent channels of z; 0 for the preset's default
 * @param phase dimension of q, and of p, as vectors; 0 for q and p as images of the preset's shape
 * @param angles number of components of q that are angles
 * @param frameFeatures features that the encoder extracts from each frame, if phase &gt; 0; 0 for
 *     convolutions over all frames stacked on channels
 * @param octaves of sines and cosines of q (Fourier features) as additional decoder inputs, if
 *     phase &gt; 0
 * @param profiles outer products that the decoder sums to an image, if phase &gt; 0; 0 for
 *     upsampling blocks that start from 4x4
 * @param transformer whether f_psi maps z to the state; if not, z is the state
 * @param energy {@code joint}: H(q, p), or {@code separable}: T(p) + V(q)
 * @param dynamics {@code hamiltonian}, or {@code direct}: a network outputs dq/dt and dp/dt
 * @param framesIn frames that the encoder sees
 * @param infer frame at which the state is inferred. {@code end}: the last frame seen, or the first
 *     if the encoder sees all; {@code middle}: the middle of all frames, with integration in both
 *     directions; {@code auto}: the middle if the encoder sees all frames, else the last
 * @param contrast factor on frames minus background at the encoder's input; 0 for unchanged frames
 * @param backdrop whether the decoder has a learnt image of the static background
 * @param framesOut frames decoded and compared with the data
 * @param integrator name of the integrator
 * @param base fixed energy to which the learnt one is added
 * @param gain factor on the initial scale of the Hamiltonian network's weights
 * @param deterministic whether z is the posterior mean and the KL term is omitted
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

  /** An HNN with the HGN's networks. */
  public static final String HNN_CONV = "hnn-conv";

  /** Dynamics without an energy. */
  public static final String DIRECT = "direct";

  /** Infers the state at one end of the frames seen. */
  public static final String END = "end";

  /** Infers the state in the middle of all frames. */
  public static final String MIDDLE = "middle";

  /** Infers the state in the middle if the encoder sees all frames, else at the last frame seen. */
  public static final String AUTO = "auto";

  /** Whether the state is inferred in the middle of the frames. */
  public boolean infersMiddle() {
    return infer.equals(MIDDLE) || infer.equals(AUTO) && framesIn.isAll();
  }

  /** Whether the model is a Hamiltonian Neural Network, which learns from pairs of frames. */
  public boolean isHnn() {
    return !family.equals(HGN);
  }

  /** Number of frames that the encoder sees. */
  public int inputFrames() {
    return framesIn.isAll() ? framesOut : framesIn.count();
  }

  /**
   * Index of the frame whose state is inferred at an end: the last that the encoder sees, or the
   * first if it sees all.
   */
  public int inferredFrame() {
    return framesIn.isAll() ? 0 : framesIn.count() - 1;
  }

  /** Frames of a whole rollout: those before the inferred state plus the decoded ones. */
  public int rolloutFrames() {
    return inferredFrame() + framesOut;
  }
}
