package hgn.config;

import hgn.density.Densities;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.frames.Renderers;
import hgn.model.BaseEnergy;
import hgn.model.DynamicsKind;
import hgn.model.Presets;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.tensor.BackendProvider;
import hgn.tensor.Backends;
import hgn.tensor.Precision;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The names that configurations choose from; each list is asked of the code that knows it. */
enum Choices {
  /** Physical systems. */
  SYSTEMS(
      () ->
          Stream.concat(
                  Systems.all().stream().map(PhysicalSystem::name), Stream.of(DataConfig.NONE))
              .toList()),
  /** How frames that are not square are brought to squares. */
  FITS(() -> List.of(DataConfig.CROP, DataConfig.LETTERBOX)),
  /** Densities in the plane. */
  DENSITIES(Densities::names),
  /** How frames are drawn. */
  RENDERERS(() -> Renderers.NAMES),
  /** Architectures with their settings. */
  PRESETS(() -> Presets.NAMES),
  /** Kinds of model. */
  FAMILIES(() -> List.of(ModelConfig.HGN, ModelConfig.HNN, ModelConfig.HNN_CONV)),
  /** Forms of the learnt energy. */
  ENERGIES(() -> DynamicsKind.ENERGIES),
  /** Ways to move a state on. */
  DYNAMICS(() -> DynamicsKind.DYNAMICS),
  /** Networks of a model: the first words of its parameters' names. */
  NETWORKS(() -> List.of("encoder", "transformer", "hamiltonian", "dynamics", "decoder")),
  /** Where a state is inferred. */
  INFERRED(() -> List.of(ModelConfig.END, ModelConfig.MIDDLE, ModelConfig.AUTO)),
  /** Integrators of the learnt energy. */
  INTEGRATORS(() -> Integrators.all().stream().map(Integrator::name).toList()),
  /** Energies that the learnt one is added to. */
  BASES(BaseEnergy::names),
  /** Courses of the learning rate. */
  SCHEDULES(() -> List.of(TrainConfig.CONSTANT, TrainConfig.COSINE)),
  /** Losses. */
  OBJECTIVES(() -> List.of(TrainConfig.GECO, TrainConfig.VAE, TrainConfig.SUM)),
  /**
   * Backends, whether or not they run on this machine; {@code auto} takes the fastest that does.
   */
  BACKENDS(
      () ->
          Stream.concat(Stream.of("auto"), Backends.providers().stream().map(BackendProvider::name))
              .toList()),
  /** Precisions of convolutions on devices that offer several. */
  PRECISIONS(Precision::names);

  private final Supplier<List<String>> names;

  Choices(Supplier<List<String>> names) {
    this.names = names;
  }

  List<String> names() {
    return names.get();
  }

  /** Whether a word may stand; a system may also be named by its class. */
  boolean accepts(String word) {
    return names().contains(word) || this == SYSTEMS && word.indexOf('.') > 0;
  }
}
