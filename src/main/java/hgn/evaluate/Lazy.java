package hgn.evaluate;

import java.util.function.Supplier;

/** A lazily computed value shared by several measures. */
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
