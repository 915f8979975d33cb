package hgn.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Assertions on what an error's message names. */
public final class Throws {
  private Throws() {}

  /** The code throws that type, with a message that holds all the words. */
  public static void naming(Class<? extends Throwable> type, Executable code, String... words) {
    String message = assertThrows(type, code).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), "'" + message + "' does not name '" + word + "'");
    }
  }
}
