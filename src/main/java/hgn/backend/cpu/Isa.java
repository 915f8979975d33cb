package hgn.backend.cpu;

import java.util.Arrays;
import java.util.Locale;

/** Instruction sets that the library has kernels for, from the plainest to the widest. */
enum Isa {
  /** What every processor of the architecture has; on x86-64 SSE2. */
  PORTABLE("baseline instructions"),
  /** AVX2 and FMA: 8 floats at a time. */
  AVX2("AVX2"),
  /** AVX-512 F, DQ, VL and BW: 16 floats at a time. */
  AVX512("AVX-512");

  /** System property that asks for a plainer instruction set than the processor has. */
  static final String PROPERTY = "hgn.isa";

  private final String label;

  Isa(String label) {
    this.label = label;
  }

  /**
   * The instruction set to use on a processor whose widest one is {@code best}.
   *
   * @throws UnsupportedOperationException if the property asks for a wider one, or one unknown
   */
  static Isa configured(Isa best) {
    String text = System.getProperty(PROPERTY);
    return text == null ? best : parse(text, best);
  }

  static Isa parse(String text, Isa best) {
    String known = String.join(", ", Arrays.stream(values()).map(Isa::key).toList());
    Isa asked =
        Arrays.stream(values())
            .filter(isa -> isa.key().equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnsupportedOperationException(
                        "-D" + PROPERTY + "=" + text + " is none of " + known));
    if (asked.compareTo(best) > 0) {
      throw new UnsupportedOperationException(
          "-D"
              + PROPERTY
              + "="
              + text
              + " is more than this processor has, "
              + best.key()
              + "; leave the property out");
    }
    return asked;
  }

  private String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people. */
  String label() {
    return label;
  }
}
