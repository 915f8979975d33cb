package hgn.cli;

import hgn.tensor.HostThreads;
import hgn.train.config.EngineConfig;

/** Applies settings that must stand before a backend is touched for the first time. */
final class Engine {
  private Engine() {}

  /** Sets the number of threads, unless the configuration leaves it to the machine. */
  static void prepare(EngineConfig engine) {
    if (engine.threads() > 0) {
      System.setProperty(HostThreads.PROPERTY, Integer.toString(engine.threads()));
    }
  }
}
