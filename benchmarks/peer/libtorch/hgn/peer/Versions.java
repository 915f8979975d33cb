package hgn.peer;

import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** Of libtorch. */
final class Versions {
  private static final String UNKNOWN = "of unknown version";

  private Versions() {}

  /** libtorch's, and that of its Java interface. */
  static String libtorch() {
    return of("org.bytedeco", "pytorch");
  }

  /** The library by which libtorch convolves on a CPU, in its own words. */
  static String oneDnn() {
    try (BytePointer words = torch.get_mkldnn_version()) {
      return words.getString().strip();
    }
  }

  /** As Maven wrote it into the jar. */
  private static String of(String group, String artifact) {
    try {
      String version = Loader.getVersion(group, artifact);
      return version == null ? UNKNOWN : version;
    } catch (IOException unreadable) {
      return UNKNOWN;
    }
  }
}
