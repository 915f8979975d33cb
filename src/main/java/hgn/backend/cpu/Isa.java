package hgn.backend.cpu;

import java.util.Arrays;
import java.util.Locale;

/** Instruction sets that the library has kernels for, from the narrowest to the widest. */
enum Isa {
  /** The baseline of the architecture; SSE2 on x86-64. */
  PORTABLE("baseline instructions"),
  /** AVX2 and FMA: 8 floats at a time. */
  AVX2("AVX2"),
  /** AVX-512 F, DQ, VL and BW: 16 floats at a time. */
  AVX512("AVX-512"),
  /** The same and AMX: tiles of bfloat16 numbers, for convolutions that may round. */
  AMX("AVX-512 and AMX");

  /** System property that selects a narrower instruction set than the processor supports. */
  static final String PROPERTY = "hgn.isa";

  private final String label;

  Isa(String label) {
    this.label = label;
  }

  /**
   * The instruction set to use on a processor whose widest one is {@code best}.
   *
   * @throws UnsupportedOperationException if the property names a wider or an unknown one
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

  /** Whether products of bfloat16 numbers are faster than all that float32 offers. */
  boolean hasTiles() {
    return this == AMX;
  }

  /** Human-readable name. */
  String label() {
    return label;
  }
}
