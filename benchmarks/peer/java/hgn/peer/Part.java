package hgn.peer;

import hgn.bench.BenchWork;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** What can be timed, and how each side does it. */
enum Part {
  STEP(BenchWork::step, TorchWork::step),
  ROLLOUT(BenchWork::rollout, TorchWork::rollout),
  ROLLOUT_GRAD(BenchWork::rolloutGrad, TorchWork::rolloutGrad),
  ENCODER(BenchWork::encoder, TorchWork::encoder),
  DECODER(BenchWork::decoder, TorchWork::decoder);

  private final Function<BenchWork, Runnable> here;
  private final Function<TorchWork, Runnable> there;

  Part(Function<BenchWork, Runnable> here, Function<TorchWork, Runnable> there) {
    this.here = here;
    this.there = there;
  }

  /** Done by hgn4j. */
  Runnable of(BenchWork work) {
    return here.apply(work);
  }

  /** Done by libtorch. */
  Runnable of(TorchWork work) {
    return there.apply(work);
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
