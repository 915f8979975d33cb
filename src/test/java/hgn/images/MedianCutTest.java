package hgn.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.IndexColorModel;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MedianCutTest {
  @Test
  void upTo256ColoursAreKept() {
    Map<Integer, Integer> counts = new HashMap<>();
    var random = new Random(1);
    while (counts.size() < 256) {
      counts.put(random.nextInt(1 << 24), 1 + random.nextInt(1000));
    }
    var palette = new MedianCut(counts);
    IndexColorModel model = palette.colourModel();
    for (int rgb : counts.keySet()) {
      assertEquals(rgb, model.getRGB(palette.indexOf(rgb) & 0xFF) & 0xFFFFFF);
    }
  }

  @Test
  void manyColoursAreShownByNearOnesAndTheCommonestExactly() {
    Map<Integer, Integer> counts = new HashMap<>();
    var random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      int red = random.nextInt(64);
      int green = 64 + random.nextInt(64);
      int blue = 128 + random.nextInt(16);
      counts.merge(red << 16 | green << 8 | blue, 1, Integer::sum);
    }
    counts.put(0xFFFFFF, 500_000);
    counts.put(0x104080, 500_000);
    var palette = new MedianCut(counts);
    IndexColorModel model = palette.colourModel();
    assertEquals(256, model.getMapSize());
    int worst = 0;
    for (int rgb : counts.keySet()) {
      int shown = model.getRGB(palette.indexOf(rgb) & 0xFF);
      for (int shift = 0; shift < 24; shift += 8) {
        worst = Math.max(worst, Math.abs((rgb >> shift & 0xFF) - (shown >> shift & 0xFF)));
      }
    }
    assertTrue(worst <= 12, "worst channel error " + worst);
    assertEquals(0xFFFFFF, model.getRGB(palette.indexOf(0xFFFFFF) & 0xFF) & 0xFFFFFF);
    assertEquals(0x104080, model.getRGB(palette.indexOf(0x104080) & 0xFF) & 0xFFFFFF);
  }

  @Test
  void oneColourIsAPalette() {
    var palette = new MedianCut(Map.of(0x123456, 10));
    assertEquals(0x123456, palette.colourModel().getRGB(palette.indexOf(0x123456)) & 0xFFFFFF);
  }
}
