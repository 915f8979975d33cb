package hgn.frames;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.physics.PhysicalSystem;
import hgn.random.PhiloxRandom;
import hgn.testing.FreeDiscs;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Copied discs, compared with the same discs filtered, for either blur. */
class BlurredDiscTest {
  private BlurredRenderer renderer = new PublishedRenderer(24);

  static List<BlurredRenderer> renderers() {
    return List.of(new PublishedRenderer(24), new Table1Renderer(24));
  }

  private float[] scene(double x, double y, double... more) {
    double[] q = new double[2 + more.length];
    q[0] = x;
    q[1] = y;
    System.arraycopy(more, 0, q, 2, more.length);
    int[] colours = new int[q.length / 2];
    double[] radii = new double[colours.length];
    for (int b = 0; b < radii.length; b++) {
      colours[b] = b % 3;
      radii[b] = 0.4 + 0.1 * b;
    }
    PhysicalSystem system = new FreeDiscs(2, colours, radii);
    float[] scene = new float[renderer.sceneLength(system)];
    renderer.describe(system, q, scene, 0);
    return scene;
  }

  private void assertSame(float[] scene) {
    float[] drawn = new float[renderer.frameLength() + 2];
    Arrays.fill(drawn, -1);
    float[] filtered = drawn.clone();
    renderer.draw(scene, drawn, 1);
    renderer.clear(scene, filtered, 1);
    renderer.filter(scene, filtered, 1);
    assertArrayEquals(filtered, drawn);
  }

  /** Discs everywhere in and around the picture: many separate, many not. */
  @ParameterizedTest
  @MethodSource("renderers")
  void copiesAreTheFilteredPicture(BlurredRenderer each) {
    renderer = each;
    int apart = 0;
    for (int stream = 0; stream < 600; stream++) {
      var rng = new PhiloxRandom(51, stream);
      double[] more = new double[2 * (stream % 3)];
      Arrays.setAll(more, i -> rng.uniform(-2.6, 2.6));
      float[] scene = scene(rng.uniform(-2.6, 2.6), rng.uniform(-2.6, 2.6), more);
      if (stream % 5 == 0) {
        scene[stream % 3] = (float) rng.uniform(0, 255); // another background
      }
      apart += BlurredDisc.areApart(scene, 24, renderer.blur()) ? 1 : 0;
      assertSame(scene);
    }
    assertTrue(apart > 30 && apart < 500, apart + " of 600 were copied");
  }

  /** Pixels of 1/6; radius 2, so the blurred disc is 7 wide. */
  @Test
  void discsAreApartFromEdgesAndOneAnother() {
    double pixel = 1.0 / 6;
    double left = -2 + 4.5 * pixel; // column 4 - 2 = 2, the first that is clear
    assertTrue(BlurredDisc.areApart(scene(left, 0), 24, renderer.blur()));
    assertFalse(BlurredDisc.areApart(scene(left - pixel, 0), 24, renderer.blur()));
    assertFalse(BlurredDisc.areApart(scene(0, left - pixel), 24, renderer.blur()));
    assertTrue(
        BlurredDisc.areApart(scene(1.99, 1.99), 24, renderer.blur()),
        "the right and lower edge only cut");
    double next = left + 8 * pixel; // radius 3: its columns start 5 after the first disc's
    assertTrue(BlurredDisc.areApart(scene(left, 0, next, 0), 24, renderer.blur()));
    assertFalse(BlurredDisc.areApart(scene(left, 0, next - pixel, 0), 24, renderer.blur()));
    assertTrue(
        BlurredDisc.areApart(scene(left, 0, next - pixel, 8.5 * pixel), 24, renderer.blur()));
  }

  /** More kinds of discs than a renderer caches. */
  @ParameterizedTest
  @MethodSource("renderers")
  void anyNumberOfKindsIsDrawn(BlurredRenderer each) {
    renderer = each;
    for (int kind = 0; kind < 200; kind++) {
      float[] scene = scene(0, 0);
      scene[Scene.DISCS + Scene.COLOUR] = kind;
      assertSame(scene);
      float[] again = scene(0.5, 0);
      again[Scene.DISCS + Scene.COLOUR] = kind / 2;
      assertSame(again);
    }
  }

  /** Discs at an edge are mirrored there. */
  @Test
  void theMeanOfNineSeesTheFarEdgesToo() {
    renderer = new Table1Renderer(24);
    double pixel = 1.0 / 6;
    double right = -2 + 19.5 * pixel; // column 19 + 2 = 21, the last but two
    assertTrue(BlurredDisc.areApart(scene(right, 0), 24, renderer.blur()));
    assertFalse(BlurredDisc.areApart(scene(right + pixel, 0), 24, renderer.blur()));
    assertFalse(BlurredDisc.areApart(scene(0, right + pixel), 24, renderer.blur()));
  }

  @Test
  void aDiscLargerThanTheFrameIsFiltered() {
    float[] scene = scene(0, 0);
    scene[Scene.DISCS + Scene.RADIUS] = 30;
    scene[Scene.DISCS + Scene.X] = 40;
    scene[Scene.DISCS + Scene.Y] = 40;
    assertFalse(BlurredDisc.areApart(scene, 24, renderer.blur()));
    assertSame(scene);
    assertEquals(24, renderer.resolution());
  }
}
