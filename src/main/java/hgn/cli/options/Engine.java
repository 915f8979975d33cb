package hgn.cli.options;

import hgn.config.EngineConfig;
import hgn.ranks.Ranks;
import hgn.tensor.HostThreads;
import hgn.tensor.Precision;

/** Applies settings that must be set before the first use of a backend. */
public final class Engine {
  private Engine() {}

  /** As {@link #prepare(EngineConfig)}, where ranks share the processors of their hosts. */
  public static void prepare(EngineConfig engine, Ranks ranks) {
    if (ranks.size() > 1 && System.getProperty(HostThreads.PROPERTY) == null) {
      System.setProperty(HostThreads.PROPERTY, Integer.toString(ranks.processors()));
    }
    prepare(engine);
  }

  /** Sets the precision and, unless it is 0, the number of threads. */
  public static void prepare(EngineConfig engine) {
    System.setProperty(Precision.PROPERTY, engine.precision());
    if (engine.threads() > 0) {
      System.setProperty(HostThreads.PROPERTY, Integer.toString(engine.threads()));
    }
  }
}
