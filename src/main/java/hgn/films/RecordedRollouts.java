package hgn.films;

import hgn.frames.Rollouts;
import java.util.Locale;
import java.util.Optional;

/**
 * Windows of films read from files. A window has T frames, every k-th of the film; windows start at
 * every {@code stride}-th frame and must lie within the film.
 */
public final class RecordedRollouts implements Rollouts {
  /** Tolerance of a time step from a whole number of frames. */
  private static final double WHOLE = 1e-9;

  private final FilmSet set;
  private final int[] films;
  private final Cut cut;
  private final double background;
  private final Cut numbering;
  private final long[] firstOf;
  private final int count;

  /**
   * How windows are cut.
   *
   * @param frames T, frames per window
   * @param every frames of the film per frame of the window
   * @param stride frames of the film between the starts of consecutive windows
   * @param dt seconds between frames of a window
   */
  public record Cut(int frames, int every, int stride, double dt) {
    /** Frames of the film that a window covers. */
    private long span(int length) {
      return (length - 1L) * every + 1;
    }

    /** Number of windows in a film. */
    long windows(int length) {
      return length < span(frames) ? 0 : (length - span(frames)) / stride + 1;
    }

    Cut withFrames(int other) {
      return new Cut(other, every, stride, dt);
    }
  }

  /**
   * Creates the windows of some films.
   *
   * @param films indices of the films in the set
   * @param background mean of the static background over all channels
   */
  public RecordedRollouts(FilmSet set, int[] films, Cut cut, double background) {
    this(set, films, cut, background, cut);
  }

  /**
   * As {@link #RecordedRollouts(FilmSet, int[], Cut, double)}.
   *
   * @param numbered the windows that define the rollouts' indices
   */
  private RecordedRollouts(FilmSet set, int[] films, Cut cut, double background, Cut numbered) {
    this.set = set;
    this.films = films.clone();
    this.cut = cut;
    this.background = background;
    this.firstOf = new long[films.length + 1];
    for (int i = 0; i < films.length; i++) {
      firstOf[i + 1] = firstOf[i] + numbered.windows(set.frames(films[i]));
    }
    this.count = Math.toIntExact(firstOf[films.length]);
    this.numbering = numbered;
  }

  /** Number of windows. */
  public int count() {
    return count;
  }

  @Override
  public int frames() {
    return cut.frames();
  }

  @Override
  public double dt() {
    return cut.dt();
  }

  @Override
  public int resolution() {
    return set.size();
  }

  @Override
  public int colours() {
    return set.channels();
  }

  @Override
  public double background() {
    return background;
  }

  /** Returns the same windows with another length. Films may be too short for longer ones. */
  @Override
  public RecordedRollouts withFrames(int frames) {
    return new RecordedRollouts(set, films, cut.withFrames(frames), background, numbering);
  }

  @Override
  public void render(long index, float[] dst, int offset) {
    Place place = place(index);
    if (!place.has(0, cut.every(), cut.frames())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[films] window %d of %s does not go on for %d frames",
              index,
              set.name(place.film),
              cut.frames()));
    }
    place.read(0, cut.every(), cut.frames(), dst, offset);
  }

  @Override
  public Optional<float[]> film(long index, int from, double step, int length) {
    double pace = step / cut.dt() * cut.every();
    long whole = Math.round(pace);
    if (Math.abs(pace - whole) > WHOLE * Math.max(1, Math.abs(pace)) || whole == 0) {
      return Optional.empty();
    }
    Place place = place(index);
    int first = from * cut.every();
    if (!place.has(first, (int) whole, length)) {
      return Optional.empty();
    }
    float[] film = new float[Math.multiplyExact(length, frameLength())];
    place.read(first, (int) whole, length, film, 0);
    return Optional.of(film);
  }

  @Override
  public Optional<double[][]> states(long index) {
    Place place = place(index);
    if (!set.hasStates() || !place.has(0, cut.every(), cut.frames())) {
      return Optional.empty();
    }
    double[][] states = new double[cut.frames()][];
    for (int t = 0; t < states.length; t++) {
      states[t] = set.state(place.film, place.start + t * cut.every());
    }
    return Optional.of(states);
  }

  /** The meaning of a state's components is unknown. */
  @Override
  public boolean[] angles() {
    return new boolean[set.hasStates() ? set.state(films[0], 0).length / 2 : 0];
  }

  /** The start of a window. */
  private Place place(long index) {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "[films] there is no window " + index + "; there are " + count);
    }
    int low = 0;
    int high = films.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firstOf[middle] <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return new Place(films[low], Math.toIntExact((index - firstOf[low]) * cut.stride()));
  }

  /** A film and a reference frame in it. */
  private final class Place {
    private final int film;
    private final int start;

    Place(int film, int start) {
      this.film = film;
      this.start = start;
    }

    boolean has(int first, int pace, int length) {
      long begin = (long) start + first;
      long end = begin + (long) pace * (length - 1);
      int last = set.frames(film) - 1;
      return begin >= 0 && begin <= last && end >= 0 && end <= last;
    }

    void read(int first, int pace, int length, float[] dst, int offset) {
      for (int t = 0; t < length; t++) {
        set.read(film, start + first + t * pace, dst, offset + t * frameLength());
      }
    }
  }
}
