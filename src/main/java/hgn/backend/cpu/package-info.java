/**
 * The primitives in C++ through JNI, float32 only, vectorised and multi-threaded. The instruction
 * set is chosen when the library is loaded.
 *
 * <p>{@link hgn.backend.cpu.CpuBackend} passes addresses and sizes to {@link
 * hgn.backend.cpu.Native}. The comment at the top of each file in {@code native/} says what it
 * computes, and how.
 */
package hgn.backend.cpu;
