package hgn.reproduce.sections;

import hgn.report.Document;
import hgn.reproduce.Training;
import java.util.List;

/** A reproduced table or figure of the paper. */
public interface Section {
  /** The name on the command line. */
  String name();

  /** The trainings that it needs. */
  List<Training> trainings(Plan plan);

  /**
   * Adds the section to a report.
   *
   * @param pictures draws its pictures
   * @param floors error bounds on the data
   */
  void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors);
}
