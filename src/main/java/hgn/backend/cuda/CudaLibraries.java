package hgn.backend.cuda;

import hgn.files.BundledLibrary;
import hgn.files.CodeFolders;
import hgn.files.NativeAccess;
import hgn.tensor.DeviceNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds and loads the libraries that JCuda's native code is linked to: the driver, cuBLAS and
 * cuDNN. Once a library of the right name is loaded into the process, that code uses it, wherever
 * it came from.
 */
final class CudaLibraries {
  static final String DRIVER = "libcuda.so.1";
  static final String BLAS = "libcublas.so.12";
  static final String NEWER_BLAS = "libcublas.so.13";
  static final String DNN = "libcudnn.so.9";

  /** A library named like {@link #BLAS} that forwards to {@link #NEWER_BLAS}. */
  private static final String FORWARDING = "/native/linux-x86_64/" + BLAS;

  private final LibrarySearch search;
  private final Consumer<Path> loader;
  private final List<Path> loaded = new ArrayList<>();

  /** Loads the libraries that {@code search} finds with {@code loader}. */
  CudaLibraries(LibrarySearch search, Consumer<Path> loader) {
    this.search = search;
    this.loader = loader;
  }

  /** For this machine and process. */
  static CudaLibraries ofThisMachine() {
    return new CudaLibraries(
        LibrarySearch.ofThisMachine(), library -> System.load(library.toAbsolutePath().toString()));
  }

  /**
   * Loads the driver.
   *
   * @throws DeviceNotFoundException if there is none
   * @throws UnsupportedOperationException if it does not load
   */
  void loadDriver() {
    Path driver =
        search
            .find(DRIVER)
            .orElseThrow(
                () ->
                    new DeviceNotFoundException(
                        "no NVIDIA driver ("
                            + DRIVER
                            + "), "
                            + search.advice()
                            + " or install a driver of version 525 or later, for kernels built with"
                            + " CUDA 13 of version 580 or later"));
    load(driver);
  }

  /**
   * Loads cuBLAS and cuDNN. Libraries of CUDA 13 are passed over if the driver is for an older one,
   * on which they would load but not start.
   *
   * @param driver the CUDA version that the driver supports, as 12060 for 12.6
   * @throws UnsupportedOperationException if one is missing, of another version, or does not load
   */
  void loadMathematics(int driver) {
    loadBlas(driver);
    loadIfThere("libnvrtc.so.12"); // cuDNN compiles some of its engines at run time
    if (driver >= Drivers.CUDA_13) {
      loadIfThere("libnvrtc.so.13");
    }
    load(require("cuDNN 9", DNN, List.of("libcudnn.so.10", "libcudnn.so.8", "libcudnn.so.7")));
  }

  private void loadBlas(int driver) {
    Optional<Path> newer = search.find(NEWER_BLAS);
    if (search.find(BLAS).isEmpty() && newer.isPresent() && driver < Drivers.CUDA_13) {
      throw new UnsupportedOperationException(
          "cuBLAS of CUDA 12 is needed ("
              + BLAS
              + "): passed over "
              + newer.get()
              + ", since the driver is for CUDA "
              + Drivers.dotted(driver)
              + "; "
              + search.advice()
              + ", install it, or install driver "
              + Drivers.withCuda(Drivers.CUDA_13));
    }
    if (search.find(BLAS).isPresent() || newer.isEmpty()) {
      Path blas = require("cuBLAS of CUDA 12 or 13", BLAS, List.of("libcublas.so.11"));
      loadBeside(blas, "libcublasLt.so.12");
      load(blas);
      return;
    }
    loadBeside(newer.get(), "libcublasLt.so.13");
    load(newer.get());
    loadForwarding();
  }

  private Path require(String what, String name, List<String> others) {
    return search
        .find(name)
        .orElseThrow(
            () -> {
              String found =
                  others.stream()
                      .flatMap(other -> search.find(other).stream())
                      .findFirst()
                      .map(other -> "found " + other + " instead, ")
                      .orElse("");
              return new UnsupportedOperationException(
                  what
                      + " is needed ("
                      + name
                      + "), "
                      + found
                      + search.advice()
                      + " or install it");
            });
  }

  /** The libraries loaded so far. */
  List<Path> loaded() {
    return List.copyOf(loaded);
  }

  private void loadForwarding() {
    BundledLibrary.of(
            CudaLibraries.class,
            FORWARDING,
            "this machine has "
                + NEWER_BLAS
                + " only, and this build lacks the library that forwards to it; install "
                + BLAS
                + ", or build on a machine with cmake and a C++ compiler")
        .load(
            CodeFolders.ofThisProcess(),
            library -> {
              loader.accept(library);
              loaded.add(library);
            });
  }

  private void loadBeside(Path library, String name) {
    Path other = library.resolveSibling(name);
    if (Files.isRegularFile(other)) {
      load(other);
    }
  }

  private void loadIfThere(String name) {
    search.find(name).ifPresent(this::load);
  }

  private void load(Path library) {
    try {
      loader.accept(library);
      loaded.add(library);
    } catch (IllegalCallerException refusal) {
      throw NativeAccess.refused(CudaLibraries.class, refusal);
    } catch (UnsatisfiedLinkError failure) {
      throw new UnsupportedOperationException(
          library
              + " does not load: "
              + String.valueOf(failure.getMessage()).replaceAll("\\s+", " ")
              + "; repair its installation or name another one's folder with -D"
              + LibrarySearch.PROPERTY,
          failure);
    }
  }
}
