package hgn.ranks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.testing.ThreadRanks;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8})
  void rankZeroTellsAll(int size) {
    List<String> told =
        ThreadRanks.run(
            size, ranks -> text(Messages.fromFirst(ranks, bytes("from " + ranks.rank()))));
    assertEquals(Collections.nCopies(size, "from 0"), told);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8})
  void allTellAll(int size) {
    List<String> expected = IntStream.range(0, size).mapToObj("x"::repeat).toList();
    ThreadRanks.run(
            size,
            ranks ->
                Messages.fromAll(ranks, bytes("x".repeat(ranks.rank()))).stream()
                    .map(MessagesTest::text)
                    .toList())
        .forEach(told -> assertEquals(expected, told));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
