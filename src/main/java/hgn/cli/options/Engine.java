package hgn.cli.options;

import hgn.config.EngineConfig;
import hgn.tensor.HostThreads;
import hgn.tensor.Precision;

/** Applies settings that must stand before a backend is touched for the first time. */
public final class Engine {
  private Engine() {}

  /** Sets the precision, and the number of threads unless that is left to the machine. */
  public static void prepare(EngineConfig engine) {
    System.setProperty(Precision.PROPERTY, engine.precision());
    if (engine.threads() > 0) {
      System.setProperty(HostThreads.PROPERTY, Integer.toString(engine.threads()));
    }
  }
}
