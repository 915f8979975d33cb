package hgn.floor;

import hgn.floor.likelihood.Likelihoods;
import hgn.floor.likelihood.Observation;
import hgn.frames.RolloutGenerator;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import hgn.threads.ThreadPools;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Computes the achievable errors. Each film is a task with its own random stream, so the result
 * does not depend on the number of threads.
 */
public final class FloorMeasurement {
  /** Motions used to find which coordinates move which discs, and how far. */
  private static final int PROBES = 256;

  private final FloorSettings settings;
  private final TestFilms films;
  private final Likelihoods sights;
  private final PosteriorSampler sampler;

  /** Receives progress. */
  @FunctionalInterface
  public interface Listener {
    /** Called when {@code films} films are done. */
    void done(int films);
  }

  /**
   * Prepares the computation.
   *
   * @throws IllegalArgumentException if the likelihood of this system's frames cannot be computed
   */
  public FloorMeasurement(FloorSettings settings) {
    this.settings = settings;
    this.films = new TestFilms(settings);
    RolloutGenerator rollouts = settings.rollouts();
    Motions motions = new Motions(rollouts.system(), rollouts.dt(), settings.sigma());
    Prior prior = new Prior(rollouts.system(), settings.seed(), PROBES);
    List<double[]> probes = probes(prior, motions);
    Observation view = new Observation(rollouts.system(), rollouts.renderer(), probes);
    this.sights = new Likelihoods(view, probes, settings.sigma());
    this.sampler = new PosteriorSampler(settings, prior, motions);
  }

  /** Coordinates along sample motions. */
  private List<double[]> probes(Prior prior, Motions motions) {
    PhysicalSystem system = settings.rollouts().system();
    int n = system.degreesOfFreedom();
    int frames = settings.clip().rolloutFrames();
    var rng = Draws.PROBES.of(settings.seed(), 0);
    double[] path = new double[frames * n];
    List<double[]> probes = new ArrayList<>();
    for (int i = 0; i < PROBES; i++) {
      if (motions.follow(prior.state(prior.point(rng)), frames, path)) {
        for (int t = 0; t < frames; t++) {
          double[] q = new double[n];
          System.arraycopy(path, t * n, q, 0, n);
          probes.add(q);
        }
      }
    }
    if (probes.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[floor] %s: none of %d motions can be computed; look at its equations of motion",
              system.name(),
              PROBES));
    }
    return probes;
  }

  /** Runs the computation on {@code threads} threads. */
  public FloorReport measure(int threads, Listener listener) {
    ExecutorService pool = ThreadPools.fixed(threads, "floor");
    try {
      List<Future<FilmErrorBounds>> tasks = new ArrayList<>();
      for (int film = 0; film < settings.films(); film++) {
        int number = film;
        tasks.add(pool.submit(() -> measure(number)));
      }
      StaticBaselines stills = StaticBaselines.of(settings, films);
      List<FilmErrorBounds> found = new ArrayList<>();
      for (Future<FilmErrorBounds> task : tasks) {
        found.add(task.get());
        listener.done(found.size());
      }
      return FloorReport.of(found, stills);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("[floor] interrupted", interrupted);
    } finally {
      pool.shutdownNow();
    }
  }

  private FilmErrorBounds measure(int film) {
    FilmScorer scorer = new FilmScorer(settings);
    PhasePath drawn = films.drawn(film);
    double noise = scorer.noise(film, films.path(film));
    Posterior posterior = sampler.sample(film, sights.of(drawn, settings.clip().framesIn()));
    return scorer.score(film, noise, drawn, posterior);
  }
}
