package hgn.cli.ranked;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankDevicesTest {
  @Test
  void eachRankHasTheFirstThatNoLowerOneHas() {
    List<String> host = List.of("a", "b");
    List<String> other = List.of("c", "d");
    assertEquals(
        List.of("a", "b", "c", "d"), RankDevices.assign(List.of(host, host, other, other)));
    assertEquals(
        List.of("a", "c", "b", "d"), RankDevices.assign(List.of(host, other, host, other)));
  }

  @Test
  void aLauncherMayShowEachRankItsOwn() {
    assertEquals(List.of("b", "a"), RankDevices.assign(List.of(List.of("b"), List.of("a"))));
  }

  @Test
  void whoFindsNoneLeftHasNone() {
    assertEquals(
        List.of("a", "", ""), RankDevices.assign(List.of(List.of("a"), List.of("a"), List.of())));
  }
}
