package hgn.peer;

import hgn.bench.BenchWork;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** What can be timed, and how hgn4j does it. */
enum Part {
  STEP(BenchWork::step),
  ROLLOUT(BenchWork::rollout),
  ROLLOUT_GRAD(BenchWork::rolloutGrad),
  ENCODER(BenchWork::encoder),
  DECODER(BenchWork::decoder);

  private final Function<BenchWork, Runnable> here;

  Part(Function<BenchWork, Runnable> here) {
    this.here = here;
  }

  /** Done by hgn4j. */
  Runnable of(BenchWork work) {
    return here.apply(work);
  }

  /**
   * The part of that name.
   *
   * @throws TypeConversionException if there is none
   */
  static Part named(String name) {
    return Arrays.stream(values())
        .filter(part -> part.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + name + "' is unknown; allowed: " + Arrays.toString(values())));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
