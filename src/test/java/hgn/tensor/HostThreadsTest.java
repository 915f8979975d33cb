package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.testing.Throws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostThreadsTest {
  private final String before = System.getProperty(HostThreads.PROPERTY);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(HostThreads.PROPERTY);
    } else {
      System.setProperty(HostThreads.PROPERTY, before);
    }
  }

  @Test
  void isAThreadAProcessorUnlessSet() {
    System.clearProperty(HostThreads.PROPERTY);
    assertEquals(Runtime.getRuntime().availableProcessors(), HostThreads.configured());
    System.setProperty(HostThreads.PROPERTY, "3");
    assertEquals(3, HostThreads.configured());
  }

  @Test
  void refusesWhatIsNoCount() {
    for (String wrong : new String[] {"0", "-2", "two", "", "99999999999"}) {
      System.setProperty(HostThreads.PROPERTY, wrong);
      Throws.naming(
          IllegalArgumentException.class,
          HostThreads::configured,
          "-Dhgn.threads=" + wrong,
          "from 1");
    }
  }
}
