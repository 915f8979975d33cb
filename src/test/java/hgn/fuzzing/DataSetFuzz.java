package hgn.fuzzing;

/** What {@code generate} writes: {@code dataset.json} and a file of rollouts. */
public final class DataSetFuzz {
  private static final Sandbox SANDBOX = new Sandbox();
  static final String SHARD = "rollouts-00000.safetensors";

  private DataSetFuzz() {}

  /** Reads a list beside a whole file of rollouts, or a list and a file of rollouts. */
  public static void fuzzerTestOneInput(byte[] data) {
    Input input = Input.of(data, 2);
    if (input.way() == 0) {
      SANDBOX.write("dataset.json", input.bytes());
      SANDBOX.write(SHARD, Seeds.shard());
    } else {
      SANDBOX.write("dataset.json", input.parts().get(0));
      SANDBOX.write(SHARD, input.parts().get(1));
    }
    Trial.readPlain(data, () -> FilmReading.of(SANDBOX.folder(), ""));
    SANDBOX.empty();
  }
}
