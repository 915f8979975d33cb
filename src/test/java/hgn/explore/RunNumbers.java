package hgn.explore;

import hgn.run.RunFolder;

/** Hands what the explorer reads of a run's files to tests of other packages. */
public final class RunNumbers {
  private RunNumbers() {}

  /** Reads curves and summary. */
  public static void read(RunFolder folder) {
    RunCurves.json(folder);
    RunSummary.test(folder);
  }
}
