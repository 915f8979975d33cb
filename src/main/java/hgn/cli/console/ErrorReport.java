package hgn.cli.console;

import hgn.config.ConfigException;
import hgn.files.OneLine;
import hgn.files.StorageException;
import hgn.images.Drawing;
import hgn.predict.PredictionException;
import hgn.tensor.DeviceMemoryError;
import hgn.threads.ThreadPools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports an error as one line and an exit code; the stack trace only with {@code --debug}. */
public final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final PrintWriter err;
  private final BooleanSupplier debug;

  public ErrorReport(PrintWriter err, BooleanSupplier debug) {
    this.err = err;
    this.debug = debug;
  }

  @Override
  public int handleParseException(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    String message = error.getMessage();
    if (error instanceof UnmatchedArgumentException unmatched) {
      List<String> nearest = unmatched.getSuggestions();
      message += nearest.isEmpty() ? "" : "; the nearest is " + nearest.get(0);
    }
    print(message + "; see " + command.getCommandSpec().qualifiedName() + " --help", error);
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception error, CommandLine commandLine, ParseResult parseResult) {
    if (error instanceof ParameterException usage) {
      return handleParseException(usage, new String[0]);
    }
    return failed(error, parseResult);
  }

  /** As below, for a command that is not known. */
  int failed(Throwable error) {
    return failed(error, null);
  }

  /**
   * Reports an error outside the parsing of arguments.
   *
   * @param parsed what was parsed of the command line; may be null
   */
  public int failed(Throwable error, ParseResult parsed) {
    print(describe(error, parsed), error);
    return code(error);
  }

  /** The exit code of a command that ends with this error. */
  public static int code(Throwable error) {
    return error instanceof ConfigException || error instanceof ParameterException
        ? ExitCode.USAGE
        : ExitCode.FAILURE;
  }

  /**
   * The line for an error.
   *
   * @param parsed what was parsed of the command line; may be null
   */
  public static String line(Throwable error, ParseResult parsed) {
    return describe(error, parsed);
  }

  private static String describe(Throwable thrown, ParseResult parsed) {
    Throwable error = original(thrown);
    Optional<String> undrawable = Drawing.missing(error);
    if (undrawable.isPresent()) {
      return undrawable.get();
    } else if (isTooLarge(error)) {
      return "more numbers are asked for than an array holds, which is "
          + Integer.MAX_VALUE
          + "; lower "
          + LessMemory.sizes(parsed);
    } else if (error instanceof DeviceMemoryError full) {
      return LessMemory.trains(parsed)
          ? full.getMessage()
          : full.shortage() + "; " + LessMemory.adviceForDevice(parsed);
    } else if (isThreadShortage(error)) {
      return "the system grants no more threads; "
          + ThreadPools.REMEDY
          + ", or set -Dhgn.threads=1";
    } else if (error instanceof OutOfMemoryError) {
      return "out of memory (" + error.getMessage() + "); " + LessMemory.advice(parsed);
    } else if (error instanceof UncheckedIOException unchecked) {
      return describe(unchecked.getCause(), parsed);
    } else if (error instanceof FileSystemException file) {
      return file.getFile() + ": " + StorageException.reason(file);
    } else if (error instanceof IOException io) {
      return "input or output failed: " + StorageException.reason(io);
    } else if (error instanceof PredictionException) {
      return error.getMessage()
          + "; give a smaller --frames where the command has it, or another --checkpoint";
    } else if (isFault(error)) {
      return ("internal error: " + error.getClass().getSimpleName())
          + (error.getMessage() == null ? "" : ": " + error.getMessage())
          + "; run it again with --debug and report the stack trace";
    }
    return error.getMessage();
  }

  /** Parallel streams wrap an exception into one of the same class, whose message names it. */
  private static Throwable original(Throwable error) {
    Throwable found = error;
    while (found.getCause() != null && found.getCause().toString().equals(found.getMessage())) {
      found = found.getCause();
    }
    return found;
  }

  /** Whether a size overflowed, as exact arithmetic and the virtual machine say. */
  private static boolean isTooLarge(Throwable error) {
    String message = String.valueOf(error.getMessage());
    return error instanceof NegativeArraySizeException
        || error instanceof ArithmeticException && message.endsWith(" overflow")
        || error instanceof OutOfMemoryError && message.contains("array size exceeds");
  }

  /** Java calls a refused thread a lack of memory. */
  private static boolean isThreadShortage(Throwable error) {
    return error instanceof OutOfMemoryError
        && String.valueOf(error.getMessage()).contains("native thread");
  }

  /** Whether the exception's message is not meant for users. */
  private static boolean isFault(Throwable error) {
    return error.getMessage() == null
        || error instanceof NullPointerException
        || error instanceof IndexOutOfBoundsException
        || error instanceof ClassCastException
        || error instanceof ArithmeticException
        || error instanceof NegativeArraySizeException
        || error instanceof Error;
  }

  private void print(String message, Throwable error) {
    err.println("hgn4j: " + OneLine.whole(message));
    if (debug.getAsBoolean()) {
      error.printStackTrace(err);
    }
    err.flush();
  }
}
