package hgn.train.nhf;

import hgn.config.NhfConfig;
import hgn.config.NhfModelConfig;
import hgn.density.Densities;
import hgn.density.Density;
import hgn.nhf.NeuralHamiltonianFlow;
import hgn.nhf.NhfSpec;
import hgn.nn.Adam;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;

/** The density, flow and optimiser of a configuration. Must be closed. */
public final class NhfExperiment implements AutoCloseable {
  private final NhfConfig config;
  private final Density density;
  private final NeuralHamiltonianFlow model;
  private final Adam adam;

  /** Creates it with initial parameters, in float32 on the configured backend. */
  public NhfExperiment(NhfConfig config) {
    this(config, Backends.get(config.engine().backend()), DType.FLOAT32);
  }

  /** Creates it with initial parameters, on another backend or in another dtype. */
  public NhfExperiment(NhfConfig config, Backend backend, DType dtype) {
    NhfModelConfig flow = config.flow();
    NhfSpec spec = new NhfSpec(2, flow.flows(), flow.leapfrogSteps(), flow.dt(), flow.hidden());
    this.config = config;
    this.density = Densities.byName(flow.density());
    this.model = new NeuralHamiltonianFlow(spec, backend, dtype, config.train().seed());
    this.adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 0);
  }

  /** All settings. */
  public NhfConfig config() {
    return config;
  }

  /** The target density. */
  public Density density() {
    return density;
  }

  /** The flow. */
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
