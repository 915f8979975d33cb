package hgn.backend.cuda;

import hgn.files.CodeFolders;
import hgn.files.PrivateFolder;
import java.io.IOException;
import java.nio.file.Path;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcudnn.JCudnn;

/**
 * Where JCuda unpacks its native parts. It writes them to {@code java.io.tmpdir} under fixed names,
 * and loads a file of that name that is there already, whoever put it there. So this is a folder of
 * this user alone as long as they are loaded, deleted after that.
 */
final class JcudaNatives implements AutoCloseable {
  private static final String TEMPORARY = "java.io.tmpdir";

  private final String before = System.getProperty(TEMPORARY);
  private final PrivateFolder folder = folder();

  JcudaNatives() {
    System.setProperty(TEMPORARY, folder.path().toString());
  }

  private static PrivateFolder folder() {
    IOException last = null;
    for (Path parent : CodeFolders.ofThisProcess()) {
      try {
        return PrivateFolder.in(parent);
      } catch (IOException failure) {
        last = failure;
      }
    }
    throw new UnsupportedOperationException(
        "no folder for JCuda's native code can be made in any of "
            + CodeFolders.ofThisProcess()
            + "; name one of yours with -D"
            + CodeFolders.PROPERTY
            + "=FOLDER",
        last);
  }

  /** Loads the part for the driver. */
  void loadDriver() {
    initialise(JCudaDriver.class);
  }

  /** Loads the parts for cuBLAS and cuDNN. */
  void loadMathematics() {
    initialise(JCublas2.class);
    initialise(JCudnn.class);
  }

  private static void initialise(Class<?> type) {
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    System.setProperty(TEMPORARY, before);
    folder.close();
  }
}
