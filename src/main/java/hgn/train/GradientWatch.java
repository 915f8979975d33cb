package hgn.train;

import hgn.nn.Parameter;
import hgn.tensor.Tensor;

/** Looks at the gradients of some steps, where each step is waited for; it changes none. */
interface GradientWatch {
  /** Looks at none. */
  GradientWatch NONE =
      new GradientWatch() {
        @Override
        public boolean wants(long step) {
          return false;
        }

        @Override
        public void see(long step, Parameter parameter, Tensor gradient) {
          throw new IllegalStateException("[train] nobody wanted gradients of step " + step);
        }
      };

  /** Whether it looks at those of step {@code step}, counted from 0. */
  boolean wants(long step);

  /** A gradient, before it is bounded. */
  void see(long step, Parameter parameter, Tensor gradient);

  /** Tells a listener those of the steps after which a loop of {@code total} steps evaluates. */
  static GradientWatch of(TrainingListener listener, TrainingLoop loop, long total) {
    return new GradientWatch() {
      @Override
      public boolean wants(long step) {
        return listener.watchesGradients() && loop.due(step + 1, total).evaluates();
      }

      @Override
      public void see(long step, Parameter parameter, Tensor gradient) {
        listener.differentiated(step + 1, parameter.network(), gradient.toFloats());
      }
    };
  }
}
