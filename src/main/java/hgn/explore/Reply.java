package hgn.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param type media type
 * @param body not copied
 * @param file name under which a browser saves it; null to show it
 */
public record Reply(int status, String type, byte[] body, String file) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  /** Answers with an object as JSON. Numbers that are not finite must be null in it. */
  static Reply json(Object value) {
    return json(OK, value);
  }

  private static Reply json(int status, Object value) {
    try {
      return new Reply(status, "application/json", JSON.writeValueAsBytes(value), null);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("[explore] cannot write JSON", impossible);
    }
  }

  /** Answers with one line that says what is wrong. */
  static Reply error(int status, String line) {
    return json(status, Map.of("error", line));
  }

  /** Answers with a file to show. */
  static Reply file(String type, byte[] body) {
    return new Reply(OK, type, body, null);
  }

  /** Answers with a file to save. */
  static Reply download(String type, byte[] body, String name) {
    return new Reply(OK, type, body, name);
  }

  /** Answers with a line of plain text, for whoever is not the page. */
  static Reply text(int status, String line) {
    return new Reply(
        status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8), null);
  }
}
