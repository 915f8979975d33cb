package hgn.explore;

import hgn.data.BatchMaker;
import hgn.frames.Split;
import hgn.predict.PosteriorStats;
import hgn.train.Experiment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The numbers of z that a model uses: those whose posteriors differ from the prior, by the mean
 * divergence over some test clips.
 */
final class ActiveLatents {
  private static final int CLIPS = 64;
  private static final int MOST = 32;

  /** Nats below which a number of z says next to nothing. */
  private static final double USED = 0.05;

  private final Experiment experiment;
  private final double[] nats;
  private final List<Integer> active;

  /** Looks at the posteriors of at most so many test clips; a model without any has no latents. */
  ActiveLatents(Experiment experiment, int clips) {
    this.experiment = experiment;
    Optional<PosteriorStats> posteriors =
        stats(LongStream.range(0, Math.min(CLIPS, clips)).toArray());
    nats = posteriors.map(ActiveLatents::divergences).orElse(new double[0]);
    active =
        IntStream.range(0, nats.length)
            .filter(i -> nats[i] > USED)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -nats[i]))
            .limit(MOST)
            .toList();
  }

  private Optional<PosteriorStats> stats(long[] clips) {
    BatchMaker maker = BatchMaker.ofFrames(experiment.films(Split.TEST), experiment.window());
    return experiment.predictor().posteriors(maker.make(clips));
  }

  /**
   * Divergence of each number of z, KL(N(m, v) || N(0, 1)) = (m^2 + v - 1 - ln v)/2, on average.
   */
  private static double[] divergences(PosteriorStats posteriors) {
    double[][] means = posteriors.means();
    double[] sums = new double[means[0].length];
    for (int n = 0; n < means.length; n++) {
      for (int i = 0; i < sums.length; i++) {
        double v = posteriors.variances()[n][i];
        sums[i] += (means[n][i] * means[n][i] + v - 1 - Math.log(v)) / 2 / means.length;
      }
    }
    return sums;
  }

  /**
   * Returns the latents as the page takes them.
   *
   * @param z their values now
   * @param clip whose posterior is told too; negative for none
   */
  Map<String, Object> json(double[] z, int clip) {
    Optional<PosteriorStats> posterior = clip < 0 ? Optional.empty() : stats(new long[] {clip});
    List<Map<String, Object>> all = new ArrayList<>();
    for (int i : active) {
      Map<String, Object> latent = new LinkedHashMap<>();
      latent.put("index", i);
      latent.put("value", Numbers.of(z[i]));
      latent.put("mean", posterior.map(stats -> stats.means()[0][i]).orElse(null));
      latent.put(
          "deviation", posterior.map(stats -> Math.sqrt(stats.variances()[0][i])).orElse(null));
      latent.put("nats", nats[i]);
      all.add(latent);
    }
    return Map.of("latents", all);
  }
}
