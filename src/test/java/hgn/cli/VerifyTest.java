package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.dynamics.Integrators;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that measures integrators. */
class VerifyTest {
  @TempDir Path folder;
  private final Console console = new Console();

  private JsonNode verify(String... arguments) throws IOException {
    console.succeed(arguments);
    return new ObjectMapper().readTree(folder.resolve("out/verification.json").toFile());
  }

  @Test
  void everyIntegratorIsMeasuredOnASystem() throws IOException {
    String out = folder.resolve("out").toString();
    String printed =
        console.succeed(
            "verify",
            "--system",
            "mass-spring",
            "--dt",
            "0.05",
            "--steps",
            "20",
            "--states",
            "2",
            "--out",
            out);
    assertTrue(printed.contains("mass-spring, H = T(p) + V(q), 2 states"), printed);
    assertTrue(printed.contains("* moves q by p"), printed);
    JsonNode rows =
        new ObjectMapper().readTree(Path.of(out, "verification.json").toFile()).get("integrators");
    assertEquals(Integrators.all().size(), rows.size());
    for (JsonNode row : rows) {
      String name = row.get("integrator").asText();
      assertTrue(printed.contains(name), printed);
      assertEquals(
          name.startsWith("published-") && !name.endsWith("rk4"),
          !row.get("follows_energy").asBoolean(),
          name);
      assertTrue(row.get("energy_deviation").asDouble() > 0, name);
      assertEquals(
          row.get("declared_symplectic").asBoolean(),
          row.get("symplecticity_defect").asDouble() < 1e-10,
          name);
    }
    assertTrue(ImageIO.read(Path.of(out, "verification.png").toFile()).getWidth() > 1000);
  }

  @Test
  void aLearntEnergyIsMeasuredInDoublePrecision() throws IOException {
    console.succeed(
        Console.train(
            List.of("train.steps=2", "model.energy=joint"),
            "--runs",
            folder.toString(),
            "--name",
            "run"));
    String run = folder.resolve("run").toString();
    String out = folder.resolve("out").toString();
    JsonNode tree =
        verify(
            "verify",
            "--run",
            run,
            "--integrators",
            "leapfrog,stormer-verlet",
            "--steps",
            "5",
            "--states",
            "1",
            "--out",
            out);
    assertFalse(tree.get("separable").asBoolean());
    JsonNode rows = tree.get("integrators");
    assertEquals(2, rows.size());
    assertEquals(1, rows.get(0).get("declared_order").asInt());
    assertTrue(rows.get(1).get("symplecticity_defect").asDouble() < 1e-10, rows.toString());
    assertTrue(rows.get(1).get("reversibility_error").asDouble() < 1e-10, rows.toString());
  }

  /** With masses of 1, dH/dp is p, and the published steps are those of leapfrog and Yoshida. */
  @ParameterizedTest
  @ValueSource(strings = {"two-body", "three-body"})
  void publishedMethodsFollowAnEnergyWhoseMassesAreOne(String system) throws IOException {
    JsonNode rows =
        verify(
                "verify",
                "--system",
                system,
                "--integrators",
                "published-leapfrog,published-yoshida",
                "--dt",
                "0.05",
                "--steps",
                "5",
                "--states",
                "1",
                "--out",
                folder.resolve("out").toString())
            .get("integrators");
    assertEquals(2, rows.get(0).get("declared_order").asInt());
    assertEquals(4, rows.get(1).get("declared_order").asInt());
    assertTrue(rows.get(0).get("follows_energy").asBoolean());
    assertEquals(2, rows.get(0).get("order").asDouble(), 0.2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mass-spring", "pendulum", "double-pendulum"})
  void elsewhereTheyAreMarked(String system) {
    String out = folder.resolve("out").toString();
    String printed =
        console.succeed(
            "verify",
            "--system",
            system,
            "--integrators",
            "published-leapfrog",
            "--steps",
            "2",
            "--states",
            "1",
            "--out",
            out);
    assertTrue(printed.contains("* moves q by p"), printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data.dt=0.125", "data.dt=0.05"})
  void theEnergyOfAnHnnIsMeasured(String dt) throws IOException {
    console.succeed(
        Console.train(
            List.of("model.family=hnn", "train.steps=1", "train.decode-frames=3", dt),
            "--runs",
            folder.toString(),
            "--name",
            "hnn"));
    JsonNode rows =
        verify(
                "verify",
                "--run",
                folder.resolve("hnn").toString(),
                "--integrators",
                "rk4",
                "--steps",
                "2",
                "--states",
                "1",
                "--out",
                folder.resolve("out").toString())
            .get("integrators");
    assertEquals(4, rows.get(0).get("order").asDouble(), 0.4);
  }

  @Test
  void anOutputThatIsNoFolderIsRefusedWithTheReasonBeforeTheWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Path out : List.of(file, file.resolve("below"))) {
      String line = console.fail(1, "verify", "--system", "mass-spring", "--out", out.toString());
      assertTrue(line.startsWith("hgn4j: cannot make the folder " + out + ": "), line);
      assertFalse(line.endsWith(out.toString()), line);
    }
  }

  @Test
  void anIntegratorThatFailsDoesNotStopTheOthers() throws IOException {
    String out = folder.resolve("out").toString();
    JsonNode rows =
        verify(
                "verify",
                "--system",
                "mass-spring",
                "--integrators",
                "implicit-midpoint,tao",
                "--dt",
                "10",
                "--steps",
                "3",
                "--out",
                out)
            .get("integrators");
    String failure = rows.get(0).get("failure").asText();
    assertTrue(failure.contains("[implicit-midpoint] step 1 of"), failure);
    assertTrue(rows.get(1).has("order"), rows.toString());
  }

  @Test
  void nonsenseIsRefusedInOneLine() {
    String time = console.fail(1, "verify", "--system", "damped-spring");
    assertTrue(time.contains("depends on time"), time);
    String unknown = console.fail(1, "verify", "--system", "pendulum", "--integrators", "verlet");
    assertTrue(unknown.contains("'verlet'") && unknown.contains("stormer-verlet"), unknown);
    String dt = console.fail(2, "verify", "--system", "pendulum", "--dt", "-1");
    assertTrue(dt.contains("--dt"), dt);
    console.fail(2, "verify");
    console.fail(2, "verify", "--system", "pendulum", "--run", "runs/x");
    assertFalse(Files.exists(Path.of("verify")));
  }
}
