package hgn.explore;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.dynamics.PhaseState;
import hgn.frames.Split;
import hgn.model.FilmModel;
import hgn.tensor.Arena;
import hgn.tensor.Tensor;
import hgn.train.Experiment;
import java.util.List;

/** The frame that a model draws of the state that it infers from a test clip. */
final class InferredFrame {
  private InferredFrame() {}

  static float[] of(Experiment experiment, int clip) {
    FilmModel model = experiment.model();
    Batch batch =
        BatchMaker.ofFrames(experiment.films(Split.TEST), experiment.window())
            .make(new long[] {clip});
    try (Arena arena = Arena.open("test");
        Tape.Mode off = Tape.pause()) {
      Var clips =
          Var.constant(
              Tensor.of(
                  model.parameters().backend(),
                  model.parameters().dtype(),
                  batch.clipShape(),
                  batch.clips()));
      PhaseState state = model.infer(clips, null);
      return model.decode(List.of(state)).value().toFloats();
    }
  }
}
