package hgn.explore;

import hgn.cli.options.RunArguments;
import hgn.fuzzing.Trial;
import hgn.testing.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a browser asks the explorer: {@code NAME?NAME=VALUE&...}. */
public final class ExplorerFuzz {
  private static final RunApi API = api();

  private ExplorerFuzz() {}

  /** Loads what takes long the first time. */
  public static void fuzzerInitialize() {
    API.answer("errors", new Query(null));
    API.answer("portrait", new Query(null));
    API.answer("latents", new Query(null));
  }

  private static RunApi api() {
    try {
      Path runs = Files.createTempDirectory("fuzz");
      List<String> settings = List.of("train.steps=2");
      new Console().succeed(Console.train(settings, "--runs", runs.toString(), "--name", "tiny"));
      Path run = runs.resolve("tiny");
      return new RunApi(List.of(new Shelved(run, () -> RunArguments.load(run, null, List.of()))));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Answers a question. */
  public static void fuzzerTestOneInput(byte[] data) {
    String address = new String(data, StandardCharsets.UTF_8);
    int mark = address.indexOf('?');
    String name = mark < 0 ? address : address.substring(0, mark);
    String query = mark < 0 ? null : address.substring(mark + 1);
    Trial.read(() -> API.answer(name, new Query(query)));
  }
}
