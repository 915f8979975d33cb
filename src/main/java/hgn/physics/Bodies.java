package hgn.physics;

import hgn.random.PhiloxRandom;
import org.hipparchus.util.FastMath;
import org.hipparchus.util.SinCos;

/**
 * Bodies in a plane that attract one another: H = sum_i |p_i|^2 / (2m) - sum_(i&lt;j) g m^2 / |q_i
 * - q_j|, each pair counted once.
 *
 * <p>m = 1 kg, g = 1; q = (x_0, y_0, x_1, y_1, ...) in m, p likewise. The bodies start on a
 * randomly rotated regular polygon of radius r, with the speed of the circular orbit, all in the
 * same direction, which a fair coin decides; then every momentum coordinate is multiplied by 1 +
 * U(-0.1, 0.1). On that orbit v^2 / r is the sum of the attractions, so v^2 = g m / (4 r)
 * sum_(k=1)^(n-1) 1 / sin(pi k/n): 1 / (2 sqrt r) for two bodies, (sqrt(3) r)^(-1/2) for three.
 * Bodies are red, yellow and green, and may escape from the picture. Source: "[Re] Hamiltonian
 * Generative Networks", section on environments; two bodies: r ~ U(0.5, 1.5), noise 0.05; three: r
 * ~ U(0.9, 1.2), noise 0.2. For its Table 1, three bodies had noise 0.005 and discs as large as
 * those of two bodies ({@link #asInTable1}). The error of the best constant image shows this: it is
 * 57.5e-4 with these settings and 9.2e-4 with the printed ones, and the paper's HNN, which learnt a
 * constant image, scores 57.8e-4.
 *
 * <p>Erratum: the paper prints the sum over all i != j, which counts each pair twice. {@link
 * #asPrinted} keeps it: with twice the attraction, the same initial states are no longer near a
 * circular orbit but near the far end of an ellipse.
 */
public final class Bodies extends PaperSystem {
  /** m in kg, of each body. */
  public static final double MASS = 1;

  /** g in m^3 / (kg s^2). */
  public static final double GRAVITY = 1;

  private static final double ORBIT_NOISE = 0.1;

  /** World units; drawn as 2 pixels of 32. */
  private static final double LARGE = 0.55;

  /** World units; drawn as 1 pixel of 32. */
  private static final double SMALL = 0.25;

  private static final double TABLE1_NOISE = 0.005;
  private static final int[] COLOURS = {1, 0, 2};
  private static final Setting TWO = new Setting("two-body", 0.05, 0.5, 1.5, 3);
  private static final Setting THREE = new Setting("three-body", 0.2, 0.9, 1.2, 3);

  private final int bodies;
  private final double radius;
  private final Setting setting;
  private final double timesCounted;
  private final double attraction;

  private Bodies(int bodies, double radius, Setting setting, double timesCounted) {
    super(setting, 2 * bodies);
    this.bodies = bodies;
    this.radius = radius;
    this.setting = setting;
    this.timesCounted = timesCounted;
    this.attraction = timesCounted * GRAVITY * MASS * MASS;
  }

  /** Two bodies, drawn with radius 0.55. */
  public static Bodies two() {
    return new Bodies(2, LARGE, TWO, 1);
  }

  /** Three bodies, drawn with radius 0.25. */
  public static Bodies three() {
    return new Bodies(3, SMALL, THREE, 1);
  }

  @Override
  PhysicalSystem printed() {
    return new Bodies(bodies, radius, setting.asPrinted(), 2);
  }

  @Override
  public PhysicalSystem asInTable1() {
    return bodies == 2
        ? this
        : new Bodies(bodies, LARGE, setting.withNoise(TABLE1_NOISE), timesCounted);
  }

  @Override
  public double hamiltonian(double t, double[] s) {
    int n = 2 * bodies;
    double energy = 0;
    for (int i = n; i < 2 * n; i++) {
      energy += s[i] * s[i] / (2 * MASS);
    }
    for (int i = 0; i < n; i += 2) {
      for (int j = 0; j < i; j += 2) {
        double dx = s[i] - s[j];
        double dy = s[i + 1] - s[j + 1];
        energy -= attraction / Math.sqrt(dx * dx + dy * dy);
      }
    }
    return energy;
  }

  @Override
  public void derivatives(double t, double[] s, double[] dsdt) {
    int n = 2 * bodies;
    for (int i = 0; i < n; i++) {
      dsdt[i] = s[n + i] / MASS;
      dsdt[n + i] = 0;
    }
    for (int i = 0; i < n; i += 2) {
      for (int j = 0; j < i; j += 2) {
        double dx = s[i] - s[j];
        double dy = s[i + 1] - s[j + 1];
        double squared = dx * dx + dy * dy;
        double pull = attraction / (squared * Math.sqrt(squared));
        dsdt[n + i] -= pull * dx;
        dsdt[n + i + 1] -= pull * dy;
        dsdt[n + j] += pull * dx;
        dsdt[n + j + 1] += pull * dy;
      }
    }
  }

  @Override
  public double[] initialState(PhiloxRandom rng) {
    double r = rng.uniform(minRadius(), maxRadius());
    double turned = rng.uniform(0, 2 * Math.PI);
    double momentum = MASS * circularSpeed(r);
    if (rng.nextDouble() < 0.5) {
      momentum = -momentum;
    }
    int n = 2 * bodies;
    double[] s = new double[2 * n];
    for (int i = 0; i < n; i += 2) {
      SinCos angle = FastMath.sinCos(turned + Math.PI * i / bodies);
      s[i] = r * angle.cos();
      s[i + 1] = r * angle.sin();
      s[n + i] = -momentum * angle.sin() * rng.uniform(1 - ORBIT_NOISE, 1 + ORBIT_NOISE);
      s[n + i + 1] = momentum * angle.cos() * rng.uniform(1 - ORBIT_NOISE, 1 + ORBIT_NOISE);
    }
    return s;
  }

  private double circularSpeed(double r) {
    double sum = 0;
    for (int k = 1; k < bodies; k++) {
      sum += 1 / FastMath.sin(Math.PI * k / bodies);
    }
    return Math.sqrt(GRAVITY * MASS * sum / (4 * r));
  }

  @Override
  public int bodies() {
    return bodies;
  }

  @Override
  public void centres(double[] q, double[] xy) {
    System.arraycopy(q, 0, xy, 0, xy.length);
  }

  @Override
  public double bodyRadius(int body) {
    return radius;
  }

  @Override
  public int bodyColour(int body) {
    return COLOURS[body];
  }
}
