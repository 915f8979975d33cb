package hgn.tensor;

/**
 * A dense array of one {@link DType} in a backend's memory, row-major.
 *
 * <p>A tensor is owned by an {@link Arena}, which frees it; {@link #close} frees it earlier. A
 * {@linkplain #reshape view} shares the memory of its {@linkplain #base base}, owns nothing, and is
 * valid as long as the base is. Any use after that throws, naming what freed it.
 */
public final class Tensor implements AutoCloseable {
  private final Backend backend;
  private final DType dtype;
  private final Shape shape;
  private final Tensor base;
  private final long offset;
  private Memory memory;
  private String freedBy;
  private Arena arena;
  private int slot;

  private Tensor(Backend backend, DType dtype, Shape shape, Tensor base, long offset) {
    this.backend = backend;
    this.dtype = dtype;
    this.shape = shape;
    this.base = base == null ? this : base;
    this.offset = offset;
  }

  /**
   * A tensor with undefined contents, owned by the innermost arena of this thread.
   *
   * @throws IllegalArgumentException if the backend does not compute in {@code dtype}
   * @throws IllegalStateException if no arena is open
   */
  public static Tensor allocate(Backend backend, DType dtype, Shape shape) {
    if (!backend.supports(dtype)) {
      throw new IllegalArgumentException(
          "[allocate] backend '"
              + backend.name()
              + "' does not compute in "
              + dtype
              + "; use the 'jvm' backend for it");
    }
    Arena owner = Arena.current();
    Tensor tensor = new Tensor(backend, dtype, shape, null, 0);
    tensor.memory = backend.pool().acquire(shape.count() * dtype.bytes());
    owner.add(tensor);
    return tensor;
  }

  /** A tensor with undefined contents on the backend and in the dtype of {@code like}. */
  public static Tensor like(Tensor like, Shape shape) {
    return allocate(like.backend, like.dtype, shape);
  }

  /**
   * A tensor with these values.
   *
   * @throws IllegalArgumentException if their number is not that of the shape
   */
  public static Tensor of(Backend backend, DType dtype, Shape shape, double... values) {
    return allocate(backend, dtype, shape).set(values);
  }

  /**
   * A tensor with these values.
   *
   * @throws IllegalArgumentException if their number is not that of the shape
   */
  public static Tensor of(Backend backend, DType dtype, Shape shape, float[] values) {
    return allocate(backend, dtype, shape).set(values);
  }

  /** A tensor with one value everywhere. */
  public static Tensor full(Backend backend, DType dtype, Shape shape, double value) {
    Tensor tensor = allocate(backend, dtype, shape);
    backend.fill(tensor, value);
    return tensor;
  }

  /** Overwrites all elements, converting to this tensor's dtype. */
  public Tensor set(double... values) {
    requireCount(values.length);
    backend.upload(values, this);
    return this;
  }

  /** Overwrites all elements, converting to this tensor's dtype. */
  public Tensor set(float[] values) {
    requireCount(values.length);
    backend.upload(values, this);
    return this;
  }

  private void requireCount(int length) {
    if (length != shape.count()) {
      throw new IllegalArgumentException(
          "[set] "
              + length
              + " values for a tensor of shape "
              + shape
              + ", which has "
              + shape.count());
    }
  }

  /** A copy of all elements, row-major. */
  public double[] toDoubles() {
    double[] values = new double[Math.toIntExact(shape.count())];
    backend.download(this, values);
    return values;
  }

  /** A copy of all elements, row-major. */
  public float[] toFloats() {
    float[] values = new float[Math.toIntExact(shape.count())];
    backend.download(this, values);
    return values;
  }

  /**
   * The only element.
   *
   * @throws IllegalStateException if there are several
   */
  public double item() {
    if (shape.count() != 1) {
      throw new IllegalStateException(
          "[item] " + this + " has " + shape.count() + " elements; sum or slice it first");
    }
    return toDoubles()[0];
  }

  /**
   * A view with another shape of the same number of elements.
   *
   * @throws IllegalArgumentException if the number of elements differs
   */
  public Tensor reshape(Shape to) {
    if (to.count() != shape.count()) {
      throw new IllegalArgumentException(
          "[reshape] "
              + shape
              + " has "
              + shape.count()
              + " elements, "
              + to
              + " has "
              + to.count()
              + "; both must have the same number");
    }
    return new Tensor(backend, dtype, to, base, offset);
  }

  /** A view of {@code count} entries of the first axis, starting at {@code start}. */
  public Tensor rows(int start, int count) {
    int rows = shape.dim(0);
    if (start < 0 || count < 1 || count > rows - start) {
      throw new IllegalArgumentException(
          "[rows] " + count + " from " + start + " on are not within the " + rows + " of " + shape);
    }
    long rowBytes = shape.inner(0) * dtype.bytes();
    return new Tensor(backend, dtype, shape.with(0, count), base, offset + start * rowBytes);
  }

  /** The block that holds the elements, from {@link #offset} on. */
  public Memory memory() {
    if (base.memory == null) {
      throw new IllegalStateException(
          "[use after free] "
              + this
              + " is gone: "
              + base.freedBy
              + "; keep it in an outer arena or copy it before that");
    }
    return base.memory;
  }

  /** Bytes from the start of {@link #memory} to the first element. */
  public long offset() {
    return offset;
  }

  /** The tensor that owns the memory: this one, unless it is a view. */
  public Tensor base() {
    return base;
  }

  /** Whether the memory has been freed. */
  public boolean isFreed() {
    return base.memory == null;
  }

  /** Element type. */
  public DType dtype() {
    return dtype;
  }

  /** Dimensions. */
  public Shape shape() {
    return shape;
  }

  /** The backend that holds the memory and computes on it. */
  public Backend backend() {
    return backend;
  }

  /**
   * Frees the memory before its arena does.
   *
   * @throws IllegalStateException if it is already freed, or this is a view
   */
  @Override
  public void close() {
    if (base != this) {
      throw new IllegalStateException("[close] " + this + " is a view; close the tensor it views");
    }
    if (memory == null) {
      throw new IllegalStateException("[double free] " + this + " is gone already: " + freedBy);
    }
    arena.remove(this);
    free("close() was called");
  }

  void free(String reason) {
    backend.pool().release(memory);
    memory = null;
    freedBy = reason;
    arena = null;
  }

  void attach(Arena owner, int index) {
    arena = owner;
    slot = index;
  }

  Arena arena() {
    return arena;
  }

  int slot() {
    return slot;
  }

  /** Shape, dtype and backend, such as {@code (16,32,32,48) float32 on cpu}. */
  @Override
  public String toString() {
    return shape + " " + dtype + " on " + backend.name();
  }
}
