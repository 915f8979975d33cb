package hgn.peer;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Whatever else computes on this machine. */
final class Neighbours {
  private static final long MILLIS = 1000;

  private Neighbours() {}

  /** Share of all processors that is in use while this program sleeps for a second. */
  static double share() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    system.getCpuLoad(); // it counts from the call before
    try {
      Thread.sleep(MILLIS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("[peer] interrupted before the start", stop);
    }
    return system.getCpuLoad();
  }
}
