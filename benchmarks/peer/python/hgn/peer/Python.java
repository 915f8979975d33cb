package hgn.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of {@code peer.py}, which answers each command before the next. */
final class Python implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENDED = "the Python process has ended, perhaps with words above";

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  private Python(Process process) {
    this.process = process;
    this.commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts one; what it prints besides answers goes to this process's standard error.
   *
   * @throws IOException if there is no such interpreter
   */
  static Python start(String interpreter, Path program) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(interpreter, "-u", program.toString());
    return new Python(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /**
   * The answer to a command.
   *
   * @throws IllegalStateException if it failed, with the reason in Python's words
   */
  JsonNode ask(Object... command) {
    try {
      commands.write(JSON.writeValueAsString(List.of(command)) + "\n");
      commands.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException(ENDED);
      }
      JsonNode answer = JSON.readTree(line);
      if (answer.has("error")) {
        throw new IllegalStateException(answer.path("error").asText());
      }
      return answer;
    } catch (IOException failure) { // it has ended before it read the command
      throw new IllegalStateException(ENDED, failure);
    }
  }

  /** The texts of an answer that is a list. */
  List<String> list(Object... command) {
    List<String> texts = new ArrayList<>();
    ask(command).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
