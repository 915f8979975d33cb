package hgn.config;

import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import java.nio.file.Path;
import java.util.List;

/**
 * The data, section {@code data}: rollouts of a physical system, or films that were read.
 *
 * @param system physical system: a name, or the class of one's own; {@code none} for films
 * @param asPrinted whether it moves by the Hamiltonian that the paper prints, misprints included
 * @param renderer how frames are drawn
 * @param noise standard deviation of the noise on states before they are drawn
 * @param films file or folder of films; empty for those of a system
 * @param filmsKey which array or data set of it they are; empty for the only one
 * @param filmsDigest what tells these films from others; found when they are read
 * @param cache folder of the cache; empty for one beside the films
 * @param size height and width to which their frames are brought; 0 for the nearest to theirs
 * @param colours channels to which they are brought, 1 or 3; 0 for theirs
 * @param fit {@code crop} to the square in the middle, or {@code letterbox}: whole frames
 * @param every each so many-th frame is taken
 * @param stride frames from the beginning of a window to that of the next
 * @param testShare share of the films that are measured on, and as many for validation
 * @param skipDamaged whether films that cannot be read are left out
 * @param background mean of the colours of what stands still; found when films are read
 * @param trainRollouts rollouts to learn from
 * @param testRollouts rollouts to measure on
 * @param dt time between frames, in seconds
 * @param seed seed of initial states and noise, or of the split of films
 * @param workers threads that make rollouts; 0 means one a processor
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

  /** The square in the middle of frames. */
  public static final String CROP = "crop";

  /** Whole frames, with black beside them. */
  public static final String LETTERBOX = "letterbox";

  /** Sizes of frames that networks exist for. */
  public static final List<Integer> SIZES = List.of(32, 64, 128);

  private static final int RGB = 3;

  /**
   * Checks what no key can know alone.
   *
   * @throws ConfigException if there is no such system, or it has no printed form, or films are
   *     asked for beside it
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
                  + ": films are of a system of their own; leave one of them out");
    }
    if (size != 0 && !SIZES.contains(size)) {
      throw new ConfigException(
          "data.size = " + size + ": networks exist for frames of 32, 64 and 128 pixels");
    }
    if (colours == 2) {
      throw new ConfigException("data.colours = 2: frames have 1 channel, or 3; 0 keeps theirs");
    }
    if (!system.equals(NONE)) {
      requireSystem(system, asPrinted);
      if (colours == 1) {
        throw new ConfigException(
            "data.colours = 1 is of films; those of a system have 3 channels: leave it out");
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

  /** Whether films were read, and not made. */
  public boolean isRecorded() {
    return system.equals(NONE);
  }

  /** The physical system. */
  public PhysicalSystem filmed() {
    return Systems.byName(system, asPrinted);
  }

  /** A word for what is learnt: the system's name, without its package, or that of the films. */
  public String title() {
    if (!isRecorded()) {
      return filmed().name().replaceFirst(".*[.$]", "");
    }
    Path name = Path.of(films).toAbsolutePath().normalize().getFileName();
    String word = name == null ? "" : name.toString().replaceFirst("\\.[A-Za-z0-9]{1,8}$", "");
    String plain = word.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return plain.isEmpty() ? "films" : plain;
  }

  /** Height and width of frames, once they are known. */
  public int frameSize() {
    return size == 0 ? SIZES.get(0) : size;
  }

  /** Channels of frames, once they are known. */
  public int frameChannels() {
    return colours == 0 ? RGB : colours;
  }
}
