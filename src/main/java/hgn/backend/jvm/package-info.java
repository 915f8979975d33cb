/**
 * The backend in plain Java, for float32 and float64: the reference that other backends are tested
 * against, and the fallback where there is no C++ compiler.
 *
 * <p>All arithmetic is in double precision, rounded to the tensor's dtype when stored. The split of
 * a call into tasks depends on the sizes of its operands only, and partial sums are added in a
 * fixed order, so that results depend neither on timing nor on the number of threads.
 */
package hgn.backend.jvm;
