package hgn.tapeview;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A view as SVG, from top to bottom. Values are rectangles, nodes of the first backward pass have
 * round ends, and those of the second a double border. Leaves are bold, nodes outside a group
 * dashed. The shape of a node's value is printed beside its arrows.
 *
 * <p>Each box lists in {@code data-nodes} the nodes that it represents, and in {@code data-of} the
 * nodes whose pullbacks recorded them.
 */
public final class SvgPicture {
  /** Styles of boxes and arrows, without which the picture is unreadable. */
  static final String STYLE =
      """
      .tape text { font-family: system-ui, 'DejaVu Sans', sans-serif; text-anchor: middle; }
      .tape .label { font-size: 12px; fill: #1a1a1a; }
      .tape .note { font-size: 9.5px; fill: #555; }
      .tape .shape { font-size: 9px; fill: #555; text-anchor: start; }
      .tape .arrow { fill: none; stroke: #9a9a9a; stroke-width: 1; }
      .tape .face { stroke-width: 1.3; }
      .tape .leaf .label { font-weight: bold; }
      .tape .leaf .face { stroke-width: 2.2; }
      .tape .outside .face { stroke-dasharray: 4 3; fill-opacity: .35; }
      .tape .inner { fill: none; stroke-width: 1; }
      """;

  private static final double LETTER = 6.9;
  private static final double BOLD_LETTER = 7.5;
  private static final double SMALL_LETTER = 5.5;
  private static final double PADDING = 18;
  private static final double HEIGHT = 32;
  private static final double ONE_LINE = 22;
  private static final double BETWEEN = 34;
  private static final double MARGIN = 12;

  private final View view;
  private final Layers layers;
  private final double[] x;
  private final double[] top;
  private final double[] bottom;
  private final StringBuilder svg = new StringBuilder(1 << 14);

  private SvgPicture(View view) {
    this.view = view;
    this.layers = new Layers(view.boxes().size(), view.arrows());
    Crossings.reduce(layers);
    this.x = Columns.of(layers, view.boxes().stream().mapToDouble(SvgPicture::width).toArray());
    this.top = new double[x.length];
    this.bottom = new double[x.length];
  }

  /**
   * The element {@code <svg>}.
   *
   * @param label description for screen readers
   */
  static String of(View view, String label) {
    return new SvgPicture(view).draw(label);
  }

  /** Returns a whole tape as a standalone file. */
  public static String file(TapeGraph graph) {
    String svg = of(View.whole(graph), graph.title());
    int head = svg.indexOf('\n') + 1;
    return svg.substring(0, head) + "<style>\n" + STYLE + "</style>\n" + svg.substring(head);
  }

  /** An empty box of a phase, for a legend. */
  static String sample(Phase phase) {
    double round = phase == Phase.VALUE ? 2 : phase == Phase.FIRST ? 9 : 6;
    String face =
        format(
            "<rect x=\"2\" y=\"2\" width=\"44\" height=\"18\" rx=\"%.0f\" fill=\"%s\" stroke=\"%s\"/>",
            round, phase.fill(), phase.line());
    String inner =
        format(
            "<rect x=\"4.5\" y=\"4.5\" width=\"39\" height=\"13\" rx=\"4\" fill=\"none\""
                + " stroke=\"%s\"/>",
            phase.line());
    return "<svg width=\"48\" height=\"22\" aria-hidden=\"true\">"
        + face
        + (phase == Phase.SECOND ? inner : "")
        + "</svg>";
  }

  private static double width(View.Box box) {
    double letter = box.look() == View.Look.LEAF ? BOLD_LETTER : LETTER;
    double note = SMALL_LETTER * box.note().length();
    return PADDING + Math.max(letter * box.label().length(), note);
  }

  private static double height(View.Box box) {
    return box.note().isEmpty() ? ONE_LINE : HEIGHT;
  }

  private String draw(String label) {
    double height = stack();
    double width = 0;
    for (int place = 0; place < x.length; place++) {
      double half = layers.isPoint(place) ? 0 : width(view.boxes().get(place)) / 2;
      x[place] += MARGIN;
      width = Math.max(width, x[place] + half);
    }
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"tape\" role=\"group\" aria-label=\"%s\""
                + " width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\">\n",
            Markup.escaped(label), width + MARGIN, height, width + MARGIN, height));
    for (int box = 0; box < view.boxes().size(); box++) {
      arrows(box);
    }
    for (int box = 0; box < view.boxes().size(); box++) {
      box(box);
    }
    return svg.append("</svg>\n").toString();
  }

  /** Computes the vertical positions of all places; returns the height of the picture. */
  private double stack() {
    double y = MARGIN;
    for (List<Integer> layer : layers.layers()) {
      double tallest = 0;
      for (int place : layer) {
        tallest = layers.isPoint(place) ? tallest : Math.max(tallest, heightOf(place));
      }
      for (int place : layer) {
        double room = layers.isPoint(place) ? 0 : (tallest - heightOf(place)) / 2;
        top[place] = y + room;
        bottom[place] = y + tallest - room;
      }
      y += tallest + BETWEEN;
    }
    return y - BETWEEN + MARGIN + LETTER;
  }

  private double heightOf(int box) {
    return height(view.boxes().get(box));
  }

  private void arrows(int box) {
    StringBuilder path = new StringBuilder();
    trace(box, path);
    if (path.length() > 0) {
      String from = numbers(view.boxes().get(box), TapeGraph.Node::number);
      svg.append("<path class=\"arrow\" data-from=\"").append(from).append("\" d=\"");
      svg.append(path.toString().strip()).append("\"/>\n");
    }
  }

  private void trace(int place, StringBuilder path) {
    for (int next : layers.below(place)) {
      double middle = (bottom[place] + top[next]) / 2;
      path.append(
          format(
              "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f",
              x[place], bottom[place], x[place], middle, x[next], middle, x[next], top[next]));
      if (layers.isPoint(next)) {
        path.append(format("V%.1f", bottom[next]));
        trace(next, path);
      } else {
        path.append(format("m-3 -5l3 5l3 -5"));
      }
    }
  }

  private void box(int place) {
    View.Box box = view.boxes().get(place);
    Phase phase = phase(box);
    String look = box.look().name().toLowerCase(Locale.ROOT);
    svg.append("<g class=\"box ").append(look).append("\" tabindex=\"0\"");
    svg.append(box.look() == View.Look.GROUP ? " role=\"button\"" : " role=\"img\"");
    if (box.look() == View.Look.GROUP) {
      svg.append(" data-opens=\"group").append(place).append('"');
    }
    svg.append(" data-nodes=\"").append(numbers(box, TapeGraph.Node::number)).append('"');
    svg.append(" data-of=\"").append(numbers(box, TapeGraph.Node::pullbackOf)).append('"');
    svg.append(" aria-label=\"").append(Markup.escaped(words(box, phase))).append("\">");
    svg.append("<title>").append(Markup.escaped(words(box, phase))).append("</title>");
    face(box, phase, place);
    double middle = (top[place] + bottom[place]) / 2;
    boolean two = !box.note().isEmpty();
    text("label", x[place], middle + (two ? -1.5 : 4), box.label());
    if (two) {
      text("note", x[place], middle + 11, box.note());
    }
    if (!box.shape().isEmpty() && !layers.below(place).isEmpty()) {
      text("shape", x[place] + 4, bottom[place] + 10, box.shape());
    }
    svg.append("</g>\n");
  }

  private void face(View.Box box, Phase phase, int place) {
    double half = width(box) / 2;
    double round = phase == Phase.VALUE ? 2 : phase == Phase.FIRST ? heightOf(place) / 2 : 6;
    double height = bottom[place] - top[place];
    svg.append(
        format(
            "<rect class=\"face\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\""
                + " fill=\"%s\" stroke=\"%s\"/>",
            x[place] - half, top[place], 2 * half, height, round, phase.fill(), phase.line()));
    if (phase == Phase.SECOND) {
      svg.append(
          format(
              "<rect class=\"inner\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"4\""
                  + " stroke=\"%s\"/>",
              x[place] - half + 2.5, top[place] + 2.5, 2 * half - 5, height - 5, phase.line()));
    }
  }

  private void text(String type, double at, double baseline, String text) {
    svg.append(format("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", type, at, baseline));
    svg.append(Markup.escaped(text)).append("</text>");
  }

  /** The phase of a box's operations; a group also contains leaves. */
  private static Phase phase(View.Box box) {
    return box.nodes().stream()
        .map(TapeGraph.Node::phase)
        .max(Phase::compareTo)
        .orElse(Phase.VALUE);
  }

  private static String words(View.Box box, Phase phase) {
    String shape = box.shape().isEmpty() ? "" : " " + box.shape();
    String note = box.note().isEmpty() ? "" : ", " + box.note();
    return box.label() + shape + note + ", " + (box.look() == View.Look.LEAF ? "leaf" : phase);
  }

  private static String numbers(View.Box box, Function<TapeGraph.Node, Integer> number) {
    Set<Integer> numbers =
        box.nodes().stream().map(number).collect(Collectors.toCollection(TreeSet::new));
    numbers.remove(-1);
    return numbers.stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
