package hgn.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The program's version, written into the jar by the build. */
public final class Version implements IVersionProvider {
  private static final String RESOURCE = "/META-INF/maven/io.github.hgn4j/hgn4j/pom.properties";

  /** The version number, or "development" if run from classes outside a jar. */
  public static String number() {
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        return "development";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException error) {
      return "of unknown number (" + error.getMessage() + ")";
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"hgn4j " + number()};
  }
}
