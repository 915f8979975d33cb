package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
  void filmsStandInAGridRowByRow() {
    Film[] films = new Film[3];
    for (int n = 0; n < 3; n++) {
      float[] frames = new float[2 * 12];
      for (int i = 0; i < frames.length; i++) {
        frames[i] = (n * 40 + i / 3 % 4 * 10 + i / 12) / 255f;
      }
      films[n] = new Film("film", 2, frames);
    }
    Film grid = Film.grid("grid", List.of(films), 1);
    assertEquals(5, grid.resolution());
    assertEquals(2, grid.length());
    assertEquals(0x010101, grid.rgb(1, 0, 0));
    assertEquals(0x1F1F1F, grid.rgb(1, 1, 1), "31: last pixel of the first film");
    assertEquals(0x282828, grid.rgb(0, 0, 3), "40: first pixel of the second");
    assertEquals(0x505050, grid.rgb(0, 3, 0), "80: first pixel of the third");
    assertEquals(0xFFFFFF, grid.rgb(0, 2, 0), "gap");
    assertEquals(0xFFFFFF, grid.rgb(0, 4, 4), "no fourth film");
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
