package hgn.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.data.BatchMaker;
import hgn.data.Window;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.loss.Geco;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.nn.Adam;
import hgn.physics.Systems;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.train.StepRunner;
import hgn.train.TrainingStep;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Some steps of real training, each on new films: whether the error falls, and how fast it goes.
 */
final class ShortTraining implements Exam.Part {
  private static final double RATE = 1.5e-4;
  private static final int FRAMES_AT_ONCE = 96;

  /** Steps after which a step is as fast as it gets: one to choose algorithms, one to record. */
  private static final int SLOW = 2;

  private final Exam.Size size;
  private final Runnable save;

  /** Creates it; {@code save} is called when a row is known. */
  ShortTraining(Exam.Size size, Runnable save) {
    this.size = size;
    this.save = save;
  }

  @Override
  public String name() {
    return "training";
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    int batch = size.batches().get(0);
    found.put("batch", batch).put("steps", size.steps());
    ArrayNode rows = found.putArray("rows");
    try (Hgn model = ExamModel.of(size.preset(), backend, DType.FLOAT32);
        Adam adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 0);
        Geco geco = new Geco(new Geco.Settings(0.033, 0.99, 0.1, 1), backend, DType.FLOAT32)) {
      TrainingStep step =
          new TrainingStep(
              model,
              adam,
              geco,
              new TrainingStep.Settings(ExamModel.DT, RATE, FRAMES_AT_ONCE, false, ExamModel.SEED));
      BatchMaker films = films(backend, model.spec());
      Set<Integer> marks = marks();
      double first = Double.NaN;
      double last = Double.NaN;
      long start = System.nanoTime();
      try (StepRunner steps = StepRunner.fastest(step, backend)) {
        for (int i = 1; i <= size.steps(); i++) {
          long from = (long) (i - 1) * batch;
          steps.run(films.make(LongStream.range(from, from + batch).toArray()), i - 1);
          if (i == SLOW) {
            steps.losses(); // waits
            start = System.nanoTime();
          }
          if (marks.contains(i)) {
            last = steps.losses().mse();
            first = i == 1 ? last : first;
            double seconds = (System.nanoTime() - start) * 1e-9;
            row(i, last, i > SLOW ? (i - SLOW) * batch / seconds : 0, out, rows.addObject());
          }
        }
      }
      return last < first; // false for not-a-number
    }
  }

  private void row(int step, double error, double rate, PrintWriter out, ObjectNode row) {
    row.put("step", step).put("mse", error);
    String speed = "";
    if (rate > 0) {
      row.put("rollouts_per_s", rate);
      speed = String.format(Locale.ROOT, ", %.4g rollouts/s", rate);
    }
    out.println(String.format(Locale.ROOT, "step %4d: error %.5f%s", step, error, speed));
    out.flush();
    save.run();
  }

  /** The first step, the last, and some between. */
  private Set<Integer> marks() {
    Set<Integer> marks = new TreeSet<>(Set.of(1, size.steps()));
    for (int mark = 5; mark < size.steps(); mark *= 2) {
      marks.add(mark);
    }
    return marks;
  }

  private BatchMaker films(Backend backend, HgnSpec spec) {
    Window window = Window.fromLast(spec.framesIn(), size.frames());
    RolloutGenerator rollouts =
        new RolloutGenerator(
            Systems.byName("mass-spring"),
            Renderers.byName("published", spec.frameSize()),
            window.rolloutFrames(),
            ExamModel.DT,
            ExamModel.SEED,
            Split.TRAIN);
    return BatchMaker.on(backend, rollouts, window);
  }
}
