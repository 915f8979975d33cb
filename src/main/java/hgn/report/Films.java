package hgn.report;

import java.util.List;
import java.util.Locale;

/** Checks of films shown together. */
final class Films {
  private Films() {}

  static void requireAlike(List<Film> films) {
    if (films.isEmpty()) {
      throw new IllegalArgumentException("[report] there is no film to show");
    }
    Film first = films.get(0);
    for (Film film : films) {
      if (film.resolution() != first.resolution() || film.length() != first.length()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "[report] film '%s' has %d frames of %d pixels, '%s' has %d of %d; they must be alike",
                first.label(),
                first.length(),
                first.resolution(),
                film.label(),
                film.length(),
                film.resolution()));
      }
    }
  }
}
