package hgn.evaluate;

import java.util.function.Supplier;

/** A value that several measures share and that is computed when the first one asks. */
final class Lazy<T> implements Supplier<T> {
  private Supplier<T> source;
  private T value;

  private Lazy(Supplier<T> source) {
    this.source = source;
  }

  static <T> Supplier<T> of(Supplier<T> source) {
    return new Lazy<>(source);
  }

  @Override
  public T get() {
    if (source != null) {
      value = source.get();
      source = null;
    }
    return value;
  }
}
