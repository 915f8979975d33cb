/**
 * The primitives in C++ through JNI, float32 only: vectorised for the processor's instruction set,
 * which is chosen when the library is loaded, and shared out among threads.
 *
 * <p>{@link hgn.backend.cpu.CpuBackend} passes addresses and sizes to {@link
 * hgn.backend.cpu.Native}; what is computed, and how, stands at the head of each file in {@code
 * native/}.
 */
package hgn.backend.cpu;
