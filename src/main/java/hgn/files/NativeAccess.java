package hgn.files;

/** What JDK 24 and later demand of a program that loads native code. */
public final class NativeAccess {
  private NativeAccess() {}

  /**
   * Says in one line how {@code program} may load native code, which Java has refused.
   *
   * @param refusal what {@code System.load} threw
   */
  public static UnsupportedOperationException refused(
      Class<?> program, IllegalCallerException refusal) {
    Module module = program.getModule();
    return new UnsupportedOperationException(
        "Java does not let this program load native code; start java with --enable-native-access="
            + (module.isNamed() ? module.getName() : "ALL-UNNAMED"),
        refusal);
  }
}
