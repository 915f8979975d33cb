package hgn.fuzzing;

import hgn.sweep.SweepFile;
import java.nio.file.Path;
import java.util.List;

/** Files of sweeps. */
public final class SweepFuzz {
  private static final Sandbox SANDBOX = new Sandbox();

  private SweepFuzz() {}

  /** Loads what takes long the first time. */
  public static void fuzzerInitialize() {
    ConfigFuzz.fuzzerInitialize();
  }

  /** Reads a file and what each of its trainings is told. */
  public static void fuzzerTestOneInput(byte[] data) {
    Path file = SANDBOX.write("sweep.yaml", data);
    // a few bytes may ask for many trainings, whose configurations are all looked at
    Trial.read(() -> SweepFile.read(file, List.of()));
    SANDBOX.empty();
  }
}
