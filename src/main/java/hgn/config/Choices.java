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

/**
 * The words allowed by {@link OneOf}. Each list comes from the code that implements the choices.
 */
enum Choices {
  /** Physical systems. */
  SYSTEMS(
      () ->
          Stream.concat(
                  Systems.all().stream().map(PhysicalSystem::name), Stream.of(DataConfig.NONE))
              .toList()),
  /** How frames that are not square are made square. */
  FITS(() -> List.of(DataConfig.CROP, DataConfig.LETTERBOX)),
  /** Densities on the plane. */
  DENSITIES(Densities::names),
  /** Renderers. */
  RENDERERS(() -> Renderers.NAMES),
  /** Architectures with their default settings. */
  PRESETS(() -> Presets.NAMES),
  /** Kinds of model. */
  FAMILIES(() -> List.of(ModelConfig.HGN, ModelConfig.HNN, ModelConfig.HNN_CONV)),
  /** Forms of the learnt energy. */
  ENERGIES(() -> DynamicsKind.ENERGIES),
  /** Dynamics of the latent state. */
  DYNAMICS(() -> DynamicsKind.DYNAMICS),
  /** Networks of a model: the first part of its parameters' names. */
  NETWORKS(() -> List.of("encoder", "transformer", "hamiltonian", "dynamics", "decoder")),
  /** Where in the clip the state is inferred. */
  INFERRED(() -> List.of(ModelConfig.END, ModelConfig.MIDDLE, ModelConfig.AUTO)),
  /** Integrators of the learnt energy. */
  INTEGRATORS(() -> Integrators.all().stream().map(Integrator::name).toList()),
  /** Fixed energies to which the learnt one is added. */
  BASES(BaseEnergy::names),
  /** Learning rate schedules. */
  SCHEDULES(() -> List.of(TrainConfig.CONSTANT, TrainConfig.COSINE)),
  /** Training objectives. */
  OBJECTIVES(() -> List.of(TrainConfig.GECO, TrainConfig.VAE, TrainConfig.SUM)),
  /**
   * Backends, including those that this machine cannot run; {@code auto} selects the fastest
   * available one.
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

  /** Whether {@code word} is allowed. A system may also be given by its class name. */
  boolean accepts(String word) {
    return names().contains(word) || this == SYSTEMS && isClass(word);
  }

  /** Whether a system is given by its class name. */
  static boolean isClass(String system) {
    return system.indexOf('.') > 0;
  }
}
