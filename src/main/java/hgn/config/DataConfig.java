package hgn.config;

import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import java.nio.file.Path;
import java.util.List;

/**
 * Data settings, section {@code data}: rollouts of a physical system, or films read from files.
 *
 * @param system physical system: a name, or the name of a user's class; {@code none} for films
 * @param asPrinted whether to use the Hamiltonian as printed in the paper, misprints included
 * @param renderer name of the renderer
 * @param noise standard deviation of the noise added to states before rendering
 * @param films file or folder of films; empty for a physical system
 * @param filmsKey name of the array or data set within the file; empty if there is only one
 * @param filmsDigest fingerprint of the films; computed when they are read
 * @param cache cache folder; empty for one beside the films
 * @param size height and width to which frames are resized; 0 for the largest supported size that
 *     the frames fill
 * @param colours channels to which frames are converted, 1 or 3; 0 for the films' own
 * @param fit {@code crop} to the central square, or {@code letterbox} the whole frame
 * @param every take every n-th frame
 * @param stride frames between the starts of consecutive windows
 * @param testShare fraction of the films in the test set; the validation set is equally large
 * @param skipDamaged whether to skip films that cannot be read
 * @param background mean of the static background over all channels; computed when films are read
 * @param trainRollouts rollouts in the training set
 * @param testRollouts rollouts in the test set
 * @param dt time between frames, in seconds
 * @param seed seed of initial states and noise, or of the split of films
 * @param workers threads that generate rollouts; 0 means one per processor
 */
public record DataConfig(
    @OneOf(Choices.SYSTEMS) String system,
    boolean asPrinted,
    @OneOf(Choices.RENDERERS) String renderer,
    Noise noise,
    String films,
    String filmsKey,
    String filmsDigest,
    String cache,
    @Range(min = 0, max = 128) int size,
    @Range(min = 0, max = 3) int colours,
    @OneOf(Choices.FITS) String fit,
    @Range(min = 1, max = 10000) int every,
    @Range(min = 1, max = 10000) int stride,
    @Range(min = 0, max = 0.49) double testShare,
    boolean skipDamaged,
    @Range(min = 0, max = 1) double background,
    @Range(min = 1) int trainRollouts,
    @Range(min = 1) int testRollouts,
    @Range(above = 0) double dt,
    long seed,
    @Range(min = 0, max = 1024) int workers) {
  /** No physical system. */
  public static final String NONE = "none";

  /** Crops frames to the central square. */
  public static final String CROP = "crop";

  /** Keeps whole frames, padded with black. */
  public static final String LETTERBOX = "letterbox";

  /** Frame sizes that the networks support. */
  public static final List<Integer> SIZES = List.of(32, 64, 128);

  private static final int RGB = 3;

  /**
   * Checks constraints between keys.
   *
   * @throws ConfigException if the system is unknown or has no printed form, or if both a system
   *     and films are given
   */
  public DataConfig {
    if (films.isEmpty() == system.equals(NONE)) {
      throw new ConfigException(
          films.isEmpty()
              ? "data.system = none needs films: name a file or folder in data.films"
              : "data.films = "
                  + films
                  + " does not go with data.system = "
                  + system
                  + ": data comes from films or from a system, not both; leave one of them out");
    }
    if (size != 0 && !SIZES.contains(size)) {
      throw new ConfigException(
          "data.size = " + size + ": the networks support frames of 32, 64 and 128 pixels");
    }
    if (colours == 2) {
      throw new ConfigException("data.colours = 2: frames have 1 channel, or 3; 0 keeps theirs");
    }
    if (!system.equals(NONE)) {
      requireSystem(system, asPrinted);
      if (colours == 1) {
        throw new ConfigException(
            "data.colours = 1 is for films only; a system's frames have 3 channels: leave it out");
      }
    }
  }

  private static void requireSystem(String system, boolean asPrinted) {
    try {
      Systems.byName(system, asPrinted);
    } catch (IllegalArgumentException unusable) {
      throw new ConfigException("data.system: " + unusable.getMessage());
    }
  }

  /** Whether the data is films read from files. */
  public boolean isRecorded() {
    return system.equals(NONE);
  }

  /** The physical system. */
  public PhysicalSystem filmed() {
    return Systems.byName(system, asPrinted);
  }

  /** A short name of the data: the system's name without its package, or the films' file name. */
  public String title() {
    if (!isRecorded()) {
      return filmed().name().replaceFirst(".*[.$]", "");
    }
    Path name = Path.of(films).toAbsolutePath().normalize().getFileName();
    String word = name == null ? "" : name.toString().replaceFirst("\\.[A-Za-z0-9]{1,8}$", "");
    String plain = word.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return plain.isEmpty() ? "films" : plain;
  }

  /** Height and width of frames; for films, valid once they have been read. */
  public int frameSize() {
    return size == 0 ? SIZES.get(0) : size;
  }

  /** Channels of frames; for films, valid once they have been read. */
  public int frameChannels() {
    return colours == 0 ? RGB : colours;
  }
}
