package hgn.reproduce.sections;

import hgn.reproduce.Training;
import hgn.text.Hints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All tables and figures, by name. */
public final class Sections {
  /** The name that selects all sections. */
  public static final String ALL = "all";

  private static final List<Section> KNOWN =
      List.of(
          new DataSection(),
          new Table1(),
          new Physics(),
          new Table2(),
          new Figure3(),
          new Figure4(),
          new Figure5(),
          new Figure6(),
          new Figure7(),
          new Modelling(),
          new FewFrames(),
          new Targets());

  private Sections() {}

  /** The names in the paper's order, and {@link #ALL}. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(KNOWN.stream().map(Section::name).toList());
    names.add(ALL);
    return names;
  }

  /**
   * Returns the sections of these names.
   *
   * @throws IllegalArgumentException if one is unknown; the message names the nearest and all
   */
  public static List<Section> named(List<String> names) {
    List<Section> sections = new ArrayList<>();
    for (String name : names) {
      if (name.equals(ALL)) {
        return KNOWN;
      }
      sections.add(
          KNOWN.stream()
              .filter(section -> section.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          String.format(
                              Locale.ROOT,
                              "[reproduce] '%s' is unknown; did you mean '%s'? Valid: %s",
                              name,
                              Hints.nearest(name, names()),
                              String.join(", ", names())))));
    }
    return sections;
  }

  /** The trainings that these sections need, without duplicates, in order of first use. */
  public static List<Training> trainings(List<Section> sections, Plan plan) {
    Map<String, Training> byName = new LinkedHashMap<>();
    for (Section section : sections) {
      section.trainings(plan).forEach(training -> byName.putIfAbsent(training.name(), training));
    }
    return List.copyOf(byName.values());
  }
}
