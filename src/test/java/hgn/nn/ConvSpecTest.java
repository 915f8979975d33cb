package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.testing.models.TinyModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvSpecTest {
  private static final Backend BACKEND = Backends.fastest();
  private static final Activation LINEAR = Activation.IDENTITY;

  private static float[] weights(ConvSpec spec) {
    try (Parameters parameters = new Parameters(BACKEND, DType.FLOAT32)) {
      stack(parameters, 2, spec);
      return parameters.vars().get(0).value().toFloats();
    }
  }

  private static ConvStack stack(Parameters parameters, int inputs, ConvSpec spec) {
    return new ConvStack(parameters, new Init(5), "layer", inputs, List.of(spec), 1);
  }

  /** Returns the shape of the result; checks that each weight connects one input and one output. */
  private static Shape dense(ConvSpec spec, int size) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(BACKEND, DType.FLOAT32)) {
      ConvStack layer = stack(parameters, 1, spec);
      Var x = TinyModel.normal(BACKEND, DType.FLOAT32, 1, 1, size, size, 1);
      Var y = layer.apply(x);
      Var weight = parameters.vars().get(0);
      float[] slope =
          Gradients.of(Reductions.sum(y), List.of(weight), false).get(0).value().toFloats();
      float[] pixels = x.value().toFloats();
      int filters = spec.filters();
      for (int i = 0; i < slope.length; i++) {
        assertEquals(pixels[size == 1 ? 0 : i / filters], slope[i], 1e-6);
      }
      return y.shape();
    }
  }

  @Test
  void gatherIsDenseFromAnImageToAPixel() {
    assertEquals(Shape.of(1, 1, 1, 3), dense(ConvSpec.gather(3, 4, LINEAR), 4));
  }

  @Test
  void spreadIsDenseFromAPixelToAnImage() {
    assertEquals(Shape.of(1, 4, 4, 3), dense(ConvSpec.spread(3, 4, LINEAR), 1));
  }

  @Test
  void aScaledLayerStartsAtThatManyTimesTheScale() {
    ConvSpec plain = ConvSpec.same(3, 1, LINEAR);
    float[] once = weights(plain);
    float[] sixfold = weights(plain.scaled(2).scaled(3));
    assertEquals(once.length, sixfold.length);
    for (int i = 0; i < once.length; i++) {
      assertEquals(6 * once[i], sixfold[i], 1e-6);
    }
  }
}
