package hgn.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void onlySensibleWidthsAreTaken() {
    assertEquals(132, Terminal.parse("132"));
    assertEquals(9, Terminal.parse("9"));
    assertEquals(0, Terminal.parse("0"));
    assertEquals(0, Terminal.parse("wide"));
    assertEquals(0, Terminal.parse(null));
    assertTrue(Terminal.columns() >= 0);
  }

  @Test
  void textIsNoWiderThanAsked() {
    assertTrue(Terminal.textWidth(96) <= 96);
  }
}
