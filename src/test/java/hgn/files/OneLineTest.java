package hgn.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\u001b", "\u0085", "\u009b", "\u2028", "\u2029", "\0\t"})
  void whatBreaksLinesOrCommandsATerminalIsABlank(String between) {
    assertEquals("a b", OneLine.of("a" + between + "b" + between));
    assertEquals("a b", OneLine.whole(between + "a" + between + "b"));
  }

  @Test
  void otherLettersStay() {
    assertEquals("Zähler ١ 数 \ud83d\ude00", OneLine.of("Zähler\n١ 数 \ud83d\ude00"));
  }

  @Test
  void aLongLineKeepsBeginningAndRemedy() {
    String line = OneLine.of("runs/a: " + "x".repeat(5000) + "; check the path");
    assertEquals(399, line.length(), line);
    assertTrue(line.startsWith("runs/a: xxx") && line.endsWith("xxx; check the path"), line);
    assertTrue(line.contains("x ... x"), line);
    assertEquals("y".repeat(400), OneLine.of("y".repeat(400)));
    assertEquals(5000, OneLine.whole("y".repeat(5000)).length());
  }
}
