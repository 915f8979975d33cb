package hgn.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** One benchmark for each way in which the code can get slower. */
final class GuardedWorkloads {
  private GuardedWorkloads() {}

  /** The workloads by name, not yet prepared. */
  static Map<String, Supplier<Workload>> all() {
    Map<String, Supplier<Workload>> all = new LinkedHashMap<>();
    for (String pass : new String[] {"forward", "input-gradient", "weight-gradient"}) {
      all.put("Convolution " + pass, () -> convolution(pass));
    }
    all.put("UpsampledConvolution", GuardedWorkloads::upsampled);
    all.put("Encoder", EncoderBenchmark::new);
    all.put("Rollout", GuardedWorkloads::rollout);
    all.put("RolloutGradient", GuardedWorkloads::rolloutGradient);
    all.put("Adam", AdamBenchmark::new);
    all.put("Frames", GuardedWorkloads::frames);
    all.put("Tape", () -> tape(true));
    all.put("Tape paused", () -> tape(false));
    all.put("Backward", () -> backward(1));
    all.put("Backward twice", () -> backward(2));
    return all;
  }

  private static Workload convolution(String pass) {
    ConvolutionBenchmark workload = new ConvolutionBenchmark();
    workload.layer = "96x16 64-64 k3";
    workload.pass = pass;
    return workload;
  }

  private static Workload upsampled() {
    UpsampledConvolutionBenchmark workload = new UpsampledConvolutionBenchmark();
    workload.size = 8;
    return workload;
  }

  private static Workload rollout() {
    RolloutBenchmark workload = new RolloutBenchmark();
    workload.integrator = "leapfrog";
    return workload;
  }

  private static Workload rolloutGradient() {
    RolloutGradientBenchmark workload = new RolloutGradientBenchmark();
    workload.integrator = "leapfrog";
    return workload;
  }

  private static Workload frames() {
    FramesBenchmark workload = new FramesBenchmark();
    workload.system = "mass-spring";
    workload.renderer = "published";
    return workload;
  }

  private static Workload tape(boolean recorded) {
    TapeBenchmark workload = new TapeBenchmark();
    workload.recorded = recorded;
    return workload;
  }

  private static Workload backward(int order) {
    BackwardBenchmark workload = new BackwardBenchmark();
    workload.order = order;
    return workload;
  }
}
