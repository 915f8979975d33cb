package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FilmTest {
  @Test
  void pixelsAreRoundedAndClipped() {
    float[] frames = new float[2 * 2 * 2 * 3];
    frames[12] = 1.5f;
    frames[13] = 0.5f;
    frames[14] = -0.2f;
    frames[21] = Float.NaN;
    frames[22] = 1;
    frames[23] = 81 / 255f;
    var film = new Film("film", 2, frames);
    assertEquals(2, film.length());
    assertEquals(0xFF8000, film.rgb(1, 0, 0));
    assertEquals(0x00FF51, film.rgb(1, 1, 1));
    assertEquals(0, film.rgb(0, 1, 1));
  }

  @Test
  void differenceIsWhiteWhereFilmsAgree() {
    float[] a = new float[12];
    float[] b = new float[12];
    for (int c = 0; c < 3; c++) {
      b[c] = 0.05f;
      b[3 + c] = c == 1 ? -0.3f : 0;
      b[6 + c] = -9;
    }
    Film heat = Film.difference("error", new Film("a", 2, a), new Film("b", 2, b), 0.1);
    assertEquals(0xFFFFFF, heat.rgb(0, 1, 1));
    assertEquals(0xE68080, heat.rgb(0, 0, 0), "half of full scale");
    assertEquals(0x990000, heat.rgb(0, 0, 1), "full scale");
    assertEquals(0x990000, heat.rgb(0, 1, 0), "beyond full scale");
  }

  @Test
  void brokenFilmsAreRefused() {
    var e =
        assertThrows(IllegalArgumentException.class, () -> new Film("truth", 32, new float[100]));
    assertTrue(e.getMessage().contains("film 'truth' has 100 floats"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Film("none", 2, new float[0]));
    var small = new Film("small", 1, new float[3]);
    var large = new Film("large", 2, new float[12]);
    assertThrows(IllegalArgumentException.class, () -> Film.difference("error", small, large, 1));
  }
}
