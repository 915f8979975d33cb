package hgn.explore;

import hgn.autograd.Var;
import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.dynamics.PhaseState;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.model.FilmModel;
import hgn.random.Streams;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.train.Experiment;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the states from which films begin: inferred from clips, drawn from the prior, or between.
 * Of a posterior z is the mean. What it gives belongs to the innermost arena.
 */
final class Beginnings {
  private final FilmModel model;
  private final BatchMaker clips;
  private final Backend backend;
  private final DType dtype;

  Beginnings(Experiment experiment) {
    model = experiment.model();
    Rollouts films = experiment.films(Split.TEST);
    clips = BatchMaker.ofFrames(films, experiment.window());
    backend = model.parameters().backend();
    dtype = model.parameters().dtype();
  }

  /** Returns how many numbers z has; 0 where the model has no latents. */
  int latents() {
    return model.latent(1).map(shape -> Math.toIntExact(shape.count())).orElse(0);
  }

  /**
   * Returns the state of a source in the portrait's plane or by latents.
   *
   * @param plane of the portrait
   */
  PhaseState state(Source source, Plane plane) {
    if (source.kind() == Source.Kind.POINT) {
      return plane.state(source.x(), source.y(), backend, dtype);
    }
    Optional<double[]> z = latents(source);
    if (z.isEmpty()) {
      return inferred(source.clip());
    }
    Shape shape = model.latent(1).orElseThrow();
    return model.imagine(Var.constant(Tensor.of(backend, dtype, shape, z.get())));
  }

  /** Returns the state that the model infers from a clip. */
  PhaseState inferred(int clip) {
    return model.infer(seen(clip), null);
  }

  /** Returns z of a source that is no point; empty where the model has no latents. */
  Optional<double[]> latents(Source source) {
    if (model.latent(1).isEmpty()) {
      if (source.kind() != Source.Kind.CLIP) {
        throw new RequestException(
            RequestException.BAD_REQUEST, "this model has no latents; it films clips and points");
      }
      return Optional.empty();
    }
    double[] z =
        switch (source.kind()) {
          case CLIP -> mean(source.clip());
          case SAMPLE -> drawn(source.seed());
          case MIX -> between(mean(source.clip()), mean(source.other()), source.share());
          case POINT ->
              throw new RequestException(RequestException.BAD_REQUEST, "a point has no latents");
        };
    for (Map.Entry<Integer, Double> edit : source.edits().entrySet()) {
      z[edit.getKey()] = edit.getValue();
    }
    return Optional.of(z);
  }

  private double[] mean(int clip) {
    return model.posterior(seen(clip)).orElseThrow().mean().value().toDoubles();
  }

  private double[] drawn(long seed) {
    Shape shape = model.latent(1).orElseThrow();
    return TensorOps.normal(backend, dtype, shape, seed, Streams.PRIOR.at(0)).toDoubles();
  }

  private static double[] between(double[] first, double[] second, double share) {
    double[] z = new double[first.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (1 - share) * first[i] + share * second[i];
    }
    return z;
  }

  /** The frames of a clip that the encoder sees. */
  private Var seen(int clip) {
    Batch batch = clips.make(new long[] {clip});
    return Var.constant(Tensor.of(backend, dtype, batch.clipShape(), batch.clips()));
  }
}
