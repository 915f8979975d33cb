/**
 * The primitives on an NVIDIA GPU, float32 only: kernels of our own from {@code kernels/}, matrix
 * products by cuBLAS, convolutions by cuDNN, all queued on one stream.
 *
 * <p>The only package that knows JCuda, which binds the driver's interface. No class of JCuda is
 * touched before {@link hgn.backend.cuda.CudaLibraries} has found and loaded a driver.
 */
package hgn.backend.cuda;
