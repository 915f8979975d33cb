package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.cli.console.ExitCode;
import hgn.mechanics.HenonHeiles;
import hgn.report.Document;
import hgn.report.HtmlPage;
import hgn.testing.Console;
import hgn.testing.EditedSafetensors;
import hgn.testing.FilmsFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs and films that somebody else made: no class runs, and no other file is touched. */
class ForeignDataTest {
  /** Says so when any of its code runs. */
  public static final class Trap {
    static {
      System.setProperty("hgn.test.trap", "sprung");
    }
  }

  @TempDir Path folder;
  private final Console console = new Console();

  private Path train() {
    console.succeed(
        Console.train(List.of("train.steps=2"), "--runs", folder.toString(), "--name", "run"));
    return folder.resolve("run");
  }

  private static void edit(Path run, String system) throws IOException {
    Path config = run.resolve("config.yaml");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst("system: .*", "system: " + Matcher.quoteReplacement(system)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "rollout", "sample"})
  void aClassThatIsNoSystemNeverRuns(String command) throws IOException {
    Path run = train();
    edit(run, Trap.class.getName());
    String line = console.fail(ExitCode.USAGE, command, run.toString());
    assertTrue(line.contains("is no class that implements hgn.physics.PhysicalSystem"), line);
    assertEquals(null, System.getProperty("hgn.test.trap"));
  }

  @Test
  void aRunSaysWhichClassItWantsBeforeItIsLoaded() throws IOException {
    Path run = train();
    String own = HenonHeiles.class.getName();
    edit(run, own);
    String said = said(() -> console.fail(ExitCode.USAGE, "evaluate", run.toString()));
    String names = run.resolve("config.yaml") + " names the class " + own + " as its system";
    assertTrue(said.contains(names), said);
    said = said(() -> console.fail(ExitCode.USAGE, "evaluate", run.toString()));
    assertEquals("", said, "once");
  }

  @Test
  void whatACheckpointSaysIsComparedAndNotLoaded() throws IOException {
    Path run = train();
    for (String name : List.of("best", "last")) {
      Path file = run.resolve("checkpoints/" + name + ".safetensors");
      EditedSafetensors edited = EditedSafetensors.of(file);
      String config = edited.metadata("config");
      edited.metadata(
          "config",
          config.replaceFirst(
              "system: .*", "system: " + Matcher.quoteReplacement(Trap.class.getName())));
      edited.write(file);
    }
    String line = console.fail(ExitCode.USAGE, "evaluate", run.toString());
    assertTrue(line.contains("data.system (was " + Trap.class.getName()), line);
    assertEquals(null, System.getProperty("hgn.test.trap"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics.jsonl", "times.jsonl", "checkpoints"})
  void aRunsLinksDoNotSayWhereToWrite(String name) throws IOException {
    Path run = train();
    Path outside = folder.resolve("outside-" + name);
    Files.move(run.resolve(name), outside);
    Files.createSymbolicLink(run.resolve(name), outside);
    String line = console.fail(ExitCode.FAILURE, "train", "--resume", run.toString());
    assertTrue(line.contains("this link leads out of the run's folder"), line);
  }

  @Test
  void aLinkInPlaceOfAnUnfinishedFileIsNotFollowed() throws IOException {
    Path run = train();
    Path precious = Files.writeString(folder.resolve("precious"), "text");
    for (String name :
        List.of(".config.yaml.tmp", "checkpoints/.last.safetensors.tmp", ".summary.json.tmp")) {
      Files.createSymbolicLink(run.resolve(name), precious);
    }
    console.succeed("train", "--resume", run.toString(), "--set", "train.steps=3");
    assertEquals("text", Files.readString(precious));
  }

  @Test
  void filmsDoNotSayWhereTheirCacheIs() throws IOException {
    Path films = Files.createDirectory(folder.resolve("films"));
    Files.copy(FilmsFixture.path("u1.npy"), films.resolve("a.npy"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path old = Files.writeString(outside.resolve("films-32-colour.cache.1.part"), "old");
    Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.fromMillis(0));
    Files.createSymbolicLink(films.resolve(".hgn4j-films"), outside);
    console.run("films", films.toString(), "--out", folder.resolve("sheet.png").toString());
    assertEquals(List.of(old), list(outside));
  }

  @ParameterizedTest
  @ValueSource(strings = {"link.h5", "storage.h5", "virtual.h5"})
  void filmsInOtherFilesThanTheirOwnAreNotRead(String name) {
    String line =
        console.fail(ExitCode.FAILURE, "films", FilmsFixture.path("outside/" + name).toString());
    assertTrue(line.matches(".*(links are not followed|all data in the file itself).*"), line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.safetensors",
        "/etc/passwd",
        "a/b.safetensors",
        "..",
        ".hidden",
        "http://x/y",
        "-x/../y",
        ""
      })
  void aDataSetNamesFilesOfItsFolderOnly(String name) throws IOException {
    Files.writeString(folder.resolve("secret.safetensors"), "secret");
    Path films = Files.createDirectory(folder.resolve("films"));
    Files.writeString(
        films.resolve("dataset.json"),
        "{\"format\":\"hgn4j-rollouts-1\",\"files\":[\"" + name + "\"]}");
    String line = console.fail(ExitCode.FAILURE, "films", films.toString());
    assertTrue(line.contains("'" + name + "' is no file of this folder"), line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-i.mp4",
        "concat:a|b.mp4",
        "http:x.mp4",
        "-y.avi",
        "data:,x.mp4",
      })
  void aVideosNameIsOnlyAName(String name) throws IOException {
    assumeTrue(hgn.report.VideoExport.isPossible(), "no ffmpeg");
    Path films = Files.createDirectory(folder.resolve("films"));
    String like = name.endsWith("avi") ? "test.avi" : "test.mp4";
    Files.copy(FilmsFixture.path(like), films.resolve(name));
    String sheet = folder.resolve("sheet.png").toString();
    assertTrue(console.succeed("films", films.toString(), "--out", sheet).contains("frames    10"));
  }

  /** A list of other files behind the signature of a video. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "    ftyp\n#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:SECRET\n#EXT-X-ENDLIST\n",
        "    ftyp\nffconcat version 1.0\nfile 'SECRET'\n",
        "    moov\n<?xml version='1.0'?><MPD><BaseURL>file:SECRET</BaseURL></MPD>"
      })
  void aListOfFilesIsNoVideo(String text) throws IOException {
    assumeTrue(hgn.report.VideoExport.isPossible(), "no ffmpeg");
    Path films = Files.createDirectory(folder.resolve("films"));
    String secret = FilmsFixture.path("test.mp4").toAbsolutePath().toString();
    Files.writeString(films.resolve("list.mp4"), text.replace("SECRET", secret));
    String line = console.fail(ExitCode.FAILURE, "films", films.toString());
    assertTrue(line.contains("ffmpeg finds no video in it"), line);
  }

  @Test
  void pagesShowMarkupAsText() throws IOException {
    String bad = "<script>alert('&')</script>\"><img src=x onerror=y>";
    Document document =
        new Document(bad)
            .section(bad)
            .paragraph(bad)
            .code(bad)
            .table(List.of(bad), List.of(List.of(bad)));
    Path page = folder.resolve("page.html");
    HtmlPage.write(document, page);
    String html = Files.readString(page);
    assertFalse(html.contains("<script>alert") || html.contains("<img src=x"), html);
  }

  private static String said(Runnable command) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      command.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
