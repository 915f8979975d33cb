package hgn.cli.console;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What to change in a command that has run out of memory. */
final class LessMemory {
  /** Settings and options on which memory depends, the most effective first. */
  private static final List<String> OPTIONS =
      List.of(
          "--size",
          "--frames",
          "--count",
          "--rollouts",
          "--states",
          "--points",
          "--draws",
          "--particles",
          "--frames-out",
          "--clips");

  private static final List<String> TRAINING = List.of("train", "reproduce");

  private LessMemory() {}

  /**
   * Advice for the command that was called.
   *
   * @param parsed what was parsed of the command line; may be null
   */
  static String advice(ParseResult parsed) {
    String smaller = smaller(parsed);
    return smaller.isEmpty() ? "raise -Xmx" : "lower " + smaller + " or raise -Xmx";
  }

  /** The options or settings on which sizes depend. */
  static String sizes(ParseResult parsed) {
    if (trains(parsed)) {
      return "train.batch, data.size or model.frames-out";
    }
    String smaller = smaller(parsed);
    return smaller.isEmpty() ? "what sets the size" : smaller;
  }

  /** Advice for a command that a device has no memory for. */
  static String adviceForDevice(ParseResult parsed) {
    String smaller = smaller(parsed);
    return (smaller.isEmpty() ? "" : "lower " + smaller + ", or ")
        + "end what else uses the device, or choose --device cpu";
  }

  private static String smaller(ParseResult parsed) {
    if (parsed == null) {
      return "train.batch";
    }
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return smaller(last.commandSpec());
  }

  /** Whether the command trains. */
  static boolean trains(ParseResult parsed) {
    return smaller(parsed).equals("train.batch");
  }

  private static String smaller(CommandSpec command) {
    Stream<String> options = OPTIONS.stream().filter(command.optionsMap()::containsKey).limit(3);
    if (TRAINING.contains(command.name())) {
      options = Stream.of("train.batch");
    } else if (command.optionsMap().containsKey("--batch")) {
      options = Stream.of("--batch");
    }
    return options.collect(Collectors.joining(" or "));
  }
}
