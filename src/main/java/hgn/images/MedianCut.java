package hgn.images;

import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A palette of at most 256 colours for a set of images: exact if they have at most 256, else by
 * recursive cuts (Heckbert, "Color image quantization for frame buffer display", 1982). Each cut
 * splits the box with the largest squared error at the mean of its widest channel. A box dominated
 * by one colour keeps that colour, so that flat areas stay unchanged; other boxes use their mean.
 * There is no dithering.
 */
final class MedianCut {
  private static final int SIZE = 256;

  private final List<Integer> palette = new ArrayList<>();
  private final Map<Integer, Byte> index = new HashMap<>();

  /** Builds the palette for pixel counts of colours 0xRRGGBB. */
  MedianCut(Map<Integer, Integer> counts) {
    List<Box> boxes = new ArrayList<>();
    boxes.add(
        new Box(
            counts.entrySet().stream().map(e -> new Colour(e.getKey(), e.getValue())).toList()));
    while (boxes.size() < SIZE) {
      int worst = 0;
      for (int i = 1; i < boxes.size(); i++) {
        worst = boxes.get(i).error > boxes.get(worst).error ? i : worst;
      }
      if (boxes.get(worst).error <= 0) {
        break;
      }
      boxes.addAll(boxes.remove(worst).cut());
    }
    boxes.forEach(box -> palette.add(box.representative()));
    counts.keySet().forEach(rgb -> index.put(rgb, (byte) nearest(rgb)));
  }

  /** The palette as the colour model of 8-bit images. */
  IndexColorModel colourModel() {
    byte[] rgb = new byte[3 * palette.size()];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) channel(palette.get(i / 3), i % 3);
    }
    return new IndexColorModel(8, palette.size(), rgb, 0, false);
  }

  /** Palette index of one of the counted colours. */
  byte indexOf(int rgb) {
    return index.get(rgb);
  }

  private int nearest(int rgb) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.size(); i++) {
      int distance = 0;
      for (int c = 0; c < 3; c++) {
        int d = channel(rgb, c) - channel(palette.get(i), c);
        distance += d * d;
      }
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  private static int channel(int rgb, int c) {
    return rgb >> 16 - 8 * c & 0xFF;
  }

  private record Colour(int rgb, long count) {}

  /** A box of colours with their mean, and the squared error of replacing all by the mean. */
  private static final class Box {
    private final Collection<Colour> colours;
    private final double[] mean = new double[3];
    private final double[] spread = new double[3];
    private final double error;
    private final long count;

    Box(Collection<Colour> colours) {
      this.colours = colours;
      count = colours.stream().mapToLong(Colour::count).sum();
      for (int c = 0; c < 3; c++) {
        for (Colour colour : colours) {
          mean[c] += (double) colour.count * channel(colour.rgb, c) / count;
        }
        for (Colour colour : colours) {
          double d = channel(colour.rgb, c) - mean[c];
          spread[c] += colour.count * d * d;
        }
      }
      error = colours.size() == 1 ? 0 : Arrays.stream(spread).sum();
    }

    List<Box> cut() {
      int widest = spread[0] >= spread[1] ? 0 : 1;
      int axis = spread[widest] >= spread[2] ? widest : 2;
      List<Colour> low = new ArrayList<>();
      List<Colour> high = new ArrayList<>();
      for (Colour colour : colours) {
        (channel(colour.rgb, axis) <= mean[axis] ? low : high).add(colour);
      }
      return List.of(new Box(low), new Box(high));
    }

    int representative() {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = rgb << 8 | (int) Math.round(mean[c]);
      }
      for (Colour colour : colours) {
        rgb = 2 * colour.count > count ? colour.rgb : rgb;
      }
      return rgb;
    }
  }
}
