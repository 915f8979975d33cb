package hgn.cli;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.cli.console.Failure;
import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrators;
import hgn.model.FilmModel;
import hgn.model.HgnSpec;
import hgn.nn.Parameters;
import hgn.run.RunFolder;
import hgn.tapeview.TapeGraph;
import hgn.tapeview.Tapes;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.train.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The computation that {@code tape} draws. */
final class TapeSubject {
  private final Backend backend;
  private final int batch;

  /** Records on this backend with this batch size. */
  TapeSubject(Backend backend, int batch) {
    this.backend = backend;
    this.batch = batch;
  }

  /**
   * Records the tape.
   *
   * @param what kick, leapfrog, encoder or a path
   * @param preset name of the encoder's architecture
   * @param shape the encoder's architecture
   */
  TapeGraph tape(String what, String preset, HgnSpec shape) {
    return switch (what) {
      case "kick" -> Tapes.kick(backend, batch);
      case "leapfrog" -> Tapes.leapfrog(backend, batch);
      case "encoder" -> Tapes.encoder("The " + preset + " encoder", shape, backend, batch);
      default -> ofFile(Path.of(what));
    };
  }

  private TapeGraph ofFile(Path path) {
    if (!Files.exists(path)) {
      throw new Failure(
          "--of "
              + path
              + " is not a file; give kick, leapfrog, encoder, a run's folder, or a"
              + " configuration");
    }
    List<String> settings = List.of("engine.backend=" + backend.name());
    Config config =
        Files.isDirectory(path)
            ? ConfigLoader.ofRun(RunFolder.open(path).config(), settings)
            : ConfigLoader.load(path, settings);
    try (Experiment experiment = new Experiment(config)) {
      FilmModel model = experiment.model();
      Hamiltonian energy =
          model
              .energy()
              .orElseThrow(
                  () -> new Failure("--of " + path + " has direct dynamics and no energy"));
      String integrator = config.model().integrator();
      return Tapes.step(
          "A step of " + integrator + " in " + path,
          energy,
          model.parameters(),
          Integrators.named(integrator),
          stateShape(model, config.model().inputFrames()));
    }
  }

  /** Shape of q, from a state inferred from blank frames. */
  private Shape stateShape(FilmModel model, int frames) {
    Parameters parameters = model.parameters();
    int size = model.frameSize();
    Shape clips = Shape.of(batch, size, size, frames * model.frameChannels());
    try (Arena arena = Arena.open("tape");
        Tape.Mode off = Tape.pause()) {
      Var blank = Var.constant(Tensor.full(backend, parameters.dtype(), clips, 0));
      return model.infer(blank, null).q().shape();
    }
  }
}
