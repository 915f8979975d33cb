package hgn.metrics;

import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.slm.ElasticNetCDTrainer;

/**
 * A linear map y = W x + b, fitted by Lasso: minimises |y - W x - b|^2 / 2n + alpha |W|_1 for each
 * target separately, by coordinate descent.
 */
final class Lasso {
  /** Held, since Java's logging forgets the levels of unreferenced loggers. */
  private static final Logger LIBRARY = Logger.getLogger("org.tribuo");

  private static final double TOLERANCE = 1e-4;
  private static final int MOST_ITERATIONS = 1000;

  static {
    LIBRARY.setLevel(Level.SEVERE);
  }

  private final double[][] weights;
  private final double[] offset;

  private Lasso(double[][] weights, double[] offset) {
    this.weights = weights;
    this.offset = offset;
  }

  /**
   * Fits rows of {@code targets} by rows of {@code features}.
   *
   * @param alpha weight of the penalty
   */
  static Lasso fit(double[][] features, double[][] targets, double alpha) {
    String[] inputs = names("x", features[0].length);
    String[] outputs = names("y", targets[0].length);
    RegressionFactory factory = new RegressionFactory();
    MutableDataset<Regressor> rows =
        new MutableDataset<>(new SimpleDataSourceProvenance("latents", factory), factory);
    for (int r = 0; r < features.length; r++) {
      rows.add(new ArrayExample<>(new Regressor(outputs, targets[r]), inputs, features[r]));
    }
    Model<Regressor> model =
        new ElasticNetCDTrainer(alpha, 1, TOLERANCE, MOST_ITERATIONS, false, 0).train(rows);
    return readOff(model, inputs, outputs);
  }

  /** Recovers W and b of the linear map from its values at 0 and at the unit vectors. */
  private static Lasso readOff(Model<Regressor> model, String[] inputs, String[] outputs) {
    double[] offset = predict(model, inputs, outputs, new double[inputs.length]);
    double[][] weights = new double[outputs.length][inputs.length];
    for (int x = 0; x < inputs.length; x++) {
      double[] unit = new double[inputs.length];
      unit[x] = 1;
      double[] at = predict(model, inputs, outputs, unit);
      for (int y = 0; y < outputs.length; y++) {
        weights[y][x] = at[y] - offset[y];
      }
    }
    return new Lasso(weights, offset);
  }

  private static double[] predict(
      Model<Regressor> model, String[] inputs, String[] outputs, double[] x) {
    Regressor none = new Regressor(outputs, new double[outputs.length]);
    Regressor found = model.predict(new ArrayExample<>(none, inputs, x)).getOutput();
    double[] values = new double[outputs.length];
    for (int y = 0; y < values.length; y++) {
      values[y] = found.getDimension(outputs[y]).orElseThrow().getValue();
    }
    return values;
  }

  /** Names whose sorted order is that of their numbers. */
  private static String[] names(String letter, int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = letter + String.format(Locale.ROOT, "%06d", i);
    }
    return names;
  }

  /** W, as [target][feature]. */
  double[][] weights() {
    return weights;
  }

  /** W x + b for every row of {@code features}. */
  double[][] values(double[][] features) {
    double[][] values = new double[features.length][offset.length];
    for (int r = 0; r < values.length; r++) {
      for (int y = 0; y < offset.length; y++) {
        values[r][y] = value(y, features[r]);
      }
    }
    return values;
  }

  private double value(int y, double[] x) {
    double value = offset[y];
    for (int i = 0; i < x.length; i++) {
      value += weights[y][i] * x[i];
    }
    return value;
  }
}
