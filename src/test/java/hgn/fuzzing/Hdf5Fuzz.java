package hgn.fuzzing;

/** HDF5 files. */
public final class Hdf5Fuzz {
  private static final Sandbox SANDBOX = new Sandbox();

  private Hdf5Fuzz() {}

  /** Reads the only data set, or the one that is usually called so. */
  public static void fuzzerTestOneInput(byte[] data) {
    SANDBOX.write("films.h5", data);
    Trial.read(() -> FilmReading.of(SANDBOX.folder().resolve("films.h5"), ""));
    Trial.read(() -> FilmReading.of(SANDBOX.folder().resolve("films.h5"), "films"));
    SANDBOX.empty();
  }
}
