package hgn.backend.cuda;

import static hgn.backend.cuda.EmulatedDevice.check;
import static hgn.backend.cuda.EmulatedDevice.succeed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasOperation;
import jcuda.runtime.cudaStream_t;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams, events and graphs of the emulator. */
class EmulatedStreamTest {
  private EmulatedDevice device;
  private CUstream stream;

  @BeforeEach
  void open() {
    device = new EmulatedDevice();
    stream = device.stream();
  }

  @AfterEach
  void close() {
    if (device != null) {
      device.close();
      succeed(JCudaDriver.cuStreamDestroy(stream));
    }
  }

  private void store(CUdeviceptr y) {
    succeed(device.launch("test_store", 1, 1, 0, stream, y, 0L));
  }

  @Test
  void workIsDoneWhenSomebodyWaitsAndNotBefore() {
    CUdeviceptr y = device.floats(5);
    store(y);
    assertEquals(5f, device.floatsAt(y, 1)[0], "this copy does not wait for the stream");
    check(CUresult.CUDA_ERROR_NOT_READY, JCudaDriver.cuStreamQuery(stream));
    succeed(JCudaDriver.cuStreamQuery(stream));
    assertEquals(1f, device.floatsAt(y, 1)[0]);
  }

  @Test
  void aCopyToPinnedMemoryArrivesAtItsEvent() {
    CUdeviceptr y = device.floats(5);
    Pointer pinned = new Pointer();
    succeed(JCudaDriver.cuMemAllocHost(pinned, 4));
    ByteBuffer seen = pinned.getByteBuffer(0, 4).order(ByteOrder.nativeOrder());
    seen.putFloat(0, 7);
    store(y);
    succeed(JCudaDriver.cuMemcpyDtoHAsync(pinned, y, 4, stream));
    CUevent event = new CUevent();
    succeed(JCudaDriver.cuEventCreate(event, 0));
    succeed(JCudaDriver.cuEventRecord(event, stream));
    assertEquals(7f, seen.getFloat(0));
    int queries = 0;
    while (JCudaDriver.cuEventQuery(event) == CUresult.CUDA_ERROR_NOT_READY) {
      queries++;
    }
    assertTrue(queries > 0, "the event was not ready at once");
    assertEquals(1f, seen.getFloat(0));
    succeed(JCudaDriver.cuEventDestroy(event));
    succeed(JCudaDriver.cuMemFreeHost(pinned));
  }

  @Test
  void aCopyToAnArrayIsThereWhenTheCallReturns() {
    CUdeviceptr y = device.floats(5);
    store(y);
    float[] seen = {7};
    succeed(JCudaDriver.cuMemcpyDtoHAsync(Pointer.to(seen), y, 4, stream));
    assertEquals(1f, seen[0]);
  }

  @Test
  void anEventOrdersTwoStreams() {
    CUdeviceptr y = device.floats(5);
    CUstream other = device.stream();
    CUevent event = new CUevent();
    succeed(JCudaDriver.cuEventCreate(event, 0));
    store(y);
    succeed(JCudaDriver.cuEventRecord(event, stream));
    succeed(JCudaDriver.cuStreamWaitEvent(other, event, 0));
    succeed(JCudaDriver.cuStreamSynchronize(other));
    assertEquals(1f, device.floatsAt(y, 1)[0]);
    succeed(JCudaDriver.cuEventDestroy(event));
    succeed(JCudaDriver.cuStreamDestroy(other));
  }

  @Test
  void aGraphReplaysKernelsAndLibraryCallsWithTheArgumentsOfTheCapture() {
    CUdeviceptr a = device.floats(1, 2, 3, 4); // columns (1,2) and (3,4)
    CUdeviceptr b = device.floats(10, 20);
    CUdeviceptr c = device.floats(0, 0);
    cublasHandle blas = new cublasHandle();
    assertEquals(0, JCublas2.cublasCreate(blas));
    assertEquals(0, JCublas2.cublasSetStream(blas, new cudaStream_t(stream)));

    succeed(
        JCudaDriver.cuStreamBeginCapture(
            stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_GLOBAL));
    store(b); // b = (1, 20)
    float[] one = {1};
    assertEquals(
        0,
        JCublas2.cublasSgemm(
            blas,
            cublasOperation.CUBLAS_OP_N,
            cublasOperation.CUBLAS_OP_N,
            2,
            1,
            2,
            Pointer.to(one),
            a,
            2,
            b,
            2,
            Pointer.to(one),
            c,
            2));
    one[0] = 100; // what was captured stays
    CUgraph graph = new CUgraph();
    succeed(JCudaDriver.cuStreamEndCapture(stream, graph));
    assertEquals(10f, device.floatsAt(b, 1)[0], "a capture does nothing");

    CUgraphExec executable = new CUgraphExec();
    succeed(JCudaDriver.cuGraphInstantiate(executable, graph, 0L));
    succeed(JCudaDriver.cuGraphDestroy(graph));
    for (int replay = 1; replay <= 3; replay++) {
      succeed(JCudaDriver.cuGraphLaunch(executable, stream));
      succeed(JCudaDriver.cuStreamSynchronize(stream));
      float[] sum = device.floatsAt(c, 2);
      assertEquals(replay * 61f, sum[0]); // 1*1 + 3*20
      assertEquals(replay * 82f, sum[1]); // 2*1 + 4*20
    }
    succeed(JCudaDriver.cuGraphExecDestroy(executable));
    assertEquals(0, JCublas2.cublasDestroy(blas));
  }

  @Test
  void whatACaptureForbidsBreaksIt() {
    succeed(
        JCudaDriver.cuStreamBeginCapture(
            stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_GLOBAL));
    check(
        CUresult.CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED,
        JCudaDriver.cuMemAlloc(new CUdeviceptr(), 16));
    check(
        CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED,
        JCudaDriver.cuStreamEndCapture(stream, new CUgraph()));

    CUdeviceptr y = device.floats(5);
    succeed(
        JCudaDriver.cuStreamBeginCapture(
            stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_GLOBAL));
    check(CUresult.CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, JCudaDriver.cuStreamSynchronize(stream));
    check(
        CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED,
        device.launch("test_store", 1, 1, 0, stream, y, 0L));
    check(
        CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED,
        JCudaDriver.cuStreamEndCapture(stream, new CUgraph()));
    store(y);
    succeed(JCudaDriver.cuStreamSynchronize(stream));
    assertEquals(1f, device.floatsAt(y, 1)[0], "the stream works again");
  }
}
