package hgn.train.flow;

import hgn.density.Densities;
import hgn.density.Density;
import hgn.flow.FlowSpec;
import hgn.flow.NeuralHamiltonianFlow;
import hgn.nn.Adam;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.train.config.FlowConfig;
import hgn.train.config.FlowModelConfig;

/** A configuration made into a density, a flow and its optimiser; it must be closed. */
public final class FlowExperiment implements AutoCloseable {
  private final FlowConfig config;
  private final Density density;
  private final NeuralHamiltonianFlow model;
  private final Adam adam;

  /** With initial parameters, in float32 on the configured backend. */
  public FlowExperiment(FlowConfig config) {
    this(config, Backends.get(config.engine().backend()), DType.FLOAT32);
  }

  /** With initial parameters, on another backend or in another dtype. */
  public FlowExperiment(FlowConfig config, Backend backend, DType dtype) {
    FlowModelConfig flow = config.flow();
    FlowSpec spec = new FlowSpec(2, flow.flows(), flow.leapfrogSteps(), flow.dt(), flow.hidden());
    this.config = config;
    this.density = Densities.byName(flow.density());
    this.model = new NeuralHamiltonianFlow(spec, backend, dtype, config.train().seed());
    this.adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 0);
  }

  /** All settings. */
  public FlowConfig config() {
    return config;
  }

  /** What is learnt. */
  public Density density() {
    return density;
  }

  /** What learns it. */
  public NeuralHamiltonianFlow model() {
    return model;
  }

  /** The optimiser. */
  public Adam adam() {
    return adam;
  }

  @Override
  public void close() {
    adam.close();
    model.close();
  }
}
