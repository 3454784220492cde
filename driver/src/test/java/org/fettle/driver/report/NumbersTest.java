package org.fettle.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fettle.driver.study.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.0000",
    "0.95333, 0.9533",
    "-0.001, -0.0010",
    "0.00099, 9.90e-04",
    "1, 1.000",
    "12.3456, 12.35",
    "-123.456, -123.5",
    "999999, 999999",
    "1000000, 1.00e+06",
    "1e-300, 1.00e-300"
  })
  void haveAsManyDigitsAsSaySomething(double value, String text) {
    assertThat(Numbers.number(value)).isEqualTo(text);
  }

  @Test
  void haveAnErrorWhereThereIsOne() {
    assertThat(Numbers.score(new Score(0.95333, 0.0133, List.of()))).isEqualTo("0.9533 ± 0.0133");
    assertThat(Numbers.score(new Score(0.95333, Double.NaN, List.of()))).isEqualTo("0.9533");
  }

  @Test
  void areShortAsValuesOfParameters() {
    assertThat(Numbers.value(32L)).isEqualTo("32");
    assertThat(Numbers.value("relu")).isEqualTo("relu");
    assertThat(Numbers.value(true)).isEqualTo("true");
    assertThat(Numbers.value(0.25)).isEqualTo("0.25");
    assertThat(Numbers.value(0.123456789)).isEqualTo("0.123");
    assertThat(Numbers.value(1.23456789e-7)).isEqualTo("1.23e-07");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "4.21, 4.2 s",
    "59.94, 59.9 s",
    "59.96, 1 min 0 s",
    "190, 3 min 10 s",
    "3599.4, 59 min 59 s",
    "3599.6, 1 h 0 min",
    "7384, 2 h 3 min",
    "360000, 100 h 0 min"
  })
  void areDurations(double seconds, String text) {
    assertThat(Numbers.duration(seconds)).isEqualTo(text);
  }
}
