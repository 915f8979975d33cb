package hgn.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Assertions on the contents of an error's message. */
public final class Throws {
  private Throws() {}

  /** Asserts that the code throws that type, with a message that contains all the words. */
  public static void naming(Class<? extends Throwable> type, Executable code, String... words) {
    String message = assertThrows(type, code).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), "'" + message + "' does not name '" + word + "'");
    }
  }
}
