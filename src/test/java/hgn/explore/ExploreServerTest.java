package hgn.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.cli.options.RunArguments;
import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.run.RunFolder;
import hgn.testing.Console;
import hgn.train.LoadedRun;
import hgn.train.RunLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server of a tiny run, asked over HTTP. */
class ExploreServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int REACH = 60;

  @TempDir static Path folder;
  private static Path run;
  private static RunApi api;
  private static ExploreServer server;

  @BeforeAll
  static void serve() throws IOException {
    new Console()
        .succeed(
            Console.train(List.of("train.steps=3"), "--runs", folder.toString(), "--name", "tiny"));
    run = folder.resolve("tiny");
    Path broken = Files.createDirectories(folder.resolve("broken"));
    Files.copy(run.resolve("config.yaml"), broken.resolve("config.yaml"));
    api =
        new RunApi(
            List.of(
                new Shelved(run, () -> RunArguments.load(run, null, List.of())),
                new Shelved(broken, () -> RunArguments.load(broken, null, List.of()))));
    server = new ExploreServer(new ExploreServer.Place(null, 0, null), api);
  }

  @AfterAll
  static void end() {
    server.close();
    api.close();
  }

  private static HttpResponse<byte[]> get(String path) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path)).build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  private static JsonNode ask(String question) throws IOException {
    HttpResponse<byte[]> answer = get("api/" + question);
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(200, answer.statusCode(), text);
    return JSON.readTree(text);
  }

  private static byte[] frames(JsonNode film) {
    return Base64.getDecoder().decode(film.path("frames").asText());
  }

  @Test
  void runsAreListed() throws IOException {
    JsonNode runs = ask("runs");
    assertEquals("tiny", runs.at("/runs/0/name").asText());
    assertFalse(runs.path("live").asBoolean());
    JsonNode info = ask("run?run=0");
    assertEquals("mass-spring", info.path("system").asText());
    assertEquals(32, info.path("frameSize").asInt());
    assertTrue(info.path("configuration").asText().contains("train:"));
    assertTrue(info.path("integrators").toString().contains("\"leapfrog\""));
    assertTrue(info.at("/test/mse").asDouble() > 0);
  }

  @Test
  void aFilmIsTheModelsOwn() throws IOException {
    JsonNode film = ask("film?run=0&from=clip&clip=1");
    int size = film.path("size").asInt();
    byte[] frames = frames(film);
    assertEquals(2 * REACH + 1, film.path("times").size());
    assertEquals((2 * REACH + 1) * size * size * 3, frames.length);
    assertEquals(-REACH, film.at("/times/0").asInt());
    assertEquals(2 * REACH + 1, film.path("path").size());
    assertEquals(2 * REACH + 1, film.path("energy").size());
    // the frame at the inferred state by the model's own classes
    RunFolder opened = RunFolder.open(run);
    Config config = ConfigLoader.ofRun(opened.config(), List.of());
    try (LoadedRun loaded = RunLoader.load(opened, config, opened.preferredCheckpoint())) {
      float[] expected = InferredFrame.of(loaded.experiment(), 1);
      int frame = size * size * 3;
      byte[] bytes = new byte[frame];
      System.arraycopy(frames, REACH * frame, bytes, 0, frame);
      assertArrayEquals(Base64.getDecoder().decode(Numbers.frames(expected, 3)), bytes);
    }
  }

  @Test
  void halfTheSpeedGivesTheSameStatesTwiceAsFar() throws IOException {
    JsonNode whole = ask("film?run=0&from=clip&clip=0&speed=2&integrator=rk4");
    JsonNode half = ask("film?run=0&from=clip&clip=0&speed=1&integrator=rk4");
    assertEquals(2 * half.path("step").asDouble(), whole.path("step").asDouble(), 1e-12);
    for (int t = -REACH / 2; t <= REACH / 2; t++) {
      for (int axis = 0; axis < 2; axis++) {
        double expected = half.at("/path/" + (REACH + 2 * t) + "/" + axis).asDouble();
        double actual = whole.at("/path/" + (REACH + t) + "/" + axis).asDouble();
        assertEquals(expected, actual, 1e-3 * (1 + Math.abs(expected)), "time " + 2 * t);
      }
    }
  }

  @Test
  void latentsMoveTheFilm() throws IOException {
    JsonNode none = ask("film?run=0&from=clip&clip=0");
    JsonNode moved = ask("film?run=0&from=clip&clip=0&z=0:2.5,1:-1");
    assertNotEquals(none.path("path"), moved.path("path"));
    JsonNode same = ask("film?run=0&from=mix&clip=0&other=1&share=0");
    assertEquals(none.path("path"), same.path("path"));
    JsonNode sample = ask("film?run=0&from=sample&seed=3");
    assertEquals(sample.path("path"), ask("film?run=0&from=sample&seed=3").path("path"));
    assertNotEquals(sample.path("path"), ask("film?run=0&from=sample&seed=4").path("path"));
  }

  @Test
  void aPointIsWhereTheFilmBegins() throws IOException {
    JsonNode portrait = ask("portrait?run=0");
    double x = portrait.at("/bounds/0").asDouble() / 2 + portrait.at("/bounds/1").asDouble() / 2;
    double y = portrait.at("/bounds/2").asDouble() / 2 + portrait.at("/bounds/3").asDouble() / 2;
    JsonNode film = ask("film?run=0&from=point&x=" + x + "&y=" + y);
    assertEquals(x, film.at("/path/" + REACH + "/0").asDouble(), 1e-4 * (1 + Math.abs(x)));
    assertEquals(y, film.at("/path/" + REACH + "/1").asDouble(), 1e-4 * (1 + Math.abs(y)));
    assertEquals(64 * 64, portrait.at("/energy/values").size());
    assertEquals("q", portrait.at("/truth/labels/0").asText());
    assertEquals(64 * 64, portrait.at("/truth/energy/values").size());
  }

  @Test
  void theTruthIsTheRollouts() throws IOException {
    JsonNode truth = ask("truth?run=0&clip=2");
    int count = truth.path("times").size();
    assertEquals(2 * REACH + 1, count, "films of a system are known for all times");
    assertEquals(count, truth.path("path").size());
    assertTrue(truth.at("/path/" + REACH + "/0").isNumber());
    assertEquals(count * 32 * 32 * 3, frames(truth).length);
  }

  @Test
  void energiesOfUnknownIntegratorsSaySo() throws IOException {
    JsonNode series = ask("energies?run=0&from=clip&integrators=leapfrog,nothing").path("series");
    assertEquals(2 * REACH + 1, series.at("/0/values").size());
    assertTrue(series.at("/0/error").isNull());
    assertTrue(series.at("/1/values").isNull());
    assertTrue(series.at("/1/error").asText().contains("nothing"));
  }

  @Test
  void errorsAreThoseOfTheFilms() throws IOException {
    JsonNode errors = ask("errors?run=0");
    int count = errors.path("times").size();
    for (String name : List.of("model", "persistence", "meanFrame")) {
      assertEquals(count, errors.path(name).size());
    }
    int inferred = -errors.at("/times/0").asInt();
    assertEquals(0, errors.at("/persistence/" + inferred).asDouble(), "that frame repeated");
    assertTrue(errors.path("noise").asDouble() > 0);
    assertTrue(ask("curves?run=0").at("/series/loss").size() > 0);
  }

  @ParameterizedTest
  @CsvSource({"gif, GIF8", "png, \u0089PNG", "npz, PK", "csv, 't,q0'"})
  void filmsAreSaved(String kind, String beginning) throws IOException {
    HttpResponse<byte[]> saved = get("api/export?run=0&from=clip&clip=0&as=" + kind);
    assertEquals(200, saved.statusCode());
    String begins = new String(saved.body(), 0, beginning.length(), StandardCharsets.ISO_8859_1);
    assertEquals(beginning, begins);
    String disposition = saved.headers().firstValue("Content-Disposition").orElseThrow();
    assertTrue(disposition.contains("tiny." + kind), disposition);
    if (kind.equals("npz")) {
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(saved.body()))) {
        assertEquals("frames.npy", zip.getNextEntry().getName());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "film?run=0&from=clip&clip=-1",
        "film?run=0&from=clip&clip=99999999",
        "film?run=0&from=clip&clip=one",
        "film?run=0&from=nowhere",
        "film?run=0&speed=1000",
        "film?run=0&speed=NaN",
        "film?run=0&integrator=nothing",
        "film?run=0&z=5000:1",
        "film?run=0&z=1",
        "film?run=0&from=point&x=1e300&y=0",
        "film?run=0&from=point&x=0&y=0&z=0:1",
        "film?run=x",
        "film?=",
        "film?%ZZ",
        "export?run=0&as=exe"
      })
  void nonsenseIsRefusedInALine(String question) throws IOException {
    HttpResponse<byte[]> answer = raw("api/" + question);
    assertEquals(400, answer.statusCode(), question);
    String error = JSON.readTree(answer.body()).path("error").asText();
    assertFalse(error.isEmpty() || error.contains("\n"), error);
  }

  /** A request whose address URI would not take. */
  private static HttpResponse<byte[]> raw(String path) throws IOException {
    return path.contains("%ZZ") ? get("api/film?x%25ZZ") : get(path);
  }

  @Test
  void aRunThatIsNotWholeSaysSo() throws IOException {
    HttpResponse<byte[]> answer = get("api/run?run=1");
    assertEquals(404, answer.statusCode());
    String error = JSON.readTree(answer.body()).path("error").asText();
    assertTrue(error.contains("checkpoint"), error);
    assertEquals(error, ask("runs").at("/runs/1/error").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../etc/passwd",
        "js/../../../pom.xml",
        "js/%2e%2e/main.js",
        "vendor/..",
        "explore.css/x",
        "META-INF/MANIFEST.MF"
      })
  void nothingElseIsServed(String path) throws IOException {
    int status = get(path).statusCode();
    assertTrue(status == 404 || status == 403, path + ": " + status);
  }

  @Test
  void thePageMayNotCallOthers() throws IOException {
    HttpResponse<byte[]> page = get("api/runs");
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertTrue(policy.contains("default-src 'none'") && policy.contains("connect-src 'self'"));
    assertEquals("nosniff", page.headers().firstValue("X-Content-Type-Options").orElseThrow());
  }
}
