package hgn.testing.models;

import hgn.autograd.Var;
import hgn.model.BaseEnergy;
import hgn.model.HgnSpec;
import hgn.nn.ConvSpec;
import hgn.random.Philox;
import hgn.tensor.Activation;
import hgn.tensor.Backend;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;

/** An architecture with every kind of layer for frames of 8x8, small enough to check thoroughly. */
public final class TinyModel {
  /** Height and width of its frames. */
  public static final int SIZE = 8;

  private TinyModel() {}

  /** 8x8 frames, z of 8x8x3, q and p of 4x4x2, one residual block. */
  public static HgnSpec spec(int framesIn, int colours, boolean kinetic) {
    return new HgnSpec(
        SIZE,
        colours,
        framesIn,
        List.of(ConvSpec.same(4, 1, Activation.RELU)),
        3,
        List.of(ConvSpec.same(4, 2, Activation.IDENTITY)),
        List.of(
            ConvSpec.same(4, 1, Activation.SOFTPLUS),
            new ConvSpec(1, 2, Conv2dGeometry.symmetric(2, 0), Activation.SOFTPLUS)),
        kinetic ? BaseEnergy.KINETIC : BaseEnergy.NONE,
        1,
        List.of(4),
        Activation.LEAKY_RELU);
  }

  /** That architecture without f_psi: z is the state of 4x4x4. */
  public static HgnSpec withoutTransformer(int framesIn, int colours) {
    return spec(framesIn, colours, true)
        .withoutTransformer(List.of(ConvSpec.same(4, 2, Activation.RELU)));
  }

  /** Standard normal numbers as a constant. */
  public static Var normal(Backend backend, DType dtype, long stream, int... dims) {
    Shape shape = Shape.of(dims);
    double[] values = new double[Math.toIntExact(shape.count())];
    Philox.normal(99, stream, values);
    return Var.constant(Tensor.of(backend, dtype, shape, values));
  }
}
