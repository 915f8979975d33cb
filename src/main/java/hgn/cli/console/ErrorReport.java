package hgn.cli.console;

import hgn.config.ConfigException;
import hgn.files.StorageException;
import hgn.images.Drawing;
import hgn.tensor.DeviceMemoryError;
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
    return failed(error);
  }

  /** Reports an error outside the parsing of arguments. */
  public int failed(Throwable error) {
    print(describe(error), error);
    return error instanceof ConfigException ? ExitCode.USAGE : ExitCode.FAILURE;
  }

  private static String describe(Throwable error) {
    Optional<String> undrawable = Drawing.missing(error);
    if (undrawable.isPresent()) {
      return undrawable.get();
    } else if (error instanceof DeviceMemoryError) {
      return error.getMessage();
    } else if (error instanceof OutOfMemoryError) {
      return "out of memory (" + error.getMessage() + "); lower train.batch or raise -Xmx";
    } else if (error instanceof UncheckedIOException unchecked) {
      return describe(unchecked.getCause());
    } else if (error instanceof FileSystemException file) {
      return file.getFile() + ": " + StorageException.reason(file);
    } else if (error instanceof IOException io) {
      return "input or output failed: " + StorageException.reason(io);
    } else if (isFault(error)) {
      return ("internal error: " + error.getClass().getSimpleName())
          + (error.getMessage() == null ? "" : ": " + error.getMessage())
          + "; run it again with --debug and report the stack trace";
    }
    return error.getMessage();
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
    err.println("hgn4j: " + message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip());
    if (debug.getAsBoolean()) {
      error.printStackTrace(err);
    }
    err.flush();
  }
}
