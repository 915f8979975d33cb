package hgn.backend.cuda;

import hgn.tensor.MemoryPool;
import hgn.tensor.Recorder;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;

/** Records the work queued on the stream as a CUDA graph, which is launched with one call. */
final class GraphRecorder implements Recorder {
  private final Device device;
  private final MemoryPool pool;

  GraphRecorder(Device device, MemoryPool pool) {
    this.device = device;
    this.pool = pool;
  }

  @Override
  public Recording record(Runnable work) {
    device.bind();
    device.requireNotRecording("recording");
    CUgraph graph = new CUgraph();
    MemoryPool.Reservation memory = pool.reserve(() -> capture(work, graph));
    try {
      return new Graph(device, memory, graph);
    } catch (RuntimeException failure) {
      memory.close();
      throw failure;
    }
  }

  private void capture(Runnable work, CUgraph graph) {
    // relaxed: the pool may have to allocate a block in the meantime
    Status.check(
        "cuStreamBeginCapture",
        JCudaDriver.cuStreamBeginCapture(
            device.stream(), CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_RELAXED));
    device.recording(true);
    boolean done = false;
    try {
      work.run();
      done = true;
    } finally {
      device.recording(false);
      int code = JCudaDriver.cuStreamEndCapture(device.stream(), graph);
      if (done) {
        Status.check("cuStreamEndCapture", code);
      }
    }
  }

  /** A graph that is ready to be launched. */
  private static final class Graph implements Recording {
    private final Device device;
    private final MemoryPool.Reservation memory;
    private final CUgraphExec executable = new CUgraphExec();
    private final long operations;

    Graph(Device device, MemoryPool.Reservation memory, CUgraph graph) {
      this.device = device;
      this.memory = memory;
      long[] nodes = new long[1];
      Status.check("cuGraphGetNodes", JCudaDriver.cuGraphGetNodes(graph, null, nodes));
      operations = nodes[0];
      Status.check("cuGraphInstantiate", JCudaDriver.cuGraphInstantiate(executable, graph, 0));
      Status.check("cuGraphDestroy", JCudaDriver.cuGraphDestroy(graph));
    }

    @Override
    public void replay() {
      device.bind();
      Status.launched("recorded work", "graph");
      Status.check("cuGraphLaunch", JCudaDriver.cuGraphLaunch(executable, device.stream()));
    }

    @Override
    public long operations() {
      return operations;
    }

    @Override
    public void close() {
      device.finish();
      Status.check("cuGraphExecDestroy", JCudaDriver.cuGraphExecDestroy(executable));
      memory.close();
    }
  }
}
