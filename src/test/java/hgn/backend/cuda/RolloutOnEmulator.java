package hgn.backend.cuda;

import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.MemoryPool;
import hgn.tensor.RolloutKernel;
import hgn.tensor.RolloutPlan;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The CUDA rollout for tensors of any other backend: carries them to the emulated device as float32
 * and the results back, so that all around the kernel is computed in float64.
 */
final class RolloutOnEmulator implements RolloutKernel {
  private static Device device;
  private static KernelModule kernels;
  private static MemoryPool pool;
  private static Backend memory;

  private final CudaRollout rollout;

  /**
   * The kernels.
   *
   * @param multiprocessors how many there seem to be; few make a block take several samples
   * @param sharedBytes shared memory that a block seems to have
   */
  RolloutOnEmulator(int multiprocessors, int sharedBytes) {
    open();
    rollout = new CudaRollout(kernels, pool, multiprocessors, sharedBytes);
  }

  private static synchronized void open() {
    if (device == null) {
      CudaEmulator.install();
      device = new Device();
      kernels = new KernelModule(device);
      pool = new MemoryPool(device::allocate);
      memory = backend(new Staging(device));
    }
  }

  static int sharedBytes() {
    open();
    return device.sharedBytes();
  }

  /** Memory on the device without any operation. */
  private static Backend backend(Staging staging) {
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (self, method, arguments) -> {
              switch (method.getName()) {
                case "name":
                  return "device memory";
                case "supports":
                  return arguments[0] == DType.FLOAT32;
                case "pool":
                  return pool;
                case "upload":
                  staging.upload((double[]) arguments[0], Floats.of((Tensor) arguments[1]));
                  return null;
                case "download":
                  staging.download(Floats.of((Tensor) arguments[0]), (double[]) arguments[1]);
                  return null;
                default:
                  throw new UnsupportedOperationException(method.getName());
              }
            });
  }

  CudaRollout rollout() {
    return rollout;
  }

  private static Tensor there(Tensor x) {
    return Tensor.of(memory, DType.FLOAT32, x.shape(), x.toDoubles());
  }

  private static List<Tensor> there(List<Tensor> tensors) {
    return tensors.stream().map(RolloutOnEmulator::there).toList();
  }

  private static Tensor room(Shape shape) {
    return Tensor.allocate(memory, DType.FLOAT32, shape);
  }

  private static void back(Tensor from, Tensor to) {
    to.set(from.toDoubles());
  }

  @Override
  public Optional<String> refusal(RolloutPlan plan, DType dtype, int batch) {
    return rollout.refusal(plan, DType.FLOAT32, batch);
  }

  @Override
  public void forward(
      RolloutPlan plan, Weights weights, Tensor q, Tensor p, Tensor states, Tensor visited) {
    try (Arena arena = Arena.open("device")) {
      Weights w = new Weights(there(weights.weights()), there(weights.biases()));
      Tensor all = room(states.shape());
      Tensor kept = visited == null ? null : room(visited.shape());
      rollout.forward(plan, w, there(q), there(p), all, kept);
      back(all, states);
      if (visited != null) {
        back(kept, visited);
      }
    }
  }

  @Override
  public void backward(
      RolloutPlan plan,
      Weights weights,
      Tensor visited,
      Tensor cotangents,
      int first,
      int end,
      Tensor state,
      List<Tensor> inputs,
      List<Tensor> deltas) {
    try (Arena arena = Arena.open("device")) {
      Weights w = new Weights(there(weights.weights()), there(weights.biases()));
      Tensor byState = there(state);
      List<Tensor> theirs = new ArrayList<>();
      List<Tensor> ours = new ArrayList<>(inputs);
      ours.addAll(deltas);
      ours.forEach(tensor -> theirs.add(room(tensor.shape())));
      int n = inputs.size();
      rollout.backward(
          plan,
          w,
          there(visited),
          there(cotangents),
          first,
          end,
          byState,
          theirs.subList(0, n),
          theirs.subList(n, 2 * n));
      back(byState, state);
      for (int i = 0; i < ours.size(); i++) {
        back(theirs.get(i), ours.get(i));
      }
    }
  }
}
