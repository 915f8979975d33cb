package hgn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  @ParameterizedTest
  @CsvSource({
    "010, 10",
    "0100, 100",
    "08, 8",
    "-007, -7",
    "+5, 5",
    "5., 5",
    ".5, 0.5",
    "-.5e1, -5",
    "1e3, 1000",
    "1E-2, 0.01",
    "1_000, 1000",
    "1_0.2_5, 10.25",
    "0, 0",
    "-0, 0",
    "00, 0",
    "1e+2, 100"
  })
  void numbersAreDecimal(String word, BigDecimal value) {
    assertEquals(0, Decimal.parse(word).orElseThrow().compareTo(value), word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "-",
        "e3",
        "1e",
        "0x10",
        "0o10",
        "0b1",
        "1:30",
        "1,5",
        "1.5.2",
        "--1",
        "1 000",
        "_1",
        "1_",
        "1__0",
        "1e1_0",
        "1d",
        "1f",
        "1L",
        "0x1p3",
        "NaN",
        "nan",
        ".nan",
        "Infinity",
        "-.inf",
        "٣",
        "１",
        "५",
        "1\n",
        "1e9999999999999999999"
      })
  void nothingElseIsANumber(String word) {
    assertEquals(Optional.empty(), Decimal.parse(word));
  }

  @Test
  void wholeNumbersFitOrAreNone() {
    assertEquals(Optional.of(50_000L), Decimal.parseLong("5e4"));
    assertEquals(Optional.of(Long.MIN_VALUE), Decimal.parseLong("-9223372036854775808"));
    assertEquals(Optional.empty(), Decimal.parseLong("9223372036854775808"));
    assertEquals(Optional.empty(), Decimal.parseLong("1e999999999"));
    assertEquals(Optional.empty(), Decimal.parseLong("0.5"));
    assertEquals(Optional.empty(), Decimal.parseDouble("1e309"));
    assertEquals(Optional.of(0.0), Decimal.parseDouble("1e-999999999"));
    assertEquals(Optional.empty(), Decimal.parse("1".repeat(100_000)));
  }
}
