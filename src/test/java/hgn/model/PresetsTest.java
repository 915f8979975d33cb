package hgn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.Leapfrog;
import hgn.nn.Parameter;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.testing.Throws;
import hgn.testing.models.TinyModel;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsTest {
  private static final Backend BACKEND = Backends.fastest();

  private static Hgn model(String preset, int framesIn) {
    HgnSpec spec = Presets.named(preset, framesIn, BaseEnergy.KINETIC, 1);
    return new Hgn(spec, new Leapfrog(), BACKEND, DType.FLOAT32, 3);
  }

  private static long count(Hgn model, String prefix) {
    return model.parameters().all().stream()
        .filter(parameter -> parameter.name().startsWith(prefix))
        .mapToLong(parameter -> parameter.shape().count())
        .sum();
  }

  @Test
  void thePublishedModelHasAsManyParametersAsItsSource() {
    try (Hgn model = model("published", 5)) {
      assertEquals(593_380, model.parameters().count());
      assertEquals(50_657, count(model, "hamiltonian."));
      long parts =
          count(model, "encoder.") + count(model, "transformer.") + count(model, "decoder.");
      assertEquals(593_380 - 50_657, parts);
    }
  }

  /** Six convolutions of 32, 64, 64, 64, 64 and 1 filters. */
  @Test
  void thatOfTable1DiffersFromThePapersInTheFirstLayerOfItsEnergy() {
    try (Hgn table1 = model("table1", 30);
        Hgn paper = model("paper", 30)) {
      int inputs = 64;
      assertEquals(
          9 * inputs * 32 + 32 + 9 * 32 * 64 + 64 + 3 * (9 * 64 * 64 + 64) + 9 * 64 + 1,
          count(table1, "hamiltonian."));
      long rest = paper.parameters().count() - count(paper, "hamiltonian.");
      assertEquals(rest, table1.parameters().count() - count(table1, "hamiltonian."));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "quick, 5, 1, 2, 8, 4",
    "published, 5, 32, 48, 16, 4",
    "paper, 30, 32, 64, 32, 4",
    "table1, 30, 32, 64, 32, 4"
  })
  void everyPresetRunsForward(
      String preset, int framesIn, int latentSize, int latent, int phaseChannels, int phaseSize) {
    try (Arena arena = Arena.open("test");
        Hgn model = model(preset, framesIn);
        Tape.Mode off = Tape.pause()) {
      Var clips = TinyModel.normal(BACKEND, DType.FLOAT32, 1, 1, 32, 32, framesIn * 3);
      Hgn.Output output = model.forward(clips, null, new int[] {0, 1}, 0.125);
      Shape z = Shape.of(1, latentSize, latentSize, latent);
      assertEquals(z, output.posterior().mean().shape());
      assertEquals(z, output.posterior().logVariance().shape());
      assertEquals(2, output.states().size());
      assertEquals(
          Shape.of(1, phaseSize, phaseSize, phaseChannels), output.states().get(1).p().shape());
      assertEquals(Shape.of(2, 32, 32, 3), output.frames().shape());
      for (float value : output.frames().value().toFloats()) {
        assertTrue(value > 0 && value < 1, "a colour of " + value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"quick, ''", "published, ''", "paper, hamiltonian.5.bias"})
  void framesDependOnEveryParameterButAnAdditiveConstantOfTheEnergy(String preset, String idle) {
    try (Arena arena = Arena.open("test");
        Hgn model = model(preset, 5)) {
      Var clips = TinyModel.normal(BACKEND, DType.FLOAT32, 1, 1, 32, 32, 15);
      int size = model.spec().latentSize();
      Var noise = TinyModel.normal(BACKEND, DType.FLOAT32, 2, 1, size, size, model.spec().latent());
      Var frames = model.forward(clips, noise, new int[] {0, 1, 2}, 0.125).frames();
      var gradients =
          Gradients.orZero(
              Reductions.sum(Functions.square(frames)), model.parameters().vars(), false);
      Set<String> without = new TreeSet<>();
      int i = 0;
      for (Parameter parameter : model.parameters().all()) {
        boolean zero = true;
        for (float value : gradients.get(i++).value().toFloats()) {
          zero &= value == 0;
        }
        if (zero) {
          without.add(parameter.name());
        }
      }
      assertEquals(idle, String.join(" ", without));
    }
  }

  @Test
  void anUnknownPresetNamesTheKnownOnes() {
    Throws.naming(
        IllegalArgumentException.class,
        () -> Presets.named("fast", 5, BaseEnergy.NONE, 1),
        "'fast'",
        "quick",
        "published",
        "paper");
  }
}
