package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Layout;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.KernelForm;
import hgn.dynamics.KernelForm.Layer;
import hgn.nn.Conv2d;
import hgn.nn.ConvSpec;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * H(q, p) = base(q, p) + T(p) + V(q), for which the explicit symplectic integrators reach their
 * full order.
 *
 * <p>T and V are halves of the {@link HamiltonianNet} of the same architecture: each has half the
 * filters (rounded up), T sees p and V sees q. Together they are that network without the
 * connections between the halves. Kernels get that network with zeros for the missing connections.
 */
public final class SeparableHamiltonian implements Hamiltonian {
  /** Axes of a weight. */
  private static final int INPUTS = 2;

  private static final int OUTPUTS = 3;

  private final ConvEnergy kinetic;
  private final ConvEnergy potential;
  private final BaseEnergy base;
  private final Angles angles;

  /** Adds both networks' parameters to {@code parameters}. */
  public SeparableHamiltonian(Parameters parameters, Init init, HgnSpec spec) {
    List<ConvSpec> half = spec.hamiltonian().stream().map(ConvSpec::halved).toList();
    int channels = spec.phaseChannels();
    kinetic = new ConvEnergy(parameters, init, "hamiltonian.kinetic", channels, half, spec.gain());
    potential =
        new ConvEnergy(
            parameters, init, "hamiltonian.potential", spec.positionFeatures(), half, spec.gain());
    base = spec.base();
    angles = spec.angles();
  }

  @Override
  public Var energy(Var q, Var p) {
    return base.plus(Arithmetic.add(kinetic.of(p), potential.of(angles.features(q))), q, p, angles);
  }

  @Override
  public KernelForm kernelForm() {
    List<Layer> halves = new ArrayList<>();
    int last = kinetic.layers().size() - 1;
    for (int i = 0; i <= last; i++) {
      Layer ofP = Layer.of(kinetic.layers().get(i));
      Layer ofQ = Layer.of(potential.layers().get(i));
      halves.add(
          new Layer(
              i == last
                  ? Layout.concat(List.of(ofQ.weight(), ofP.weight()), INPUTS)
                  : blockDiagonal(ofQ.weight(), ofP.weight()),
              i == last
                  ? Arithmetic.add(ofQ.bias(), ofP.bias())
                  : Layout.concat(List.of(ofQ.bias(), ofP.bias()), 0),
              ofQ.geometry(),
              ofQ.activation()));
    }
    return base.kernelForm(halves);
  }

  /** Combines the weights of both halves into one block-diagonal weight. */
  private static Var blockDiagonal(Var ofQ, Var ofP) {
    int inputs = ofQ.shape().dim(INPUTS);
    int outputs = ofQ.shape().dim(OUTPUTS);
    int allInputs = inputs + ofP.shape().dim(INPUTS);
    int allOutputs = outputs + ofP.shape().dim(OUTPUTS);
    Var rowsOfQ = Layout.pad(Layout.pad(ofQ, INPUTS, 0, allInputs), OUTPUTS, 0, allOutputs);
    Var rowsOfP =
        Layout.pad(Layout.pad(ofP, INPUTS, inputs, allInputs), OUTPUTS, outputs, allOutputs);
    return Arithmetic.add(rowsOfQ, rowsOfP);
  }

  @Override
  public Optional<String> whyNoKernelForm() {
    List<Conv2d> layers = kinetic.layers();
    Activation end = layers.get(layers.size() - 1).activation();
    return end == Activation.IDENTITY
        ? angles.whyNoKernelForm()
        : Optional.of(
            "T(p) and V(q) end in " + end + " each, so that their sum is no layer of one network");
  }
}
