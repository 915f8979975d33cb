package hgn.ranks.mpi;

import hgn.files.BundledLibrary;
import hgn.files.NativeAccess;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads {@code libhgn4j_mpi.so}, and the MPI that it was built with. */
final class MpiLibrary {
  private static final String FOLDER = "/native/linux-x86_64/";
  private static final Pattern MISSING = Pattern.compile("(lib\\S+): cannot open shared object");

  private MpiLibrary() {}

  /**
   * Loads it.
   *
   * @throws UnsupportedOperationException if the build left it out, or it does not load
   */
  static void load() {
    try {
      load("libhgn4j_signals.so");
      Signals.keep();
      load("libhgn4j_mpi.so");
      Signals.restore();
    } catch (IllegalCallerException refusal) {
      throw NativeAccess.refused(MpiLibrary.class, refusal);
    } catch (UnsupportedOperationException failure) {
      Matcher missing = MISSING.matcher(failure.getMessage());
      if (missing.find()) {
        throw new UnsupportedOperationException(
            "libhgn4j_mpi.so needs "
                + missing.group(1)
                + ", which is not here; install the MPI that it was built with, or build it with"
                + " that of this machine",
            failure);
      }
      throw failure;
    }
  }

  private static void load(String name) {
    BundledLibrary.of(
            MpiLibrary.class,
            FOLDER + name,
            "a launcher has started this process beside others, but this build has no "
                + name
                + "; build it where mpicc is, or start the program without mpirun")
        .load(file -> System.load(file.toString()));
  }
}
