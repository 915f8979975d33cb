package hgn.reproduce.sections;

import hgn.report.Document;
import hgn.reproduce.Training;
import java.util.List;

/** A table or a figure of the paper, again. */
public interface Section {
  /** Its name on the command line. */
  String name();

  /** The trainings that it needs. */
  List<Training> trainings(Plan plan);

  /**
   * Adds it to a report.
   *
   * @param pictures draws what belongs to it
   * @param floors what is possible on the data
   */
  void write(Document document, Plan plan, Results results, Pictures pictures, Floors floors);
}
