/**
 * The backend in plain Java, for float32 and float64: the oracle that other backends are tested
 * against, and what runs where there is no C++ compiler.
 *
 * <p>All arithmetic is in double precision, rounded to the tensor's dtype when stored. A call is
 * cut into tasks by the sizes of its operands alone, and partial sums are added in a fixed order,
 * so that a result depends neither on timing nor on the number of threads.
 */
package hgn.backend.jvm;
